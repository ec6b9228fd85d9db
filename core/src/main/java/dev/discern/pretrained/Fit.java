package dev.discern.pretrained;

import dev.discern.config.MethodSpec;
import dev.discern.layer.Architecture;
import dev.discern.layer.TensorSpec;
import dev.discern.model.ModelFactory;
import dev.discern.model.Models;
import dev.discern.torch.TensorInfo;
import dev.discern.weights.Listing;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well the tensors of a file fit an architecture of the catalog with its default parameters.
 * The classifier is left out of account: training replaces it.
 *
 * @param architecture its name
 * @param matched the number of its tensors that the file has in their shape
 * @param missing the number of its other tensors
 * @param leftOver the number of the file's other tensors
 */
public record Fit(String architecture, int matched, int missing, int leftOver) {
  private static final int CHANNELS = 3;
  private static final double SIMILAR = 0.5;

  /**
   * Compares a file with the catalog.
   *
   * @param listing the tensors of the file
   * @return the fit of every architecture, the best first, in the order of the catalog otherwise
   */
  public static List<Fit> all(Listing listing) {
    return Models.CATALOGUE.all().stream()
        .map(model -> of(listing, model))
        .sorted(Comparator.comparingDouble(Fit::similarity).reversed())
        .toList();
  }

  /**
   * The architectures that a file fits.
   *
   * @param fits of {@link #all}
   * @return their names; several where architectures differ in other ways than their tensors
   */
  public static List<String> whole(List<Fit> fits) {
    return fits.stream().filter(Fit::isWhole).map(Fit::architecture).toList();
  }

  /**
   * The architecture that a file resembles most.
   *
   * @param fits of {@link #all}
   * @return its fit; empty if less than half of the tensors are alike
   */
  public static Optional<Fit> nearest(List<Fit> fits) {
    return fits.stream().limit(1).filter(fit -> fit.similarity() >= SIMILAR).findFirst();
  }

  private static Fit of(Listing listing, MethodSpec<ModelFactory> model) {
    Architecture architecture = model.create(Map.of()).build(CHANNELS);
    Map<String, List<Long>> shapes = new HashMap<>();
    for (TensorInfo tensor : listing.tensors()) {
      String name = StateNames.in(architecture, tensor.name());
      if (!StateNames.isOther(name) && !StateNames.isClassifier(name)) {
        shapes.put(name, tensor.shape());
      }
    }
    List<TensorSpec> wanted = architecture.tensors();
    int matched = (int) wanted.stream().filter(t -> t.shape().equals(shapes.get(t.name()))).count();
    return new Fit(
        model.name(), matched, wanted.size() - matched, Math.max(0, shapes.size() - matched));
  }

  /**
   * Whether the file has exactly the tensors of the architecture.
   *
   * @return true if nothing is missing or left over
   */
  public boolean isWhole() {
    return missing == 0 && leftOver == 0;
  }

  /**
   * The share of the tensors of either that both have.
   *
   * @return in [0, 1]; 1 for a whole fit
   */
  public double similarity() {
    return (double) matched / (matched + missing + leftOver);
  }
}
