package dev.discern.run;

import dev.discern.config.RunConfig;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.data.Photographs;
import dev.discern.data.Split;
import dev.discern.data.Subset;
import dev.discern.layer.Architecture;
import dev.discern.train.EvaluationListener;
import dev.discern.train.Feed;
import dev.discern.train.TrainListener;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the parts of a run take on this machine, measured on a few batches.
 *
 * @param architecture of the backbone
 * @param split the data
 * @param setUpSeconds opening the data and the network
 * @param stepSeconds a training step
 * @param stepsPerEpoch steps of an epoch
 * @param imageSeconds decoding an image and running it through the network without gradients
 */
record Rehearsal(
    Architecture architecture,
    Split split,
    double setUpSeconds,
    double stepSeconds,
    int stepsPerEpoch,
    double imageSeconds) {
  private static final int STEPS = 4;
  private static final int IMAGES = 48;
  // The head, checkpoints, the report and what else does not grow with the images.
  private static final double ENDING_SECONDS = 6;
  private static final double CHECKPOINT_SECONDS = 0.5;
  // The test images with the last and the best weights.
  private static final int TEST_PASSES = 2;
  private static final double HEAD_STEP_SECONDS = 0.001;

  /** Builds the run without writing anything, and measures it; its weights are dropped. */
  static Rehearsal of(RunConfig config, Path out, LoadListener listener) {
    long startNanos = System.nanoTime();
    try (Session session = Session.build(config, out, Supplied.NOTHING, listener)) {
      double setUp = since(startNanos);
      double step =
          session.trainer(epoch -> session.allClasses(), new TrainListener() {}).rehearse(STEPS);
      return new Rehearsal(
          session.network().backbone().architecture(),
          session.split(),
          setUp,
          step,
          session.stepsPerEpoch(),
          imageSeconds(session));
    }
  }

  private static double imageSeconds(Session session) {
    ImageSet train = session.split().train();
    int count = Math.min(IMAGES, train.size());
    ImageSet few = Subset.of(train, IntStream.range(0, count).toArray());
    Feed feed = session.evaluation(few);
    var unused = session.evaluator().evaluate(feed, EvaluationListener.NONE);
    long startNanos = System.nanoTime();
    unused = session.evaluator().evaluate(feed, EvaluationListener.NONE);
    return since(startNanos) / count;
  }

  private static double since(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  Optional<Photographs.Amount> amount() {
    return Optional.of(new Photographs.Amount(split.train().size(), split.classNames().size()));
  }

  /** Seconds of a run that trains the head alone on features. */
  double frozen() {
    int images = split.train().size() + split.validation().size() + split.test().size();
    return setUpSeconds + images * imageSeconds + head(30) + ENDING_SECONDS;
  }

  /**
   * Seconds of a run that trains the network.
   *
   * @param epochs of the network
   * @param scale of the images' area, against the rehearsed
   * @param headEpochs of the head before that
   */
  double tuned(int epochs, double scale, int headEpochs) {
    double image = imageSeconds * scale;
    double features =
        headEpochs == 0 ? 0 : (split.train().size() + split.validation().size()) * image;
    double epoch =
        stepsPerEpoch * stepSeconds * scale
            + split.validation().size() * image
            + CHECKPOINT_SECONDS;
    return setUpSeconds
        + features
        + head(headEpochs)
        + epochs * epoch
        + TEST_PASSES * split.test().size() * image
        + ENDING_SECONDS;
  }

  private double head(int epochs) {
    return epochs * stepsPerEpoch * HEAD_STEP_SECONDS;
  }
}
