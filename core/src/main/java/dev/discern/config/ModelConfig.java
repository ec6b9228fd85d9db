package dev.discern.config;

/**
 * The network.
 *
 * @param name its spec, such as {@code resnet20} or {@code wrn(depth=16,width=4)}
 * @param weights the weights to start from: {@code none}, an embedded network, a file, a run, or
 *     {@code hf:OWNER/NAME}
 * @param partialWeights whether weights may fit the network only partly
 * @param freeze what keeps its weights: {@code none}, {@code backbone}, or a block and those before
 *     it
 */
public record ModelConfig(String name, String weights, boolean partialWeights, String freeze) {
  /** Refuses an empty source. */
  public ModelConfig {
    Check.that(!weights.isBlank(), "model.weights", "empty", "must be none or a source of weights");
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
