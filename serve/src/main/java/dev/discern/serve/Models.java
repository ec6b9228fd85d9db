package dev.discern.serve;

import dev.discern.failure.InvalidRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All models of a server, by name. Looks at their files regularly. */
final class Models implements AutoCloseable {
  private final Map<String, ModelSlot> slots = new LinkedHashMap<>();
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(Daemons.named("discern-reload"));

  private Models() {}

  /**
   * Opens models.
   *
   * @param lookMillis the interval between looks at their files
   * @throws InvalidRequest if there is none, or two have one name
   */
  static Models open(List<ModelSource> sources, Opener opener, Notices notices, long lookMillis) {
    if (sources.isEmpty()) {
      throw new InvalidRequest("There is no model to serve: name a file or a run.");
    }
    Models models = new Models();
    try {
      for (ModelSource source : sources) {
        models.add(source, opener, notices);
      }
    } catch (RuntimeException e) {
      models.close();
      throw e;
    }
    var unused =
        models.looker.scheduleWithFixedDelay(
            () -> models.slots.values().forEach(ModelSlot::look),
            lookMillis,
            lookMillis,
            TimeUnit.MILLISECONDS);
    return models;
  }

  private void add(ModelSource source, Opener opener, Notices notices) {
    if (slots.containsKey(source.name())) {
      throw new InvalidRequest(
          "Two models have the name " + source.name() + ": name one of them with NAME=PATH.");
    }
    slots.put(source.name(), new ModelSlot(source, opener, notices));
  }

  Collection<ModelSlot> all() {
    return slots.values();
  }

  /**
   * A model.
   *
   * @throws HttpFailure with 404 if there is none of this name
   */
  ModelSlot named(String name) {
    ModelSlot found = slots.get(name);
    if (found == null) {
      throw new HttpFailure(
          404,
          "There is no model "
              + name
              + ": the models are "
              + String.join(", ", slots.keySet())
              + ".");
    }
    return found;
  }

  @Override
  public void close() {
    looker.shutdown();
    slots.values().forEach(ModelSlot::close);
  }
}
