package dev.discern.pretrained;

import dev.discern.config.Spec;
import dev.discern.layer.Architecture;
import dev.discern.layer.TensorSpec;
import dev.discern.model.Models;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Which tensors of a file become which of a network. */
final class Matching {
  private final Pretrained weights;
  private final Target target;
  private final Map<String, Tensor> network;
  private final Set<String> backbone;
  private final Set<String> backboneOfFile;
  private final Map<String, Tensor> values = new LinkedHashMap<>();
  private final List<String> replaced = new ArrayList<>();
  private final List<String> leftOver = new ArrayList<>();

  /**
   * Matches tensors by name and shape.
   *
   * @param tensors of the file, by their names there
   */
  Matching(Pretrained weights, Target target, Map<String, Tensor> tensors) {
    this.weights = weights;
    this.target = target;
    network = target.store().state();
    backbone = names(target.architecture());
    backboneOfFile =
        weights.method().isEmpty()
            ? backbone
            : weights.architecture().map(this::names).orElse(backbone);
    tensors.forEach(
        (name, tensor) -> {
          if (!StateNames.isOther(name)) {
            place(StateNames.in(target.architecture(), name), tensor);
          }
        });
  }

  private Set<String> names(String spec) {
    int channels = target.architecture().channels();
    return names(Models.CATALOGUE.create(Spec.parse(spec)).build(channels));
  }

  private static Set<String> names(Architecture architecture) {
    return architecture.tensors().stream()
        .map(TensorSpec::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void place(String name, Tensor tensor) {
    Tensor own = network.get(name);
    boolean wanted = backbone.contains(name) || (isOfHead(name) && keepsHead());
    Tensor fitted = own == null ? tensor : summed(name, tensor, own);
    if (wanted && own != null && fits(fitted, own)) {
      values.put(name, fitted);
    } else if (isOfHead(name)) {
      replaced.add(name);
    } else if (!backbone.contains(name)) {
      leftOver.add(name);
    }
  }

  // The head of a method may have tensors of any name, but then the file names its backbone.
  private boolean isOfHead(String name) {
    boolean own = weights.method().isPresent();
    return !backbone.contains(name)
        && (own ? !backboneOfFile.contains(name) : StateNames.isClassifier(name));
  }

  private boolean keepsHead() {
    return weights.classNames().equals(target.classNames())
        && weights.method().filter(target.method()::equals).isPresent();
  }

  // A gray image is one whose three channels are alike. A sum of 16-bit numbers would lose bits.
  private Tensor summed(String name, Tensor tensor, Tensor own) {
    boolean first = name.equals(target.architecture().tensors().get(0).name());
    return first && tensor.dim() == 4 && tensor.size(1) == 3 && own.size(1) == 1
        ? tensor.sum(new long[] {1}, true, new ScalarTypeOptional(ScalarType.Float))
        : tensor;
  }

  // Whole numbers are those of a quantized network, which mean nothing without their scales.
  private static boolean fits(Tensor tensor, Tensor own) {
    return tensor.is_floating_point() && sides(tensor).equals(sides(own));
  }

  private static List<Long> sides(Tensor tensor) {
    List<Long> sides = new ArrayList<>();
    for (long i = 0; i < tensor.dim(); i++) {
      sides.add(tensor.size(i));
    }
    return sides;
  }

  /** The tensors to load, by their names in the network. */
  Map<String, Tensor> values() {
    return values;
  }

  /** The network's tensors that receive {@link #values}. */
  Map<String, Tensor> receivers() {
    Map<String, Tensor> receivers = new HashMap<>();
    values.keySet().forEach(name -> receivers.put(name, Objects.requireNonNull(network.get(name))));
    return receivers;
  }

  Loading loading() {
    return new Loading(
        weights.source(),
        List.copyOf(values.keySet()),
        replaced,
        backbone.stream().filter(name -> !values.containsKey(name)).toList(),
        leftOver);
  }
}
