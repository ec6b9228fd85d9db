package dev.discern.optim;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A parameter as an optimizer sees it.
 *
 * @param name its name in the network
 * @param tensor the parameter
 * @param rate its learning rate, as a multiple of the step's
 * @param decay its weight decay
 */
record Trained(String name, Tensor tensor, double rate, double decay) {
  /**
   * A network's parameters.
   *
   * @param parameters by name
   * @param ownRates those with a learning rate of their own, which do not decay
   * @param decay of the others
   */
  static List<Trained> of(
      Map<String, Tensor> parameters, Map<String, Double> ownRates, WeightDecay decay) {
    return parameters.entrySet().stream()
        .map(
            entry -> {
              Double own = ownRates.get(entry.getKey());
              Tensor tensor = entry.getValue();
              return own == null
                  ? new Trained(entry.getKey(), tensor, 1, decay.of(tensor))
                  : new Trained(entry.getKey(), tensor, own, 0);
            })
        .toList();
  }
}
