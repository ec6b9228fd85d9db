package dev.discern.pretrained;

import dev.discern.backbone.Backbone;
import dev.discern.config.Spec;
import dev.discern.head.HeadShape;
import dev.discern.head.Methods;
import dev.discern.layer.Architecture;
import dev.discern.model.Models;
import dev.discern.torch.ParameterStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** A network that receives weights. */
record SmallNetwork(Architecture architecture, ParameterStore store, Target target) {
  static final List<String> CLASSES = List.of("cat", "dog");

  static SmallNetwork of(String model, long seed, int channels, String method) {
    return of(model, seed, channels, method, CLASSES);
  }

  static SmallNetwork of(
      String model, long seed, int channels, String method, List<String> classes) {
    ParameterStore store = new ParameterStore(seed, new Device("cpu"));
    Architecture architecture = Models.CATALOGUE.create(Spec.parse(model)).build(channels);
    new Backbone(architecture, store);
    Methods.CATALOGUE
        .create(Spec.parse(method))
        .build(store, new HeadShape(architecture.featureCount(), classes.size(), List.of()));
    return new SmallNetwork(
        architecture, store, new Target(model, architecture, store, classes, method));
  }

  Map<String, Tensor> state() {
    return store.state();
  }

  /** The state under the names of timm, with its step counters. */
  Map<String, Tensor> timms(Tensor counter) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state()
        .forEach(
            (name, tensor) -> {
              state.put(name.replaceFirst("^fc\\.", architecture.classifier() + "."), tensor);
              if (name.endsWith("running_var")) {
                state.put(name.replace("running_var", "num_batches_tracked"), counter);
              }
            });
    return state;
  }
}
