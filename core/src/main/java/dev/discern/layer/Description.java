package dev.discern.layer;

import java.util.Locale;

/** Layers in words, for people. */
public final class Description {
  private Description() {}

  /**
   * The name of a leaf.
   *
   * @param layer a leaf
   * @return the prefix of its tensors' names; empty for a layer without weights
   */
  public static String name(Layer layer) {
    if (layer instanceof Attention attention) {
      return attention.name();
    }
    String suffix = ".weight";
    return layer.tensors().stream()
        .map(TensorSpec::name)
        .findFirst()
        .map(first -> first.endsWith(suffix) ? first.replace(suffix, "") : first)
        .orElse("");
  }

  /**
   * What a leaf computes.
   *
   * @param layer a leaf
   * @return a few words, such as {@code 3×3 convolution, stride 2}
   */
  public static String kind(Layer layer) {
    if (layer instanceof Conv conv) {
      return convolution(conv);
    }
    if (layer instanceof Pool pool) {
      String kind = pool.kind() == Pool.Kind.MAX ? "max" : "mean";
      return window(pool.kernel()) + " " + kind + " pooling, stride " + pool.stride();
    }
    if (layer instanceof Activation activation) {
      return activation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
    if (layer instanceof Attention attention) {
      return "attention, " + attention.heads() + " heads";
    }
    if (layer instanceof Dropout dropout) {
      return "dropout " + dropout.rate();
    }
    if (layer instanceof DropPath dropPath) {
      return "stochastic depth " + dropPath.rate();
    }
    return spaced(layer.getClass().getSimpleName());
  }

  private static String convolution(Conv conv) {
    boolean depthwise = conv.groups() == conv.in() && conv.groups() > 1;
    return window(conv.kernel())
        + (depthwise ? " depthwise convolution" : " convolution")
        + (conv.groups() > 1 && !depthwise ? ", " + conv.groups() + " groups" : "")
        + (conv.stride() > 1 ? ", stride " + conv.stride() : "");
  }

  private static String window(int side) {
    return side + "×" + side;
  }

  // BatchNorm becomes "batch norm".
  private static String spaced(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
