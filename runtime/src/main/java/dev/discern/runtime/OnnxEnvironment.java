package dev.discern.runtime;

import ai.onnxruntime.OrtEnvironment;

/**
 * ONNX Runtime's environment, of which a process has one.
 *
 * <p>Creating it with version 1.29 may need more than 1.5 MB of stack, and Java's threads have 1 MB
 * by default: without a thread of its own, the process could end in a segmentation fault.
 */
public final class OnnxEnvironment {
  private static final long STACK_BYTES = 16L << 20;

  private OnnxEnvironment() {}

  /**
   * The environment, created by the first call.
   *
   * @return the process's only one, which lives until the process ends
   */
  public static OrtEnvironment get() {
    return Holder.ENVIRONMENT;
  }

  private static final class Holder {
    static final OrtEnvironment ENVIRONMENT = created();

    private Holder() {}

    private static OrtEnvironment created() {
      Thread thread = new Thread(null, OrtEnvironment::getEnvironment, "discern-onnx", STACK_BYTES);
      // A failure shows again below, on the calling thread.
      thread.setUncaughtExceptionHandler((failed, failure) -> {});
      thread.start();
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return OrtEnvironment.getEnvironment();
    }
  }
}
