package dev.discern.layer;

/**
 * What a layer costs for one image.
 *
 * @param layer the layer, a leaf
 * @param output the shape that it passes on
 * @param parameters the values that train
 * @param multiplyAdds of convolutions, linear layers and the products within attention; the rest is
 *     not counted, as is usual in papers
 * @param kept the values that a training step keeps for the backward pass
 */
public record LayerCost(Layer layer, Shape output, long parameters, long multiplyAdds, long kept) {
  static LayerCost of(Layer layer, Shape output) {
    return new LayerCost(
        layer, output, parameters(layer), multiplyAdds(layer, output), kept(layer, output));
  }

  private static long parameters(Layer layer) {
    return layer.tensors().stream()
        .filter(tensor -> tensor.role().trains())
        .mapToLong(TensorSpec::size)
        .sum();
  }

  private static long multiplyAdds(Layer layer, Shape output) {
    if (layer instanceof Conv conv) {
      return output.size() * conv.in() / conv.groups() * conv.kernel() * conv.kernel();
    }
    if (layer instanceof Dense dense) {
      return output.size() * dense.in();
    }
    if (layer instanceof Attention attention) {
      long tokens = output.size() / attention.width();
      return output.size() * (4L * attention.width() + 2 * tokens);
    }
    return 0;
  }

  // Normalizations keep what they receive, and the layers before them have counted it. Adding,
  // scaling and joining keep nothing that the layers around them do not keep.
  private static long kept(Layer layer, Shape output) {
    if (layer instanceof Attention) {
      return 5 * output.size(); // queries, keys, values, what the heads found, and its projection
    }
    boolean keeps =
        layer instanceof Conv
            || layer instanceof Dense
            || layer instanceof LayerNorm
            || layer instanceof Activation
            || layer instanceof Pool
            || layer instanceof Tokens
            || layer instanceof ChannelShuffle;
    return keeps ? output.size() : 0;
  }
}
