package dev.discern.run;

import dev.discern.config.InvalidConfig;
import dev.discern.layer.Architecture;
import dev.discern.layer.Depths;
import dev.discern.layer.TensorSpec;
import dev.discern.train.Network;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps parts of a network as they are while the rest trains. */
final class Freezing {
  private static final String NONE = "none";
  static final String BACKBONE = "backbone";

  private Freezing() {}

  /**
   * Refuses a name that is none of a network's blocks.
   *
   * @param freeze what to keep
   * @param model the network's spec, for the message
   * @param architecture its backbone
   * @throws InvalidConfig if there is no such block
   */
  static void requireKnown(String freeze, String model, Architecture architecture) {
    List<String> blocks = new Depths(architecture).blocks();
    if (!freeze.equals(NONE) && !freeze.equals(BACKBONE) && !blocks.contains(freeze)) {
      throw new InvalidConfig(
          "model.freeze is "
              + freeze
              + ", which is no block of "
              + model
              + ": choose none, backbone, or one of "
              + String.join(", ", blocks)
              + ".");
    }
  }

  /**
   * Freezes parameters, so that they get no gradient. A batch normalization that is frozen keeps
   * its statistics too.
   *
   * @param freeze {@code none}, {@code backbone}, or the last block to freeze
   * @param network the network before its first step
   */
  static void apply(String freeze, Network network) {
    Architecture architecture = network.backbone().architecture();
    Depths depths = new Depths(architecture);
    Set<String> names =
        architecture.tensors().stream().map(TensorSpec::name).collect(Collectors.toSet());
    int last = freeze.equals(BACKBONE) ? depths.blocks().size() : depths.blocks().indexOf(freeze);
    network
        .store()
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (names.contains(name) && depths.of(name) <= last) {
                parameter.set_requires_grad(false);
              }
            });
  }
}
