package dev.discern.optim;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A parameter with its optimizer settings.
 *
 * @param name the name in the network
 * @param tensor the parameter
 * @param rate the learning rate, as a multiple of the rate of the step
 * @param decay the weight decay
 */
record Trained(String name, Tensor tensor, double rate, double decay) {
  /**
   * Combines the parameters of a network with their settings.
   *
   * @param parameters the parameters by name
   * @param ownRates the multiple of the learning rate for parameters with a separate rate, by name;
   *     these do not decay
   * @param decay the weight decay of the other parameters
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
