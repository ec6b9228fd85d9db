package dev.discern.pretrained;

import dev.discern.config.InvalidConfig;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Scope;
import dev.discern.weights.StateDict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * What loading weights into a network did. All names are those that the network has or would have.
 *
 * @param source the weights, as the user named them
 * @param matched the tensors that were loaded
 * @param replaced the tensors of the file's classifier, where the network keeps its own
 * @param missing the tensors of the backbone that the file lacks, or has in another shape
 * @param leftOver the other tensors of the file that the network does not have
 */
public record Loading(
    String source,
    List<String> matched,
    List<String> replaced,
    List<String> missing,
    List<String> leftOver) {
  /** Keeps unmodifiable copies. */
  public Loading {
    matched = List.copyOf(matched);
    replaced = List.copyOf(replaced);
    missing = List.copyOf(missing);
    leftOver = List.copyOf(leftOver);
  }

  /**
   * Copies weights into a network. The head keeps its random weights, unless the file's has the
   * same classes and method. A first convolution of three channels is summed for images of one.
   * Numbers of other precision are converted.
   *
   * @param weights the weights
   * @param target receives them
   * @param partial whether weights may fit only partly
   * @return what was done
   * @throws InvalidConfig if nothing fits, or the weights fit only partly and that is not allowed;
   *     nothing is changed then
   * @throws dev.discern.config.WorkFailed if the file is damaged
   */
  public static Loading into(Pretrained weights, Target target, boolean partial) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      StateDict file = StateDict.read(weights.file());
      Matching matching = new Matching(weights, target, file.tensors());
      Loading loading = matching.loading();
      if (loading.matched.isEmpty() || !(partial || loading.isWhole())) {
        throw new InvalidConfig(
            Misfit.sentence(loading, weights, target.model(), Fit.all(file.listing())));
      }
      ParameterStore.copy(matching.values(), matching.receivers(), weights.source());
      return loading;
    }
  }

  /**
   * Whether the file has exactly the tensors of the backbone.
   *
   * @return true if nothing is missing or left over
   */
  public boolean isWhole() {
    return missing.isEmpty() && leftOver.isEmpty();
  }

  /**
   * The result in words.
   *
   * @return a sentence for each kind of outcome
   */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add("Loaded " + tensors(matched.size()) + " from " + source + ".");
    if (!replaced.isEmpty()) {
      sentences.add("The classifier is new: it starts from random weights.");
    }
    if (!missing.isEmpty()) {
      sentences.add(
          "Not in the weights, and therefore random: "
              + some(missing)
              + ", "
              + tensors(missing.size())
              + " in all.");
    }
    if (!leftOver.isEmpty()) {
      sentences.add(
          "Not in the network, and therefore unused: "
              + some(leftOver)
              + ", "
              + tensors(leftOver.size())
              + " in all.");
    }
    return sentences;
  }

  /**
   * The result for a run's record.
   *
   * @return source, the number of matched tensors, and the names of all others, ready for JSON
   */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source);
    facts.put("matched", matched.size());
    facts.put("replaced", replaced);
    facts.put("missing", missing);
    facts.put("leftOver", leftOver);
    return facts;
  }

  static String tensors(int count) {
    return count == 1 ? "1 tensor" : count + " tensors";
  }

  private static String some(List<String> names) {
    int shown = Math.min(3, names.size());
    return String.join(", ", names.subList(0, shown)) + (names.size() > shown ? ", ..." : "");
  }
}
