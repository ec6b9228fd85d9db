package dev.discern.explain;

import dev.discern.torch.Tensors;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Gradient-weighted class activation mapping.
 *
 * <p>Source: Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra: Grad-CAM, ICCV 2017 [1]. The map is
 * the one that the network pools: the output of its last convolution, normalized and activated.
 */
final class GradCam {
  private static final long[] PLACES = {2, 3};
  private static final long[] CHANNELS = {1};

  private GradCam() {}

  /**
   * The places of an image that raise a class's logit. Leaves the graph as it is, so that other
   * classes can follow.
   *
   * @param map {@code [1, C, H, W]}: the leaf from which the logit was computed
   * @param logit of the class, before softmax; a scalar
   * @return a heat map of the map's height and width
   */
  static HeatMap of(Tensor map, Tensor logit) {
    Tensor gradient =
        torch
            .grad(
                new TensorVector(logit),
                new TensorVector(map),
                new TensorVector(),
                new BoolOptional(true),
                false,
                false)
            .get(0);
    Tensor weights = gradient.mean(PLACES, true, new ScalarTypeOptional()); // [1], equation 1
    Tensor heat = // [1], equation 2
        map.detach().mul(weights).sum(CHANNELS, false, new ScalarTypeOptional()).relu();
    return new HeatMap(
        Math.toIntExact(heat.size(1)), Math.toIntExact(heat.size(2)), Tensors.toFloats(heat));
  }
}
