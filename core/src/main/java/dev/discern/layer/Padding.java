package dev.discern.layer;

/** What a convolution or pooling adds around a map. */
public sealed interface Padding {
  /**
   * The pixels added before and after a side.
   *
   * @param side the map's height or width
   * @param kernel the window's side
   * @param stride the window's step
   * @return the pixels before and after
   */
  Sides of(int side, int kernel, int stride);

  /**
   * The side of what a window makes of a map.
   *
   * @param side the map's height or width
   * @param kernel the window's side
   * @param stride the window's step
   * @return the number of positions of the window
   */
  default int positions(int side, int kernel, int stride) {
    Sides sides = of(side, kernel, stride);
    return (side + sides.before() + sides.after() - kernel) / stride + 1;
  }

  /**
   * Adds as many pixels on each side.
   *
   * @param pixels how many, at least 0
   * @return the padding
   */
  static Padding of(int pixels) {
    return new Even(pixels);
  }

  /**
   * TensorFlow's rule, under which a stride of s divides a side by s, rounded up.
   *
   * @return the padding
   */
  static Padding same() {
    return new Same();
  }

  /**
   * Pixels around one dimension of a map.
   *
   * @param before above or left
   * @param after below or right
   */
  record Sides(int before, int after) {
    /**
     * Whether a convolution can add the pixels itself.
     *
     * @return true if there are as many before as after
     */
    public boolean isEven() {
      return before == after;
    }
  }

  /**
   * As many pixels on each side.
   *
   * @param pixels how many
   */
  record Even(int pixels) implements Padding {
    @Override
    public Sides of(int side, int kernel, int stride) {
      return new Sides(pixels, pixels);
    }
  }

  /** TensorFlow's rule: the total depends on the side, and an odd pixel goes after the map. */
  record Same() implements Padding {
    @Override
    public Sides of(int side, int kernel, int stride) {
      int outputs = (side + stride - 1) / stride;
      int total = Math.max((outputs - 1) * stride + kernel - side, 0);
      return new Sides(total / 2, total - total / 2);
    }
  }
}
