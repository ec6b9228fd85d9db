package dev.discern.mix;

import dev.discern.loss.Targets;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * Mixes the images of a batch with each other. Implementations are immutable records; {@link Mixes}
 * lists them.
 *
 * <p>Targets become {@code t = λ·t_i + (1 − λ)·t_j}. Every loss is linear in the targets, so the
 * loss of a mixed sample is {@code λ·L(z, t_i) + (1 − λ)·L(z, t_j)}, class weights included: each
 * class keeps its weight, and {@code targets.weights()} is the same mixture of both samples'
 * weights. Label smoothing is linear too: smoothing before or after mixing gives the same targets.
 */
public interface BatchMix {
  /**
   * Mixes a batch. Does not wait for the device; new tensors belong to the caller's scope.
   *
   * @param images {@code [N, C, H, W]}, floating-point, normalized; not changed
   * @param targets N target distributions, such as {@code classes.smoothed(0, K)}; not changed
   * @param random the only source of randomness: equal generators give equal results
   * @return the mixed batch
   * @throws IllegalArgumentException if the images are not floating-point of shape {@code [N, C, H,
   *     W]}, or the numbers of images and targets differ
   */
  Mixed apply(Tensor images, Targets.Distribution targets, SplittableRandom random);
}
