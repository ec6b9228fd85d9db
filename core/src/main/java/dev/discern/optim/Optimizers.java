package dev.discern.optim;

import dev.discern.config.OptimConfig;
import dev.discern.layer.Architecture;
import dev.discern.torch.ParameterStore;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Creates optimizers from a configuration. */
public final class Optimizers {
  private Optimizers() {}

  /**
   * Creates the optimizer of a network.
   *
   * @param config the optimizer and its settings
   * @param architecture the network's backbone
   * @param store the network's tensors; those that need no gradient are frozen
   * @return the optimizer at step 0
   */
  public static Optimizer create(
      OptimConfig config, Architecture architecture, ParameterStore store) {
    return create(
        config, new ParameterRules(config, architecture, store.ownRates()), store.parameters());
  }

  /**
   * Creates the optimizer of some parameters.
   *
   * @param config the optimizer and its settings
   * @param rules how each parameter trains
   * @param parameters the parameters by name; those that need no gradient are frozen
   * @return the optimizer at step 0
   */
  public static Optimizer create(
      OptimConfig config, ParameterRules rules, Map<String, Tensor> parameters) {
    List<Trained> trained = rules.trained(parameters);
    return config.optimizer().equals("sgd")
        ? new Sgd(trained, config.momentum(), config.nesterov())
        : new AdamW(trained);
  }
}
