package discern.data;

/**
 * Some images, ready to be made a tensor.
 *
 * @param images {@code [N, C, H, W]}, normalised
 * @param labels N classes
 * @param indices N places in the set
 */
public record Batch(float[] images, int[] labels, int[] indices) {
  /**
   * The number of images.
   *
   * @return N
   */
  public int size() {
    return labels.length;
  }
}
