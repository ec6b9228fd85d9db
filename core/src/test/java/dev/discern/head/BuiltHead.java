package dev.discern.head;

import dev.discern.config.Spec;
import dev.discern.loss.Targets;
import dev.discern.torch.Devices;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A head with its parameters, and what a training step would make of a batch. */
final class BuiltHead {
  static final int FEATURES = 5;
  static final int CLASSES = 4;

  private final ParameterStore store;
  private final Head head;

  private BuiltHead(ParameterStore store, Head head) {
    this.store = store;
    this.head = head;
  }

  /** Builds a head of the catalogue with its first weights. Call within a scope. */
  static BuiltHead of(String spec) {
    ParameterStore store = new ParameterStore(7, Devices.of("cpu"));
    HeadShape shape = new HeadShape(FEATURES, CLASSES, List.of(9L, 4L, 2L, 1L));
    return new BuiltHead(store, Methods.CATALOGUE.create(Spec.parse(spec)).build(store, shape));
  }

  /** The same parameters behind another head. */
  BuiltHead with(Head other) {
    return new BuiltHead(store, other);
  }

  Head head() {
    return head;
  }

  Tensor parameter(String name) {
    return Objects.requireNonNull(store.parameters().get(name), name);
  }

  Map<String, Tensor> parameters() {
    return store.parameters();
  }

  void load(Map<String, Tensor> values) {
    store.load(values, "the test");
  }

  static Features features(Tensor pooled) {
    return new Features(pooled);
  }

  /** What a step computes: the loss's parts, and the gradients of their total. */
  static final class Step {
    private final HeadLoss loss;
    private final double total;
    private final Map<String, Tensor> gradients;

    private Step(HeadLoss loss, double total, Map<String, Tensor> gradients) {
      this.loss = loss;
      this.total = total;
      this.gradients = gradients;
    }

    HeadLoss loss() {
      return loss;
    }

    double total() {
      return total;
    }

    double[] gradient(String name) {
      return Tensors.toDoubles(
          Objects.requireNonNull(gradients.get(name), name).to(ScalarType.Double).flatten());
    }

    Iterable<String> names() {
      return gradients.keySet();
    }
  }

  /** Runs a batch forward and backward; the features' gradient is called {@code x}. */
  Step step(Tensor pooled, Targets targets) {
    Tensor x = pooled.detach().clone();
    x.requires_grad_(true);
    parameters().values().forEach(parameter -> parameter.mutable_grad().reset());
    HeadLoss loss = head.loss(features(x), targets);
    Tensor total = loss.perSample().sum().div(targets.weights().sum());
    for (Tensor term : loss.batchTerms().values()) {
      total = total.add(term);
    }
    total.backward();
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    gradients.put("x", x.grad());
    parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.grad().defined()) {
                gradients.put(name, parameter.grad());
              }
            });
    return new Step(loss, total.item_double(), gradients);
  }
}
