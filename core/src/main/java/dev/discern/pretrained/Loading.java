package dev.discern.pretrained;

import dev.discern.config.InvalidConfig;
import dev.discern.layer.Architecture;
import dev.discern.layer.TensorSpec;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Scope;
import dev.discern.weights.Listing;
import dev.discern.weights.StateDict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * What loading weights into a network did.
 *
 * @param source the weights, as the user named them
 * @param matched the names of the tensors that were loaded
 * @param replaced the names of the file's classifier, where the network keeps its own
 * @param missing the names of the backbone's tensors that the file lacks, or has in another shape
 * @param leftOver the names of the file's tensors that the network does not have
 */
public record Loading(
    String source,
    List<String> matched,
    List<String> replaced,
    List<String> missing,
    List<String> leftOver) {
  private static final String HEAD = "fc";

  /** Keeps unmodifiable copies. */
  public Loading {
    matched = List.copyOf(matched);
    replaced = List.copyOf(replaced);
    missing = List.copyOf(missing);
    leftOver = List.copyOf(leftOver);
  }

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
      String method) {}

  /**
   * Copies weights into a network. The head keeps its random weights, unless the file's has the
   * same classes and method. A first convolution of three channels is summed for images of one.
   *
   * @param weights the weights
   * @param target receives them
   * @param partial whether weights may fit only partly
   * @return what was done
   * @throws InvalidConfig if they fit only partly, and that is not allowed; nothing is changed then
   * @throws dev.discern.config.WorkFailed if the file is damaged
   */
  public static Loading into(Pretrained weights, Target target, boolean partial) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      StateDict file = StateDict.read(weights.file());
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      file.tensors()
          .forEach(
              (name, tensor) -> {
                if (!StateNames.isOther(name)) {
                  tensors.put(renamed(StateNames.own(name), target.architecture()), tensor);
                }
              });
      Plan plan = new Plan(weights, target, tensors);
      Loading loading = plan.loading();
      boolean whole = loading.missing().isEmpty();
      if (loading.matched().isEmpty() || !(whole || partial)) {
        throw misfit(loading, target, file.listing());
      }
      ParameterStore.copy(plan.values, plan.receivers(), weights.source());
      return loading;
    }
  }

  // timm calls the classifier by another name in each family.
  private static String renamed(String name, Architecture architecture) {
    String prefix = architecture.classifier() + ".";
    return name.startsWith(prefix) ? HEAD + "." + name.substring(prefix.length()) : name;
  }

  private static InvalidConfig misfit(Loading loading, Target target, Listing listing) {
    int wanted = target.architecture().tensors().size();
    Optional<String> nearest = Fit.of(listing).nearest();
    return new InvalidConfig(
        loading.source()
            + " does not fit "
            + target.model()
            + ": of its "
            + wanted
            + " tensors, "
            + (wanted - loading.missing().size())
            + " are there in the right shape, and "
            + some(loading.missing())
            + " is missing. "
            + nearest
                .map(name -> "They look like the weights of " + name + ": set model.name to that")
                .orElse("Choose other weights or another model.name")
            + (loading.matched().isEmpty()
                ? "."
                : ", or set model.partialWeights to load what fits."));
  }

  /**
   * The result in a sentence.
   *
   * @return such as {@code 245 tensors of efficientnet-lite0 loaded; its classifier is replaced.}
   */
  public String sentence() {
    StringBuilder text = new StringBuilder();
    text.append(matched.size()).append(" tensors of ").append(source).append(" are loaded");
    if (!replaced.isEmpty()) {
      text.append("; a new classifier replaces its own");
    }
    if (!missing.isEmpty()) {
      text.append("; it lacks ").append(some(missing));
    }
    if (!leftOver.isEmpty()) {
      text.append("; ").append(some(leftOver)).append(" is not used");
    }
    return text.append('.').toString();
  }

  private static String some(List<String> names) {
    return names.isEmpty()
        ? "nothing"
        : names.get(0) + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
  }

  /** What to copy where. */
  private static final class Plan {
    private final Pretrained weights;
    private final Target target;
    private final Map<String, Tensor> state;
    private final Set<String> backbone = new LinkedHashSet<>();
    private final Map<String, Tensor> values = new LinkedHashMap<>();
    private final List<String> replaced = new ArrayList<>();
    private final List<String> leftOver = new ArrayList<>();

    Plan(Pretrained weights, Target target, Map<String, Tensor> tensors) {
      this.weights = weights;
      this.target = target;
      state = target.store().state();
      target.architecture().tensors().stream().map(TensorSpec::name).forEach(backbone::add);
      tensors.forEach(this::place);
    }

    private void place(String name, Tensor tensor) {
      Tensor own = state.get(name);
      boolean takes = backbone.contains(name) || keepsHead();
      if (own == null || !takes) {
        boolean ofHead = own != null || name.startsWith(HEAD + ".") || weights.method().isPresent();
        (ofHead ? replaced : leftOver).add(name);
        return;
      }
      Tensor fitted = summed(name, tensor, own);
      if (sides(fitted).equals(sides(own))) {
        values.put(name, fitted);
      } else if (!backbone.contains(name)) {
        replaced.add(name);
      }
    }

    private boolean keepsHead() {
      return weights.classNames().equals(target.classNames())
          && weights.method().filter(target.method()::equals).isPresent();
    }

    // A gray image is one whose three channels are alike.
    private Tensor summed(String name, Tensor tensor, Tensor own) {
      boolean first = name.equals(target.architecture().tensors().get(0).name());
      return first && tensor.dim() == 4 && tensor.size(1) == 3 && own.size(1) == 1
          ? tensor.sum(new long[] {1}, true, new org.bytedeco.pytorch.ScalarTypeOptional())
          : tensor;
    }

    private static List<Long> sides(Tensor tensor) {
      List<Long> sides = new ArrayList<>();
      for (long i = 0; i < tensor.dim(); i++) {
        sides.add(tensor.size(i));
      }
      return sides;
    }

    Map<String, Tensor> receivers() {
      Map<String, Tensor> receivers = new HashMap<>();
      values.keySet().forEach(name -> receivers.put(name, Objects.requireNonNull(state.get(name))));
      return receivers;
    }

    Loading loading() {
      List<String> missing = backbone.stream().filter(name -> !values.containsKey(name)).toList();
      return new Loading(
          weights.source(), List.copyOf(values.keySet()), replaced, missing, leftOver);
    }
  }
}
