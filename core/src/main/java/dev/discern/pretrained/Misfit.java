package dev.discern.pretrained;

import dev.discern.config.Spec;
import java.util.ArrayList;
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
    List<String> parts = new ArrayList<>();
    int missing = loading.missing().size();
    if (loading.matched().isEmpty()) {
      parts.add("none of the network's " + Loading.tensors(missing) + " is in it in that shape");
    } else if (missing > 0) {
      parts.add(
          counted(loading.missing(), "of the network") + " not in it, or not in the right shape");
    }
    if (!loading.leftOver().isEmpty()) {
      parts.add(counted(loading.leftOver(), "in it") + " not in the network");
    }
    return String.join(", and ", parts);
  }

  private static String counted(List<String> names, String where) {
    return names.size() == 1
        ? "the tensor " + names.get(0) + " " + where + " is"
        : names.size() + " tensors " + where + ", such as " + names.get(0) + ", are";
  }

  private static String wayOut(String model, Pretrained weights, List<Fit> fits) {
    if (weights.architecture().isPresent() && !weights.architecture().get().equals(model)) {
      return "it is " + weights.architecture().get() + ", so set model.name to that";
    }
    List<String> whole = Fit.whole(fits);
    if (!whole.isEmpty()) {
      return "it is "
          + String.join(" or ", whole)
          + ", so set model.name to "
          + (whole.size() == 1 ? "that" : "one of them");
    }
    return Fit.nearest(fits)
        .map(Fit::architecture)
        .filter(nearest -> !nearest.equals(Spec.parse(model).name()))
        .map(nearest -> "it looks like " + nearest + ", so set model.name to that")
        .orElse("choose other weights or another model.name");
  }
}
