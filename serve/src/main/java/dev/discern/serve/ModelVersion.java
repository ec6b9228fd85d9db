package dev.discern.serve;

import dev.discern.runtime.Classifier;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that is closed when its slot has another one and nothing uses it any longer. */
final class ModelVersion {
  private final Classifier classifier;
  // One use is the slot's own.
  private final AtomicInteger uses = new AtomicInteger(1);

  ModelVersion(Classifier classifier) {
    this.classifier = classifier;
  }

  Classifier classifier() {
    return classifier;
  }

  /** Keeps the model open until {@link #release}; false if it is closed already. */
  boolean retain() {
    return uses.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  void release() {
    if (uses.decrementAndGet() == 0) {
      classifier.close();
    }
  }
}
