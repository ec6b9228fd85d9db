package dev.discern.backbone;

import dev.discern.layer.Architecture;
import dev.discern.layer.Architecture.Initialization;
import dev.discern.layer.Attention;
import dev.discern.layer.Conv;
import dev.discern.layer.Dense;
import dev.discern.layer.Layer;
import dev.discern.layer.Scale;
import dev.discern.layer.TensorSpec;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The tensors of a backbone by name. */
final class Weights {
  private static final double DEVIATION = 0.02;

  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Map<String, TensorOptional> optionals = new HashMap<>();

  /**
   * Adds the tensors of an architecture to a store.
   *
   * @param architecture names, shapes and first values
   * @param store receives the tensors
   */
  Weights(Architecture architecture, ParameterStore store) {
    for (TensorSpec spec : architecture.tensors()) {
      Tensor tensor = create(spec, architecture.initialization(), store);
      tensors.put(spec.name(), tensor);
      // It keeps the tensor's memory alive, so closing the tensor of a large weight would not free
      // it.
      if (spec.role() != TensorSpec.Role.WEIGHT) {
        optionals.put(spec.name(), optional(tensor));
      }
    }
  }

  // Like the tensor itself, it outlives the scope of whoever builds the network.
  private static TensorOptional optional(Tensor tensor) {
    try (Scope scope = new Scope()) {
      return scope.keep(new TensorOptional(tensor));
    }
  }

  Tensor tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  TensorOptional optional(String name) {
    return Objects.requireNonNull(optionals.get(name), name);
  }

  /** Whether gradients update a tensor; false if it is frozen. */
  boolean trains(String name) {
    return tensor(name).requires_grad();
  }

  /**
   * Converts the tensors of convolutions and linear layers, those of attention too, to bfloat16.
   */
  void narrow(Architecture architecture) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      architecture.leaves().stream()
          .filter(Weights::multiplies)
          .flatMap(layer -> layer.tensors().stream())
          .map(spec -> tensor(spec.name()))
          .forEach(tensor -> tensor.__dispatch_set_data(tensor.to(ScalarType.BFloat16)));
    }
  }

  private static boolean multiplies(Layer layer) {
    return layer instanceof Conv || layer instanceof Dense || layer instanceof Attention;
  }

  private static Tensor create(
      TensorSpec spec, Initialization initialization, ParameterStore store) {
    return switch (spec.role()) {
      case WEIGHT -> store.normal(spec.name(), deviation(spec, initialization), spec.sides());
      case EMBEDDING -> store.normal(spec.name(), DEVIATION, spec.sides());
      case NORM_WEIGHT -> store.constant(spec.name(), 1, spec.sides());
      case BIAS, NORM_BIAS -> store.constant(spec.name(), 0, spec.sides());
      case LAYER_SCALE -> store.constant(spec.name(), Scale.INITIAL, spec.sides());
      case RUNNING_MEAN -> store.buffer(spec.name(), 0, spec.sides());
      case RUNNING_VARIANCE -> store.buffer(spec.name(), 1, spec.sides());
    };
  }

  private static double deviation(TensorSpec spec, Initialization initialization) {
    return initialization == Initialization.NORMAL ? DEVIATION : Math.sqrt(2.0 / spec.fanOut());
  }
}
