package dev.discern.examples.training;

import dev.discern.api.Data;
import dev.discern.api.Run;
import dev.discern.api.Training;
import dev.discern.loss.CompetingRatioLoss;
import dev.discern.predict.Classifier;
import dev.discern.predict.Prediction;
import java.nio.file.Path;

/** The README's lines: a folder of images becomes a classifier. */
final class QuickStart {
  private QuickStart() {}

  static Prediction run(Data images, Path directory, Path image) {
    // For photographs: Data images = Data.folder(Path.of("photos"));
    Run run =
        Training.on(images).loss(new CompetingRatioLoss(1.5, 1)).epochs(5).seed(3).into(directory);
    System.out.println(run.result().test()); // the accuracy, its interval, the number of images

    try (Classifier classifier = Classifier.open(run.path())) {
      return classifier.classify(image);
    }
  }
}
