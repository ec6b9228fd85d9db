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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well the tensors of a file fit the architectures of the catalog, each with its default
 * parameters.
 *
 * @param shares by name, the share of the architecture's tensors that the file has in their shape
 */
public record Fit(Map<String, Double> shares) {
  private static final int CHANNELS = 3;
  private static final double SIMILAR = 0.5;

  /**
   * Compares a file with the catalog.
   *
   * @param listing the tensors of the file
   * @return the fit of every architecture, in the order of the catalog
   */
  public static Fit of(Listing listing) {
    Map<String, List<Long>> shapes = new HashMap<>();
    for (TensorInfo tensor : listing.tensors()) {
      shapes.put(StateNames.own(tensor.name()), tensor.shape());
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    for (MethodSpec<ModelFactory> model : Models.CATALOGUE.all()) {
      Architecture architecture = model.create(Map.of()).build(CHANNELS);
      shares.put(model.name(), share(architecture.tensors(), shapes));
    }
    return new Fit(shares);
  }

  private static double share(List<TensorSpec> wanted, Map<String, List<Long>> shapes) {
    long found = wanted.stream().filter(t -> t.shape().equals(shapes.get(t.name()))).count();
    return (double) found / wanted.size();
  }

  /**
   * The architectures whose every tensor the file has.
   *
   * @return their names, in the order of the catalog
   */
  public List<String> complete() {
    return shares.entrySet().stream().filter(e -> e.getValue() == 1).map(e -> e.getKey()).toList();
  }

  /**
   * The architecture that the file resembles most.
   *
   * @return its name; empty if the file has less than half of the tensors of any
   */
  public Optional<String> nearest() {
    return shares.entrySet().stream()
        .filter(e -> e.getValue() >= SIMILAR)
        .max(Comparator.comparingDouble(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }
}
