package dev.discern.torch;

import org.bytedeco.pytorch.Device;

/**
 * The arithmetic of a network for each use. They may differ: a depthwise convolution can be slower
 * in bfloat16 than in float32 in training, and faster in inference.
 *
 * @param training of forward passes that a backward pass follows
 * @param inference of all others, validation included
 */
public record Precisions(Precision training, Precision inference) {
  /**
   * The precisions that a configuration names, without measuring anything.
   *
   * @param name {@code auto}, {@code fp32} or {@code bf16}
   * @param device where the network runs
   * @return the same for both uses; for {@code auto}, as {@link Precision#choose} says
   */
  public static Precisions of(String name, Device device) {
    Precision both = Precision.choose(name, device);
    return new Precisions(both, both);
  }
}
