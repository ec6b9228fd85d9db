package dev.discern.optim;

import dev.discern.config.OptimConfig;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Creates optimizers from a configuration. */
public final class Optimizers {
  private Optimizers() {}

  /**
   * Creates the optimizer of a configuration.
   *
   * @param config the optimizer and its settings
   * @param parameters the parameters to update, by name
   * @param ownRates the multiple of the learning rate for parameters with a separate rate, by name;
   *     these do not decay
   * @return the optimizer at step 0
   */
  public static Optimizer create(
      OptimConfig config, Map<String, Tensor> parameters, Map<String, Double> ownRates) {
    WeightDecay decay = new WeightDecay(config.weightDecay(), config.decayNormsAndBiases());
    List<Trained> trained = Trained.of(parameters, ownRates, decay);
    return config.optimizer().equals("sgd")
        ? new Sgd(trained, config.momentum(), config.nesterov())
        : new AdamW(trained);
  }
}
