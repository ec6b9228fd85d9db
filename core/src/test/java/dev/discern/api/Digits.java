package dev.discern.api;

import java.nio.file.Files;
import java.nio.file.Path;

/** Small requests on the built-in digits, for the tests of this package. */
final class Digits {
  static final int STEPS = 8;

  private Digits() {}

  static Training training() {
    return Training.on(Data.named("digits"))
        .set("data.limitTrain", 128)
        .batchSize(128 / STEPS)
        .epochs(2)
        .seed(3);
  }

  static byte[] weights(Run run) throws Exception {
    return Files.readAllBytes(run.path().resolve("weights.safetensors"));
  }

  static String text(Path file) throws Exception {
    return Files.readString(file);
  }
}
