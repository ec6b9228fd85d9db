package dev.discern.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.discern.card.Preprocessing;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.layer.Shape;
import dev.discern.onnx.Nodes.Attribute;
import dev.discern.torch.Tensors;
import java.util.List;

/**
 * The way from pixels of any size to a network's input, as {@link dev.discern.view.CenterCrop} goes
 * it: a long strip is cropped, the image is scaled to cover the crop, the center is kept, and the
 * channels are normalized. All sizes are computed in the graph, as lists of one number.
 */
final class ImageNodes {
  private static final long MOST_ELONGATED = 4; // as CenterCrop's
  private static final long FLOAT = TensorProto.DataType.FLOAT_VALUE;
  private static final long INT64 = TensorProto.DataType.INT64_VALUE;

  private final Nodes nodes;
  private final Preprocessing steps;
  private final String height;
  private final String width;
  private final String coverHeight;
  private final String coverWidth;

  /**
   * Writes to a graph.
   *
   * @param nodes the graph
   * @param steps what is done to an image
   */
  ImageNodes(Nodes nodes, Preprocessing steps) {
    this.nodes = nodes;
    this.steps = steps;
    height = nodes.longs(steps.shape().height());
    width = nodes.longs(steps.shape().width());
    coverHeight = nodes.longs(cover(steps.shape().height(), steps));
    coverWidth = nodes.longs(cover(steps.shape().width(), steps));
  }

  /** A side of the scaled image, of which the crop keeps the given side. */
  static long cover(int side, Preprocessing steps) {
    return Math.round(side / steps.cropRatio());
  }

  /**
   * Adds all steps.
   *
   * @param images a value {@code [N, H, W, C]}, uint8
   * @return {@code [N, C, H, W]} of the network's input
   */
  Value of(String images) {
    String sides = nodes.add("Shape", images);
    String rows = nodes.add("Gather", sides, nodes.longs(1));
    String columns = nodes.add("Gather", sides, nodes.longs(2));
    String keptRows = kept(rows, columns, coverHeight, coverWidth);
    String keptColumns = kept(columns, rows, coverWidth, coverHeight);
    String source =
        window(
            images, half(rows, keptRows), half(columns, keptColumns), keptRows, keptColumns, 1, 2);
    String planes = nodes.add("Transpose", List.of(source), Attribute.ofAll("perm", 0, 3, 1, 2));
    String fits =
        nodes.add("And", nodes.add("Equal", rows, height), nodes.add("Equal", columns, width));
    String isWide =
        nodes.add("GreaterOrEqual", mul(keptColumns, coverHeight), mul(keptRows, coverWidth));
    String scaledRows =
        scaled(fits, height, isWide, coverHeight, div(mul(coverWidth, keptRows), keptColumns));
    String scaledColumns =
        scaled(fits, width, isWide, div(mul(coverHeight, keptColumns), keptRows), coverWidth);
    String pixels = resized(planes, sides, scaledRows, scaledColumns);
    String crop =
        window(
            pixels, offset(scaledRows, height), offset(scaledColumns, width), height, width, 2, 3);
    return normalized(crop);
  }

  // The part of a side that is kept where the image is a long strip along it.
  private String kept(String side, String other, String cover, String coverOther) {
    String most = div(mul(mul(cover, nodes.longs(MOST_ELONGATED)), other), coverOther);
    return nodes.add("Min", side, nodes.add("Max", most, nodes.longs(1)));
  }

  private String half(String side, String kept) {
    return div(nodes.add("Sub", side, kept), nodes.longs(2));
  }

  private String scaled(String fits, String side, String isWide, String ifWide, String ifHigh) {
    return nodes.add("Where", fits, side, nodes.add("Where", isWide, ifWide, ifHigh));
  }

  // Half of the difference, a half rounded to even.
  private String offset(String scaled, String kept) {
    String difference =
        nodes.add("Cast", List.of(nodes.add("Sub", scaled, kept)), Attribute.of("to", FLOAT));
    String rounded = nodes.add("Round", nodes.add("Mul", difference, nodes.scalar(0.5)));
    return nodes.add("Cast", List.of(rounded), Attribute.of("to", INT64));
  }

  private String window(
      String value, String top, String left, String rows, String columns, long... axes) {
    String starts = joined(List.of(top, left));
    String ends = joined(List.of(nodes.add("Add", top, rows), nodes.add("Add", left, columns)));
    return nodes.add("Slice", value, starts, ends, nodes.longs(axes));
  }

  private String resized(String planes, String sides, String rows, String columns) {
    String unscaled = nodes.add("Gather", sides, nodes.longs(0, 3)); // images and channels
    String filter = steps.interpolation() == Interpolation.BICUBIC ? "cubic" : "linear";
    return nodes.add(
        "Resize",
        List.of(planes, "", "", joined(List.of(unscaled, rows, columns))),
        Attribute.of("mode", filter),
        Attribute.of("antialias", 1),
        Attribute.of("exclude_outside", 1),
        Attribute.of("cubic_coeff_a", -0.5));
  }

  // As Preparation does it: one multiplication, one addition.
  private Value normalized(String crop) {
    ImageShape shape = steps.shape();
    float[] mean = steps.normalization().mean();
    float[] std = steps.normalization().std();
    int channels = shape.channels();
    float[] scales = new float[channels];
    float[] shifts = new float[channels];
    for (int c = 0; c < channels; c++) {
      scales[c] = 1 / (255 * std[c]);
      shifts[c] = -mean[c] / std[c];
    }
    // Its sides are fixed from here on, which the graph alone would not show.
    String fixed =
        nodes.add("Reshape", crop, nodes.longs(-1, channels, shape.height(), shape.width()));
    String floats = nodes.add("Cast", List.of(fixed), Attribute.of("to", FLOAT));
    String scale = nodes.weights("images.scale", Tensors.ofFloats(scales, 1, channels, 1, 1));
    String shift = nodes.weights("images.shift", Tensors.ofFloats(shifts, 1, channels, 1, 1));
    return new Value(
        nodes.add("Add", nodes.add("Mul", floats, scale), shift),
        new Shape.Grid(channels, shape.height(), shape.width()));
  }

  private String joined(List<String> values) {
    return nodes.add("Concat", values, Attribute.of("axis", 0));
  }

  private String mul(String left, String right) {
    return nodes.add("Mul", left, right);
  }

  private String div(String left, String right) {
    return nodes.add("Div", left, right);
  }
}
