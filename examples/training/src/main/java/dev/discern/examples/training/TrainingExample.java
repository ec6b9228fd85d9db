package dev.discern.examples.training;

import dev.discern.api.Cancellation;
import dev.discern.api.Data;
import dev.discern.api.Result;
import dev.discern.api.Run;
import dev.discern.api.Training;
import dev.discern.loss.CompetingRatioLoss;
import dev.discern.predict.Classifier;
import dev.discern.predict.Prediction;
import dev.discern.run.RunListener;
import dev.discern.train.EpochResult;
import java.nio.file.Path;

/**
 * Trains a classifier, follows it, stops it on Ctrl-C, resumes it, and classifies an image.
 *
 * <p>Arguments: a folder for the run, an image, and optionally a folder of images with one
 * subfolder per class; without it, the built-in digits.
 */
public final class TrainingExample {
  private TrainingExample() {}

  /**
   * Runs the example.
   *
   * @param args the run's directory, an image to classify, and optionally a folder of images
   */
  public static void main(String... args) {
    Path directory = Path.of(args[0]);
    Data data = args.length > 2 ? Data.folder(Path.of(args[2])) : Data.named("digits");
    Run run = train(data, directory);
    if (!run.finished()) {
      run = Training.resume(directory).run();
    }
    describe(run.result());
    classify(run, Path.of(args[1]));
  }

  private static Run train(Data data, Path directory) {
    Cancellation cancellation = new Cancellation();
    Thread onInterrupt = new Thread(cancellation::cancel);
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      return Training.on(data)
          .loss(new CompetingRatioLoss(1.5, 1))
          .epochs(5)
          .seed(3)
          .listener(new Progress())
          .cancelledBy(cancellation)
          .into(directory);
    } finally {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    }
  }

  private static final class Progress implements RunListener {
    @Override
    public void onEpoch(EpochResult epoch) {
      System.out.printf(
          "Epoch %d: validation %.1f %%%n", epoch.epoch(), 100 * epoch.validation().score());
    }

    @Override
    public void onNote(String sentence) {
      System.out.println(sentence);
    }
  }

  private static void describe(Result result) {
    System.out.printf(
        "Test accuracy %.1f %% on %d images, best epoch %d.%n",
        100 * result.test().value(), result.test().images(), result.bestEpoch());
    result
        .classes()
        .forEach(each -> System.out.println(each.name() + ": " + each.recall().orElse(0)));
  }

  private static void classify(Run run, Path image) {
    try (Classifier classifier = Classifier.open(run.path())) {
      Prediction prediction = classifier.classify(image);
      System.out.println(image.getFileName() + " is " + prediction.classes().get(0).name());
    }
  }
}
