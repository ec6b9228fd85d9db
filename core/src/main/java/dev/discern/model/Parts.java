package dev.discern.model;

import dev.discern.layer.Activation;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.Conv;
import dev.discern.layer.DropPath;
import dev.discern.layer.Dropout;
import dev.discern.layer.Gate;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Layer;
import dev.discern.layer.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Parts that several families of networks share. */
final class Parts {
  private Parts() {}

  /** A convolution, its batch normalization under another name, and ReLU. */
  static Layer convNormRelu(Conv conv, String norm) {
    return Sequence.of(conv, new BatchNorm(norm, conv.out()), Activation.RELU);
  }

  /** A convolution and its batch normalization under another name. */
  static Layer convNorm(Conv conv, String norm) {
    return Sequence.of(conv, new BatchNorm(norm, conv.out()));
  }

  /**
   * Squeeze-and-excitation (Hu, Shen, Sun, 2018).
   *
   * @param squeeze the full name of the first convolution
   * @param excite the full name of the second
   * @param channels of the map
   * @param hidden the channels between the two
   * @param inner the activation after the first
   * @param outer the activation after the second
   */
  static Layer squeezeExcite(
      String squeeze, String excite, int channels, int hidden, Activation inner, Activation outer) {
    return new Gate(
        Sequence.of(
            new GlobalPool(),
            Conv.of(squeeze, channels, hidden, 1).biased(),
            inner,
            Conv.of(excite, hidden, channels, 1).biased(),
            outer));
  }

  /** A residual branch with stochastic depth, if there is any. */
  static Layer withDropPath(Layer branch, String block, double rate) {
    return rate == 0 ? branch : Sequence.of(branch, new DropPath(block + ".drop_path", rate));
  }

  /** Layers before the head, with dropout after them, if there is any. */
  static Layer neck(double drop, Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(layers));
    if (drop > 0) {
      all.add(new Dropout("drop", drop));
    }
    return new Sequence(all);
  }

  /**
   * The nearest multiple of 8, but no less than 0.9 of a number of channels, as the authors of
   * MobileNets round.
   */
  static int roundedTo8(double channels) {
    int rounded = Math.max(8, (int) (channels + 4) / 8 * 8);
    return rounded < 0.9 * channels ? rounded + 8 : rounded;
  }
}
