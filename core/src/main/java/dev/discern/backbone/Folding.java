package dev.discern.backbone;

import dev.discern.layer.Architecture;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.Block;
import dev.discern.layer.Concat;
import dev.discern.layer.Conv;
import dev.discern.layer.Gate;
import dev.discern.layer.Layer;
import dev.discern.layer.Residual;
import dev.discern.layer.Sequence;
import dev.discern.torch.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Merges each batch normalization that directly follows a convolution into it, for inference: with
 * fixed statistics, {@code γ·(w∗x + b − μ)/√(σ² + ε) + β} is a convolution with other weights.
 */
public final class Folding {
  private final List<Pair> pairs = new ArrayList<>();
  private final Architecture architecture;

  private record Pair(Conv conv, BatchNorm norm) {}

  /**
   * Finds what can be merged.
   *
   * @param original the layers of a network
   */
  public Folding(Architecture original) {
    architecture =
        new Architecture(
            original.channels(),
            original.imageSide(),
            original.divisor(),
            folded(original.trunk()),
            folded(original.neck()),
            original.classifier(),
            original.initialization());
  }

  /**
   * The layers without the normalizations that are merged.
   *
   * @return an architecture that computes the same in evaluation mode, with {@link #tensors}
   */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * Computes the weights.
   *
   * @param original all tensors of the original by name, and possibly others, such as a head's
   * @return the tensors of {@link #architecture} and the others; the current scope owns the new
   *     ones, which are float32
   */
  public Map<String, Tensor> tensors(Map<String, Tensor> original) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(original);
    try (NoGradGuard noGrad = new NoGradGuard()) {
      pairs.forEach(pair -> merge(pair.conv(), pair.norm(), tensors));
    }
    return tensors;
  }

  private Layer folded(Layer layer) {
    if (layer instanceof Sequence sequence) {
      return new Sequence(merged(flat(sequence).toList()));
    }
    if (layer instanceof Block block) {
      return new Block(block.name(), folded(block.body()));
    }
    if (layer instanceof Residual residual) {
      return new Residual(folded(residual.body()), folded(residual.shortcut()));
    }
    if (layer instanceof Gate gate) {
      return new Gate(folded(gate.factors()));
    }
    if (layer instanceof Concat concat) {
      return new Concat(concat.children().stream().map(this::folded).toList());
    }
    return layer;
  }

  private static Stream<Layer> flat(Sequence sequence) {
    return sequence.children().stream()
        .flatMap(child -> child instanceof Sequence inner ? flat(inner) : Stream.of(child));
  }

  private List<Layer> merged(List<Layer> layers) {
    List<Layer> merged = new ArrayList<>();
    for (Layer layer : layers) {
      int last = merged.size() - 1;
      if (layer instanceof BatchNorm norm && last >= 0 && merged.get(last) instanceof Conv conv) {
        pairs.add(new Pair(conv, norm));
        merged.set(last, conv.biased());
      } else {
        merged.add(folded(layer));
      }
    }
    return merged;
  }

  private static void merge(Conv conv, BatchNorm norm, Map<String, Tensor> tensors) {
    String weight = conv.name() + ".weight";
    String bias = conv.name() + ".bias";
    try (Scope scope = new Scope()) {
      Tensor variance = wide(tensors, norm.name() + ".running_var").add(new Scalar(norm.epsilon()));
      Tensor factor = wide(tensors, norm.name() + ".weight").div(variance.sqrt());
      Tensor mean = wide(tensors, norm.name() + ".running_mean");
      Tensor center = conv.bias() ? mean.sub(wide(tensors, bias)) : mean;
      Tensor shift = wide(tensors, norm.name() + ".bias").sub(center.mul(factor));
      Tensor scaled = wide(tensors, weight).mul(factor.view(-1, 1, 1, 1));
      tensors.put(weight, scope.keep(scaled.to(ScalarType.Float)));
      tensors.put(bias, scope.keep(shift.to(ScalarType.Float)));
    }
    norm.tensors().forEach(spec -> tensors.remove(spec.name()));
  }

  // Float64, so that folding rounds once.
  private static Tensor wide(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name).detach().to(ScalarType.Double);
  }
}
