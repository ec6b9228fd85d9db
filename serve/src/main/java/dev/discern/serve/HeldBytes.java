package dev.discern.serve;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory that the bodies of all open requests take together. */
final class HeldBytes {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  HeldBytes(long most) {
    this.most = most;
  }

  /** Takes room for bytes, or returns false if there is too little. */
  boolean take(int bytes) {
    if (held.addAndGet(bytes) > most) {
      held.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void give(long bytes) {
    held.addAndGet(-bytes);
  }

  long now() {
    return held.get();
  }
}
