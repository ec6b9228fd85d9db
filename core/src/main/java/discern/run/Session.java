package discern.run;

import discern.config.OptimConfig;
import discern.config.RunConfig;
import discern.config.Spec;
import discern.config.WorkFailed;
import discern.data.Augmentation;
import discern.data.BatchLoader;
import discern.data.Datasets;
import discern.data.ImageSet;
import discern.data.Normalization;
import discern.data.Sampler;
import discern.data.Split;
import discern.head.HeadFactory;
import discern.head.HeadShape;
import discern.head.Methods;
import discern.model.Backbone;
import discern.model.Models;
import discern.optim.LrSchedule;
import discern.optim.Optimizer;
import discern.optim.Optimizers;
import discern.torch.Devices;
import discern.torch.ParameterStore;
import discern.torch.Precision;
import discern.torch.SafeTensors;
import discern.train.Checkpoint;
import discern.train.Evaluator;
import discern.train.Lesson;
import discern.train.Lessons;
import discern.train.Network;
import discern.train.Objective;
import discern.train.TrainListener;
import discern.train.Trainer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;

/**
 * The parts that a configuration and its data make: network, optimizer, loaders.
 *
 * @param config what was asked for
 * @param split the images
 * @param identity what the network is for
 * @param network backbone and head
 * @param optimizer of its parameters
 * @param objective labels to targets
 * @param training loader of the training images
 * @param checkpoint the run's checkpoints
 */
public record Session(
    RunConfig config,
    Split split,
    ModelIdentity identity,
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
    ModelIdentity identity =
        new ModelIdentity(
            config.model().name(),
            config.loss().spec(),
            split.shape(),
            split.classNames(),
            normalization);
    List<Long> counts =
        Arrays.stream(split.train().classCounts()).mapToObj(count -> (long) count).toList();
    Network network = network(config, identity, counts);
    BatchLoader training = loader(config, split, normalization, sampler(config, split));
    return new Session(
        config,
        split,
        identity,
        network,
        Optimizers.create(config.optim(), network.store().parameters(), network.store().ownRates()),
        ClassWeights.objective(config, split.train(), network.device()),
        training,
        new Checkpoint(run.resolve("checkpoints"), identity.toMetadata()));
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
    return loader(config, split, identity.normalization(), sampler);
  }

  private static Sampler sampler(RunConfig config, Split split) {
    return config.train().sampler().equals("class-balanced")
        ? Sampler.ClassBalanced.of(split.train(), config.train().batchSize())
        : new Sampler.Shuffled(split.train().size());
  }

  /**
   * Builds a network with its first weights.
   *
   * @param config model, loss, seed, precision and device
   * @param identity classes and image shape
   * @param classCounts training images of each class; empty for a network that will only predict
   * @return the network
   */
  public static Network network(RunConfig config, ModelIdentity identity, List<Long> classCounts) {
    Device device = Devices.of(config.train().device());
    ParameterStore store = new ParameterStore(config.train().seed(), device);
    Backbone backbone =
        Models.find(config.model().name()).factory().build(store, identity.shape().channels());
    HeadFactory method = Methods.CATALOGUE.create(Spec.parse(config.loss().spec()));
    HeadShape shape =
        new HeadShape(backbone.featureCount(), identity.classNames().size(), classCounts);
    return new Network(
        store,
        backbone,
        method.build(store, shape),
        method.task(),
        identity.shape(),
        device,
        Precision.choose(config.train().precision(), device));
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
    return BatchLoader.evaluation(
        images, identity.normalization(), EVALUATION_BATCH, config.data().workers());
  }

  /**
   * Measures the network.
   *
   * @return an evaluator with this session's class weights
   */
  public Evaluator evaluator() {
    return new Evaluator(network, objective);
  }

  /**
   * Refuses a checkpoint of another model, class list, image shape or loss.
   *
   * @param file the checkpoint
   */
  void requireSameIdentity(Path file) {
    ModelIdentity found = ModelIdentity.of(SafeTensors.readMetadata(file), file);
    requireSame(file, "model", found.model(), identity.model());
    requireSame(file, "loss", found.loss(), identity.loss());
    requireSame(file, "class list", found.classNames(), identity.classNames());
    requireSame(file, "image shape", found.shape(), identity.shape());
  }

  private static void requireSame(Path file, String what, Object found, Object mine) {
    if (!found.equals(mine)) {
      throw new WorkFailed(
          file
              + " was written with the "
              + what
              + " "
              + found
              + ", but now it is "
              + mine
              + ": restore what was changed, or start a new run.");
    }
  }
}
