package dev.discern.serve;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/**
 * Runs something when the process is asked to end, while it still works. A shutdown hook would be
 * too late: hooks run side by side, and the one of ONNX Runtime releases what batches need.
 */
final class EndSignals {
  private static final int INTERRUPTED = 130;

  private EndSignals() {}

  /**
   * Handles the interrupt of a terminal and the request to end.
   *
   * @param action runs at the first signal, on its own thread; at the second one, the process ends
   *     at once
   */
  static void handle(Runnable action) {
    AtomicBoolean asked = new AtomicBoolean();
    for (String name : new String[] {"INT", "TERM"}) {
      Signals.register(
          name,
          () -> {
            if (asked.compareAndSet(false, true)) {
              action.run();
            } else {
              Runtime.getRuntime().halt(INTERRUPTED);
            }
          });
    }
  }
}
