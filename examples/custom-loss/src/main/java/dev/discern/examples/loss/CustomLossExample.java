package dev.discern.examples.loss;

import dev.discern.api.Comparison;
import dev.discern.api.ComparisonResult;
import dev.discern.api.Data;
import dev.discern.api.Run;
import dev.discern.api.Training;
import dev.discern.loss.Loss;
import dev.discern.predict.Classifier;
import java.nio.file.Path;

/** Trains with a loss that Discern does not know, resumes, and asks whether the loss helps. */
public final class CustomLossExample {
  private CustomLossExample() {}

  /**
   * Runs the example.
   *
   * @param args a new folder
   */
  public static void main(String... args) {
    Path folder = Path.of(args[0]);
    Run run = train(folder.resolve("run"));
    System.out.println(run.result().method() + ": " + run.result().test().value());
    try (Classifier classifier = Classifier.open(run.path())) {
      System.out.println("Its classes: " + classifier.card().classNames());
    }
    compare(folder.resolve("comparison"));
  }

  private static Run train(Path directory) {
    Loss mine = new FloodedCrossEntropy(0.05);
    Run run = Training.on(Data.named("digits")).loss(mine).epochs(3).into(directory);
    // A run that was stopped resumes with the same loss, which it knows by name only.
    return run.finished() ? run : Training.resume(directory).loss(mine).run();
  }

  private static void compare(Path folder) {
    ComparisonResult result =
        Comparison.on(Data.named("digits"))
            .loss("ce")
            .loss(new FloodedCrossEntropy(0.05))
            .epochs(2)
            .seeds(2)
            .into(folder);
    System.out.println(result.verdict().orElse("Stopped: the same call resumes it."));
    result.differences().forEach(difference -> System.out.println(difference.sentence()));
  }
}
