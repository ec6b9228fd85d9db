package dev.discern.optim;

import dev.discern.config.OptimConfig;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Optimizers by configuration. */
public final class Optimizers {
  private Optimizers() {}

  /**
   * Builds the optimizer a configuration asks for.
   *
   * @param config which, and how
   * @param parameters what to update, by name
   * @param ownRates those that train at a multiple of the learning rate, and do not decay
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
