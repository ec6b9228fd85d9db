package dev.discern.layer;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * Infers the shape that each layer passes on. Refuses layers that do not fit together, which is an
 * error in the architecture, and images that are too small for it.
 */
public final class Shapes implements Interpreter<Shape> {
  private final BiConsumer<Layer, Shape> listener;

  /**
   * Infers shapes.
   *
   * @param listener receives each leaf with the shape it passes on
   */
  public Shapes(BiConsumer<Layer, Shape> listener) {
    this.listener = listener;
  }

  @Override
  public Shape conv(Conv layer, Shape input) {
    Shape.Grid map = grid(layer, input, layer.in());
    return passedOn(
        layer,
        new Shape.Grid(
            layer.out(),
            positions(layer.padding(), map.height(), layer.kernel(), layer.stride()),
            positions(layer.padding(), map.width(), layer.kernel(), layer.stride())));
  }

  @Override
  public Shape batchNorm(BatchNorm layer, Shape input) {
    return passedOn(layer, grid(layer, input, layer.channels()));
  }

  @Override
  public Shape layerNorm(LayerNorm layer, Shape input) {
    require(channels(input) == layer.channels(), layer, input);
    return passedOn(layer, input);
  }

  @Override
  public Shape activation(Activation layer, Shape input) {
    return passedOn(layer, input);
  }

  @Override
  public Shape pool(Pool layer, Shape input) {
    Shape.Grid map = grid(layer, input, channels(input));
    Padding padding = Padding.of(layer.padding());
    return passedOn(
        layer,
        new Shape.Grid(
            map.channels(),
            positions(padding, map.height(), layer.kernel(), layer.stride()),
            positions(padding, map.width(), layer.kernel(), layer.stride())));
  }

  @Override
  public Shape globalPool(GlobalPool layer, Shape input) {
    return passedOn(layer, new Shape.Grid(grid(layer, input, channels(input)).channels(), 1, 1));
  }

  @Override
  public Shape dense(Dense layer, Shape input) {
    require(channels(input) == layer.in(), layer, input);
    Shape output =
        input instanceof Shape.Grid map
            ? new Shape.Grid(layer.out(), map.height(), map.width())
            : new Shape.Sequence(tokens(layer, input).count(), layer.out());
    return passedOn(layer, output);
  }

  @Override
  public Shape dropout(Dropout layer, Shape input) {
    return passedOn(layer, input);
  }

  @Override
  public Shape dropPath(DropPath layer, Shape input) {
    return passedOn(layer, input);
  }

  @Override
  public Shape scale(Scale layer, Shape input) {
    return passedOn(layer, grid(layer, input, layer.channels()));
  }

  @Override
  public Shape subsample(Subsample layer, Shape input) {
    Shape.Grid map = grid(layer, input, layer.in());
    int stride = layer.stride();
    return passedOn(
        layer,
        new Shape.Grid(
            layer.out(),
            (map.height() + stride - 1) / stride,
            (map.width() + stride - 1) / stride));
  }

  @Override
  public Shape slice(ChannelSlice layer, Shape input) {
    Shape.Grid map = grid(layer, input, channels(input));
    require(layer.until() <= map.channels(), layer, input);
    return passedOn(layer, new Shape.Grid(layer.until() - layer.from(), map.height(), map.width()));
  }

  @Override
  public Shape shuffle(ChannelShuffle layer, Shape input) {
    require(channels(input) % layer.groups() == 0, layer, input);
    return passedOn(layer, input);
  }

  @Override
  public Shape tokens(Tokens layer, Shape input) {
    Shape.Grid map = grid(layer, input, layer.width());
    return passedOn(layer, new Shape.Sequence(Math.toIntExact(1 + map.pixels()), layer.width()));
  }

  @Override
  public Shape classToken(ClassToken layer, Shape input) {
    return passedOn(layer, new Shape.Grid(tokens(layer, input).channels(), 1, 1));
  }

  @Override
  public Shape attention(Attention layer, Shape input) {
    require(tokens(layer, input).channels() == layer.width(), layer, input);
    return passedOn(layer, input);
  }

  @Override
  public Shape add(Shape left, Shape right) {
    if (!left.equals(right)) {
      throw new IllegalArgumentException("The sum of " + left + " and " + right + " is undefined.");
    }
    return left;
  }

  @Override
  public Shape multiply(Shape map, Shape factors) {
    if (!factors.equals(new Shape.Grid(channels(map), 1, 1))) {
      throw new IllegalArgumentException(factors + " is not a factor per channel of " + map + ".");
    }
    return map;
  }

  @Override
  public Shape concat(List<Shape> maps) {
    Shape.Grid first = (Shape.Grid) maps.get(0);
    int channels = 0;
    for (Shape map : maps) {
      Shape.Grid each = (Shape.Grid) map;
      if (each.height() != first.height() || each.width() != first.width()) {
        throw new IllegalArgumentException(first + " and " + each + " cannot be joined.");
      }
      channels += each.channels();
    }
    return new Shape.Grid(channels, first.height(), first.width());
  }

  private Shape passedOn(Layer layer, Shape output) {
    listener.accept(layer, output);
    return output;
  }

  private static int positions(Padding padding, int side, int kernel, int stride) {
    Padding.Sides sides = padding.of(side, kernel, stride);
    if (side + sides.before() + sides.after() < kernel) {
      throw new ImageTooSmall();
    }
    return padding.positions(side, kernel, stride);
  }

  private static Shape.Grid grid(Layer layer, Shape input, int channels) {
    require(input instanceof Shape.Grid map && map.channels() == channels, layer, input);
    return (Shape.Grid) input;
  }

  private static Shape.Sequence tokens(Layer layer, Shape input) {
    require(input instanceof Shape.Sequence, layer, input);
    return (Shape.Sequence) input;
  }

  private static int channels(Shape shape) {
    return shape instanceof Shape.Grid map ? map.channels() : ((Shape.Sequence) shape).channels();
  }

  private static void require(boolean fits, Layer layer, Shape input) {
    if (!fits) {
      throw new IllegalArgumentException(layer + " does not fit " + input + ".");
    }
  }

  /** A window is larger than the map with its padding. */
  static final class ImageTooSmall extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
