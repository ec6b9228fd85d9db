package dev.discern.run;

import dev.discern.card.ModelCard;
import dev.discern.config.OptimConfig;
import dev.discern.config.RunConfig;
import dev.discern.data.Augmentation;
import dev.discern.data.BatchLoader;
import dev.discern.data.Datasets;
import dev.discern.data.ImageSet;
import dev.discern.data.Normalization;
import dev.discern.data.Sampler;
import dev.discern.data.Split;
import dev.discern.optim.LrSchedule;
import dev.discern.optim.Optimizer;
import dev.discern.optim.Optimizers;
import dev.discern.train.Checkpoint;
import dev.discern.train.Evaluator;
import dev.discern.train.Lesson;
import dev.discern.train.Lessons;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import dev.discern.train.Objective;
import dev.discern.train.TrainListener;
import dev.discern.train.Trainer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parts that a configuration and its data make: network, optimizer, loaders.
 *
 * @param config what was asked for
 * @param split the images
 * @param card what the network is for
 * @param network backbone and head
 * @param optimizer of its parameters
 * @param objective labels to targets
 * @param training loader of the training images
 * @param checkpoint the run's checkpoints
 */
public record Session(
    RunConfig config,
    Split split,
    ModelCard card,
    Network network,
    Optimizer optimizer,
    Objective objective,
    BatchLoader training,
    Checkpoint checkpoint) {
  private static final int EVALUATION_BATCH = 256;

  /**
   * Builds the parts.
   *
   * @param config what is asked for
   * @param run the run's directory, for its checkpoints; need not exist yet
   * @return a session before its first step
   */
  public static Session build(RunConfig config, Path run) {
    Split split = Datasets.load(config.data());
    Normalization normalization = Normalization.of(split.train());
    ModelCard card = Cards.of(config, split, normalization);
    List<Long> counts =
        Arrays.stream(split.train().classCounts()).mapToObj(count -> (long) count).toList();
    Network network =
        Networks.create(
            card,
            config.train().seed(),
            counts,
            config.train().device(),
            config.train().precision());
    BatchLoader training = loader(config, split, normalization, sampler(config, split));
    return new Session(
        config,
        split,
        card,
        network,
        Optimizers.create(config.optim(), network.store().parameters(), network.store().ownRates()),
        ClassWeights.objective(config, split.train(), network.device()),
        training,
        new Checkpoint(run.resolve("checkpoints"), card.toMetadata()));
  }

  private static BatchLoader loader(
      RunConfig config, Split split, Normalization normalization, Sampler sampler) {
    return BatchLoader.training(
        split.train(),
        sampler,
        normalization,
        Augmentation.of(config.data()),
        config.train().batchSize(),
        config.train().seed(),
        config.data().workers());
  }

  /**
   * A loader of training images in another order.
   *
   * @param sampler which images, in which order
   * @return the loader, augmented like {@link #training}
   */
  BatchLoader loader(Sampler sampler) {
    return loader(config, split, card.preprocessing().normalization(), sampler);
  }

  private static Sampler sampler(RunConfig config, Split split) {
    return config.train().sampler().equals("class-balanced")
        ? Sampler.ClassBalanced.of(split.train(), config.train().batchSize())
        : new Sampler.Shuffled(split.train().size());
  }

  /**
   * The training loop over these parts.
   *
   * @param lessons what is taught when
   * @param listener told what happens
   * @return a trainer, to be used once
   */
  public Trainer trainer(Lessons lessons, TrainListener listener) {
    return new Trainer(
        network,
        optimizer,
        schedule(),
        objective,
        lessons,
        training.stepsPerEpoch(),
        evaluation(split.validation()),
        checkpoint,
        config,
        listener);
  }

  /**
   * All classes, every epoch.
   *
   * @return the lesson
   */
  public Lesson allClasses() {
    List<Integer> classes = IntStream.range(0, split.classNames().size()).boxed().toList();
    return new Lesson(training, network.head(), objective, classes);
  }

  private LrSchedule schedule() {
    OptimConfig optim = config.optim();
    return LrSchedule.of(optim, training.stepsPerEpoch(), config.train().epochs());
  }

  /**
   * A loader that gives every image once, in order.
   *
   * @param images which
   * @return the loader
   */
  public BatchLoader evaluation(ImageSet images) {
    return evaluation(images, card, config.data().workers());
  }

  /** A loader that gives every image once, in order, as a model takes them. */
  static BatchLoader evaluation(ImageSet images, ModelCard card, int workers) {
    return BatchLoader.evaluation(
        images, card.preprocessing().normalization(), EVALUATION_BATCH, workers);
  }

  /**
   * Measures the network.
   *
   * @return an evaluator with this session's class weights
   */
  public Evaluator evaluator() {
    return new Evaluator(network, objective);
  }
}
