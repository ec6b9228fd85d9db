package discern.optim;

import discern.config.OptimConfig;
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
   * @return the optimizer at step 0
   */
  public static Optimizer create(OptimConfig config, Map<String, Tensor> parameters) {
    WeightDecay decay = new WeightDecay(config.weightDecay(), config.decayNormsAndBiases());
    return config.optimizer().equals("sgd")
        ? new Sgd(parameters, config.momentum(), config.nesterov(), decay)
        : new AdamW(parameters, decay);
  }
}
