package dev.discern.mix;

import dev.discern.loss.Targets;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A batch with the partner of each sample.
 *
 * @param images {@code [N, C, H, W]}, floating-point
 * @param distribution N targets
 * @param order {@code [N]}, int64, on the device of the images: the permutation that maps each
 *     sample to its partner
 */
record Partners(Tensor images, Targets.Distribution distribution, Tensor order) {
  static Partners draw(Tensor images, Targets.Distribution targets, SplittableRandom random) {
    requireBatch(images, targets);
    int[] order = new int[Math.toIntExact(images.size(0))];
    for (int i = 0; i < order.length; i++) { // Fisher-Yates, inside out
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return of(images, targets, order);
  }

  static Partners of(Tensor images, Targets.Distribution targets, int... order) {
    Tensor onDevice = Tensors.ofClasses(order).to(images.device(), ScalarType.Long);
    return new Partners(images, targets, onDevice);
  }

  /** The rows of the partners, from a tensor with one row per sample. */
  Tensor of(Tensor rows) {
    return rows.index_select(0, order);
  }

  /** {@code λ·t + (1 − λ)·(the partner's t)}. */
  Targets.Distribution targets(double lambda) {
    Tensor own = distribution.probabilities();
    Tensor mixed = own.mul(new Scalar(lambda)).add_(of(own), new Scalar(1 - lambda));
    return new Targets.Distribution(mixed, distribution.classWeights());
  }

  private static void requireBatch(Tensor images, Targets.Distribution targets) {
    if (images.dim() != 4 || !images.is_floating_point()) {
      throw new IllegalArgumentException(
          "Images to mix must be floating-point of shape [N, C, H, W], but these are "
              + Arrays.toString(images.shape())
              + " of "
              + images.scalar_type().intern()
              + ".");
    }
    if (targets.size() != images.size(0)) {
      throw new IllegalArgumentException(
          "There are " + targets.size() + " targets for " + images.size(0) + " images.");
    }
  }
}
