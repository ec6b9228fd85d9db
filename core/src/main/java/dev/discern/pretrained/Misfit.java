package dev.discern.pretrained;

import dev.discern.config.Spec;
import java.util.List;

/** Says why weights are refused, and what to do. */
final class Misfit {
  private Misfit() {}

  /**
   * One sentence.
   *
   * @param loading what loading would do
   * @param weights the weights
   * @param model the spec of the network
   * @param fits the weights against the catalog
   */
  static String sentence(Loading loading, Pretrained weights, String model, List<Fit> fits) {
    String name = Spec.parse(model).name();
    return weights.source()
        + " does not fit "
        + name
        + " ("
        + difference(loading)
        + "): "
        + wayOut(model, weights, fits)
        + (loading.matched().isEmpty() ? "." : ", or set model.partialWeights to load what fits.");
  }

  private static String difference(Loading loading) {
    int missing = loading.missing().size();
    int wanted = loading.matched().size() + missing;
    StringBuilder text = new StringBuilder();
    if (missing > 0) {
      text.append(missing)
          .append(" of the network's ")
          .append(Loading.tensors(wanted))
          .append(", such as ")
          .append(loading.missing().get(0))
          .append(", ")
          .append(missing == 1 ? "is" : "are")
          .append(" not in it in the right shape");
    }
    if (!loading.leftOver().isEmpty()) {
      text.append(missing > 0 ? ", and " : "")
          .append(Loading.tensors(loading.leftOver().size()))
          .append(" in it, such as ")
          .append(loading.leftOver().get(0))
          .append(", ")
          .append(loading.leftOver().size() == 1 ? "is" : "are")
          .append(" not in the network");
    }
    return text.toString();
  }

  private static String wayOut(String model, Pretrained weights, List<Fit> fits) {
    if (weights.architecture().isPresent() && !weights.architecture().get().equals(model)) {
      return "it is " + setTo(weights.architecture().get());
    }
    List<String> whole = Fit.whole(fits);
    if (!whole.isEmpty()) {
      return "it is " + setTo(String.join(" or ", whole));
    }
    return Fit.nearest(fits)
        .map(Fit::architecture)
        .filter(nearest -> !nearest.equals(Spec.parse(model).name()))
        .map(nearest -> "it looks like " + setTo(nearest))
        .orElse("choose other weights or another model.name");
  }

  private static String setTo(String models) {
    return models + ", so set model.name to that";
  }
}
