package dev.discern.layer;

import dev.discern.layer.TensorSpec.Role;
import java.util.List;

/**
 * A square convolution: {@code weight [out, in / groups, kernel, kernel]} and perhaps {@code bias
 * [out]}.
 *
 * @param name the prefix of its tensors' names
 * @param in the channels it receives
 * @param out the channels it makes
 * @param kernel the window's side
 * @param stride the window's step
 * @param padding what is added around the map
 * @param groups the parts into which the channels are divided; as many as channels makes the
 *     convolution depthwise
 * @param bias whether it adds a number to each channel
 */
public record Conv(
    String name, int in, int out, int kernel, int stride, Padding padding, int groups, boolean bias)
    implements Layer {
  /**
   * Refuses channels that cannot be divided into the groups.
   *
   * @throws IllegalArgumentException if the groups do not divide the channels
   */
  public Conv {
    if (in % groups != 0 || out % groups != 0) {
      throw new IllegalArgumentException(
          name + ": " + in + " and " + out + " channels do not divide into " + groups + " groups.");
    }
  }

  /**
   * A convolution of stride 1 that keeps height and width, without bias.
   *
   * @param name the prefix of its tensors' names
   * @param in the channels it receives
   * @param out the channels it makes
   * @param kernel the window's side, odd
   * @return the layer
   */
  public static Conv of(String name, int in, int out, int kernel) {
    return new Conv(name, in, out, kernel, 1, Padding.of(kernel / 2), 1, false);
  }

  /**
   * A depthwise convolution of stride 1 that keeps height and width, without bias.
   *
   * @param name the prefix of its tensors' names
   * @param channels the channels it receives and makes
   * @param kernel the window's side, odd
   * @return the layer
   */
  public static Conv depthwise(String name, int channels, int kernel) {
    return of(name, channels, channels, kernel).groups(channels);
  }

  /**
   * Whether each channel has weights of its own and sees no other channel.
   *
   * @return true if there are as many groups as channels, and more than one
   */
  public boolean isDepthwise() {
    return groups > 1 && groups == in;
  }

  /**
   * The same convolution with another stride.
   *
   * @param stride the window's step
   * @return a new layer
   */
  public Conv stride(int stride) {
    return new Conv(name, in, out, kernel, stride, padding, groups, bias);
  }

  /**
   * The same convolution with another padding.
   *
   * @param padding what is added around the map
   * @return a new layer
   */
  public Conv padding(Padding padding) {
    return new Conv(name, in, out, kernel, stride, padding, groups, bias);
  }

  /**
   * The same convolution with another number of groups.
   *
   * @param groups the parts into which the channels are divided
   * @return a new layer
   */
  public Conv groups(int groups) {
    return new Conv(name, in, out, kernel, stride, padding, groups, bias);
  }

  /**
   * The same convolution with a bias.
   *
   * @return a new layer
   */
  public Conv biased() {
    return new Conv(name, in, out, kernel, stride, padding, groups, true);
  }

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.conv(this, input);
  }

  @Override
  public List<TensorSpec> tensors() {
    TensorSpec weight =
        TensorSpec.weight(
            name + ".weight",
            (long) out / groups * kernel * kernel,
            out,
            in / groups,
            kernel,
            kernel);
    return bias ? List.of(weight, TensorSpec.of(name + ".bias", Role.BIAS, out)) : List.of(weight);
  }
}
