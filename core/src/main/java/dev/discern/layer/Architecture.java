package dev.discern.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A network without its classifier: a trunk that maps an image to features, and a neck that pools
 * them.
 *
 * @param channels of the images
 * @param imageSide the height and width in pixels for which it is published
 * @param divisor what height and width of images must be divisible by; 1 for any
 * @param trunk the layers up to the last map of features, or the last tokens
 * @param neck from there to a map of one pixel, whose channels the head classifies
 * @param classifier the name that other libraries give the linear layer after the neck, such as
 *     {@code fc}
 * @param initialization the first values of weights
 */
public record Architecture(
    int channels,
    int imageSide,
    int divisor,
    Layer trunk,
    Layer neck,
    String classifier,
    Initialization initialization) {
  /** The first values of the weights of convolutions and linear layers. */
  public enum Initialization {
    /**
     * Normal with variance {@code 2 / fan-out} (He et al., 2015, eq. 14), for networks with batch
     * normalization.
     */
    HE_FAN_OUT,
    /** Normal with a deviation of 0.02, for ConvNeXt and vision transformers. */
    NORMAL
  }

  /**
   * All leaves in the order in which they run.
   *
   * @return trunk first, then neck
   */
  public List<Layer> leaves() {
    List<Layer> leaves = new ArrayList<>();
    collect(trunk, leaves::add);
    collect(neck, leaves::add);
    return leaves;
  }

  private static void collect(Layer layer, Consumer<Layer> leaves) {
    layer.children().forEach(child -> collect(child, leaves));
    boolean isIdentity = layer instanceof Sequence; // the only layer that may have no children
    if (layer.children().isEmpty() && !isIdentity) {
      leaves.accept(layer);
    }
  }

  /**
   * All tensors of trunk and neck.
   *
   * @return in the order in which their layers run
   */
  public List<TensorSpec> tensors() {
    return leaves().stream().flatMap(layer -> layer.tensors().stream()).toList();
  }

  /**
   * What each layer costs for one image.
   *
   * @param image its shape
   * @return the leaves in the order in which they run
   * @throws UnfitImage if the architecture takes no images of that shape
   */
  public List<LayerCost> costs(Shape.Grid image) {
    List<LayerCost> costs = new ArrayList<>();
    pooled(image, (layer, output) -> costs.add(LayerCost.of(layer, output)));
    return costs;
  }

  /**
   * The number of features that the head receives.
   *
   * @return the channels after the neck
   */
  public int featureCount() {
    Shape.Grid image = new Shape.Grid(channels, imageSide, imageSide);
    return ((Shape.Grid) pooled(image, (layer, output) -> {})).channels();
  }

  /**
   * The shape of what is pooled, for one image.
   *
   * @param image its shape, which the architecture takes
   * @return a map of features, or tokens
   */
  public Shape mapShape(Shape.Grid image) {
    return trunk.on(new Shapes((layer, output) -> {}), image);
  }

  /**
   * Refuses images that do not fit.
   *
   * @param image the shape of the images
   * @throws UnfitImage if the architecture takes no images of that shape
   */
  public void requireFits(Shape.Grid image) {
    Shape unused = pooled(image, (layer, output) -> {});
  }

  private Shape pooled(Shape.Grid image, BiConsumer<Layer, Shape> listener) {
    if (image.height() % divisor != 0 || image.width() % divisor != 0) {
      throw new UnfitImage("takes images whose sides are multiples of " + divisor + " pixels");
    }
    try {
      return run(image, new Shapes(listener));
    } catch (Shapes.ImageTooSmall e) {
      throw new UnfitImage("takes images of at least " + smallestSide() + " pixels per side");
    }
  }

  /**
   * The side of the smallest square image that the architecture takes.
   *
   * @return pixels, from 1 to the side for which it is published
   */
  public int smallestSide() {
    for (int side = divisor; side < imageSide; side += divisor) {
      if (takes(side)) {
        return side;
      }
    }
    return imageSide;
  }

  private boolean takes(int side) {
    try {
      Shape unused = run(new Shape.Grid(channels, side, side), new Shapes((layer, output) -> {}));
      return true;
    } catch (Shapes.ImageTooSmall e) {
      return false;
    }
  }

  private Shape run(Shape.Grid image, Shapes shapes) {
    return neck.on(shapes, trunk.on(shapes, image));
  }

  /** Images whose shape an architecture does not take. */
  public static final class UnfitImage extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnfitImage(String reason) {
      super(reason);
    }
  }
}
