package dev.discern.config;

import java.util.List;

/**
 * The network.
 *
 * @param name its spec, such as {@code resnet20} or {@code wrn(depth=16,width=4)}
 * @param weights the weights to start from: {@code none}, an embedded network, a file, a run, or
 *     {@code hf:OWNER/NAME}
 * @param partialWeights whether weights may fit the network only partly
 * @param freeze what keeps its weights: {@code none}, {@code backbone}, or a block and those before
 *     it
 * @param norms what batch normalization does in training: {@code adapt} (it normalizes by the
 *     batch, and its statistics follow) or {@code frozen} (it uses its stored statistics)
 */
public record ModelConfig(
    String name, String weights, boolean partialWeights, String freeze, String norms) {
  /** The known uses of batch normalization. */
  public static final List<String> NORMS = List.of("adapt", "frozen");

  /** Refuses an empty source, and statistics of no images. */
  public ModelConfig {
    Check.that(!weights.isBlank(), "model.weights", "empty", "must be none or a source of weights");
    Check.oneOf(norms, "model.norms", NORMS);
    Check.that(
        !norms.equals("frozen") || !weights.equals("none"),
        "model.norms",
        norms,
        "needs statistics of images that weights to start from bring: set model.weights, or"
            + " model.norms to adapt");
  }

  /**
   * Whether batch normalization keeps its stored statistics.
   *
   * @return false for {@code adapt}
   */
  public boolean hasFrozenNorms() {
    return norms.equals("frozen");
  }

  /**
   * Whether training starts from trained weights.
   *
   * @return false for {@code none}
   */
  public boolean hasWeights() {
    return !weights.equals("none");
  }
}
