package dev.discern.pretrained;

import dev.discern.layer.Architecture;
import dev.discern.torch.ParameterStore;
import java.util.List;

/**
 * The network that receives weights.
 *
 * @param model its spec
 * @param architecture its backbone
 * @param store its tensors, the head's included
 * @param classNames its classes
 * @param method its method
 */
public record Target(
    String model,
    Architecture architecture,
    ParameterStore store,
    List<String> classNames,
    String method) {
  /** Keeps an unmodifiable copy. */
  public Target {
    classNames = List.copyOf(classNames);
  }
}
