package dev.discern.layer;

/** The shape of what flows between layers, for one image. */
public sealed interface Shape {
  /**
   * The number of values.
   *
   * @return the product of the sides
   */
  long size();

  /**
   * A map of features.
   *
   * @param channels the number of channels
   * @param height rows
   * @param width columns
   */
  record Grid(int channels, int height, int width) implements Shape {
    @Override
    public long size() {
      return (long) channels * pixels();
    }

    long pixels() {
      return (long) height * width;
    }

    @Override
    public String toString() {
      return channels + " × " + height + " × " + width;
    }
  }

  /**
   * A sequence of tokens.
   *
   * @param count how many
   * @param channels the width of each
   */
  record Sequence(int count, int channels) implements Shape {
    @Override
    public long size() {
      return (long) count * channels;
    }

    @Override
    public String toString() {
      return count + " × " + channels;
    }
  }
}
