package dev.discern.serve;

import java.util.concurrent.atomic.AtomicInteger;

/** A model that is closed when its slot has another one and nothing uses it any longer. */
final class ModelVersion {
  private final ServedModel model;
  // One use is the slot's own.
  private final AtomicInteger uses = new AtomicInteger(1);

  ModelVersion(ServedModel model) {
    this.model = model;
  }

  ServedModel model() {
    return model;
  }

  /** Keeps the model open until {@link #release}; false if it is closed already. */
  boolean retain() {
    return uses.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  void release() {
    if (uses.decrementAndGet() == 0) {
      model.close();
    }
  }
}
