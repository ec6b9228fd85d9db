package dev.discern.explain;

/**
 * How much each place of an image speaks for a class.
 *
 * @param height rows of the network's last map of features
 * @param width its columns
 * @param values row-major, 0 or more; comparable within one map only
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to be written, never compared
public record HeatMap(int height, int width, float[] values) {
  /** Refuses sizes that do not match the values. */
  public HeatMap {
    if (values.length != Math.multiplyExact(height, width)) {
      throw new IllegalArgumentException(
          values.length + " values are not " + height + " × " + width + ".");
    }
  }

  /**
   * The largest value.
   *
   * @return 0 if no place speaks for the class
   */
  public float maximum() {
    float maximum = 0;
    for (float value : values) {
      maximum = Math.max(maximum, value);
    }
    return maximum;
  }

  /**
   * The values as shares of the largest.
   *
   * @return from 0 to 1; all 0 if no place speaks for the class
   */
  public float[] shares() {
    float maximum = maximum();
    float[] shares = new float[values.length];
    for (int i = 0; i < shares.length && maximum > 0; i++) {
      shares[i] = values[i] / maximum;
    }
    return shares;
  }
}
