package dev.discern.runtime;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ONNX Runtime's environment, of which a process has one.
 *
 * <p>Creating it with version 1.29 needs stack in proportion to the length of the process's command
 * line: 1.5 MB for 4,096 bytes, more than 16 MB for 100,000. Java's threads have 1 MB by default,
 * and too little is a segmentation fault. So it is created on a thread of its own.
 */
public final class OnnxEnvironment {
  private static final long STACK_BYTES = 16L << 20;
  private static final long STACK_PER_BYTE = 512;

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
      long stack = STACK_BYTES + STACK_PER_BYTE * commandLineBytes();
      Thread thread = new Thread(null, OrtEnvironment::getEnvironment, "discern-onnx", stack);
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

    // Only Linux has this file, and only there was the fault seen.
    private static long commandLineBytes() {
      try {
        return Files.readAllBytes(Path.of("/proc/self/cmdline")).length;
      } catch (IOException e) {
        return 0;
      }
    }
  }
}
