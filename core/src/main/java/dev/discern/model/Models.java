package dev.discern.model;

import dev.discern.config.InvalidConfig;
import dev.discern.torch.ParameterStore;
import java.util.List;
import java.util.stream.Collectors;

/** The catalog of architectures: an explicit list, used by the command line, tests and docs. */
public final class Models {
  private static final String HE = "He, Zhang, Ren, Sun: Deep Residual Learning, CVPR 2016";
  private static final String CRL =
      "Zhang et al.: Competing Ratio Loss, Neurocomputing 2021 (the authors' code)";

  private static final List<ModelSpec> ALL =
      List.of(cifar(8), cifar(20), cifar(32), cifar(56), slim34());

  private Models() {}

  /** Builds a backbone. */
  @FunctionalInterface
  public interface Factory {
    /**
     * Builds a backbone and adds its tensors to a store.
     *
     * @param store receives the tensors
     * @param channels the number of channels of the images
     * @return the backbone
     */
    Backbone build(ParameterStore store, int channels);
  }

  /**
   * An architecture.
   *
   * @param name the name in the catalog
   * @param summary a one-line description
   * @param paper the source
   * @param factory builds the backbone
   */
  public record ModelSpec(String name, String summary, String paper, Factory factory) {}

  /**
   * Every architecture, in display order.
   *
   * @return an unmodifiable list
   */
  public static List<ModelSpec> all() {
    return ALL;
  }

  /**
   * Finds an architecture.
   *
   * @param name the name in the catalog
   * @return the spec
   * @throws InvalidConfig if there is none; the message lists the known models
   */
  public static ModelSpec find(String name) {
    return ALL.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static InvalidConfig unknown(String name) {
    String known = ALL.stream().map(ModelSpec::name).collect(Collectors.joining(", "));
    return new InvalidConfig("There is no model '" + name + "'. Known models: " + known + ".");
  }

  private static ModelSpec cifar(int depth) {
    int perStage = (depth - 2) / 6;
    return new ModelSpec(
        "resnet" + depth,
        "CIFAR-style ResNet of depth " + depth + ", widths 16/32/64, parameter-free shortcuts",
        HE,
        (store, channels) ->
            new ResNet(
                store,
                channels,
                new int[] {perStage, perStage, perStage},
                new int[] {16, 32, 64},
                Shortcut.ZERO_PADDING));
  }

  private static ModelSpec slim34() {
    return new ModelSpec(
        "resnet34-slim",
        "ResNet-34 of widths 16/32/64/128 with projection shortcuts, as used by CRL's authors",
        CRL,
        (store, channels) ->
            new ResNet(
                store,
                channels,
                new int[] {3, 4, 6, 3},
                new int[] {16, 32, 64, 128},
                Shortcut.PROJECTION));
  }
}
