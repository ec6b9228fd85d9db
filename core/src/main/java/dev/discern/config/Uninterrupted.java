package dev.discern.config;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/**
 * Makes file access safe from interrupts. A channel closes when its thread is interrupted, so that
 * a thread asked to stop could no longer save its work.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /**
   * File access with a result.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  public interface Access<T> {
    /**
     * Reads or writes from the start; called again if an interrupt came in between.
     *
     * @return the result
     * @throws IOException if it fails
     */
    T run() throws IOException;
  }

  /**
   * Reads or writes with the calling thread's interrupt status held back. Afterwards the thread is
   * interrupted again if it was, before or meanwhile.
   *
   * @param access what to do; must be safe to repeat
   * @param <T> its result
   * @return its result
   * @throws IOException if it fails for another reason than an interrupt
   */
  public static <T> T call(Access<T> access) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try {
          return access.run();
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
