package dev.discern.optim;

import dev.discern.config.OptimConfig;
import dev.discern.layer.Architecture;
import dev.discern.layer.Depths;
import dev.discern.layer.TensorSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * How each parameter trains, by its name, role and depth.
 *
 * <ul>
 *   <li>The learning rate falls by a constant factor from each block to the one before it (Clark et
 *       al., "ELECTRA", 2020; Bao et al., "BEiT", 2022); a parameter with a rate of its own keeps
 *       it.
 *   <li>Weight decay applies to matrices and filters, and to the rest as the configuration says:
 *       normalizations, biases, layer scales, embeddings. A parameter with a rate of its own does
 *       not decay.
 *   <li>A frozen parameter, which needs no gradient, does not train.
 * </ul>
 */
public final class ParameterRules {
  private final OptimConfig config;
  private final Map<String, Double> ownRates;
  private final Depths depths;
  private final Set<String> spared = new HashSet<>();

  /**
   * Prepares the rules of a network.
   *
   * @param config the factor of the learning rate, the weight decay and what it spares
   * @param architecture the depth and role of the backbone's parameters
   * @param ownRates the multiple of the learning rate for parameters with a separate rate, by name
   */
  public ParameterRules(
      OptimConfig config, Architecture architecture, Map<String, Double> ownRates) {
    this.config = config;
    this.ownRates = Map.copyOf(ownRates);
    depths = new Depths(architecture);
    if (!config.decayNormsAndBiases()) {
      architecture.tensors().stream()
          .filter(tensor -> tensor.role() != TensorSpec.Role.WEIGHT)
          .forEach(tensor -> spared.add(tensor.name()));
    }
  }

  /** The parameters that train, with their settings, in the order given. */
  List<Trained> trained(Map<String, Tensor> parameters) {
    return parameters.entrySet().stream()
        .filter(entry -> entry.getValue().requires_grad())
        .map(entry -> trained(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Trained trained(String name, Tensor tensor) {
    Double own = ownRates.get(name);
    if (own != null) {
      return new Trained(name, tensor, own, 0);
    }
    double rate = Math.pow(config.layerDecay(), depths.below(name));
    boolean decays = config.decayNormsAndBiases() || (tensor.dim() > 1 && !spared.contains(name));
    return new Trained(name, tensor, rate, decays ? config.weightDecay() : 0);
  }
}
