package dev.discern.run;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.config.Internal;
import dev.discern.config.OptimConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.Spec;
import dev.discern.data.BatchLoader;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.data.Normalization;
import dev.discern.data.Sampler;
import dev.discern.data.Split;
import dev.discern.head.HeadFactory;
import dev.discern.mix.BatchMix;
import dev.discern.mix.Mixes;
import dev.discern.optim.LrSchedule;
import dev.discern.optim.Optimizer;
import dev.discern.optim.Optimizers;
import dev.discern.pretrained.Loading;
import dev.discern.train.Checkpoint;
import dev.discern.train.Course;
import dev.discern.train.EvaluationListener;
import dev.discern.train.Evaluator;
import dev.discern.train.Feed;
import dev.discern.train.Lesson;
import dev.discern.train.Lessons;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import dev.discern.train.Objective;
import dev.discern.train.TrainListener;
import dev.discern.train.Trainer;
import dev.discern.train.Update;
import dev.discern.train.WeightAverage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The parts built from a configuration and its data: network, optimizer, loaders.
 *
 * @param config the configuration
 * @param method what trains the network
 * @param images the data
 * @param notes sentences for the user, on the data and on the weights to start from
 * @param loading what loading those weights did; empty if there are none, or a checkpoint replaces
 *     them
 * @param card the network's model card
 * @param network backbone and head
 * @param optimizer of its parameters
 * @param average of the network's weights, which is measured and kept in their place, if any
 * @param objective labels to targets
 * @param training loader of the training images
 * @param frozen features of images, where they replace the images
 * @param checkpoint the run's checkpoints
 */
@Internal
public record Session(
    RunConfig config,
    HeadFactory method,
    Images images,
    List<String> notes,
    Optional<Loading> loading,
    ModelCard card,
    Network network,
    Optimizer optimizer,
    Optional<WeightAverage> average,
    Objective objective,
    BatchLoader training,
    Optional<FrozenFeatures> frozen,
    Checkpoint checkpoint)
    implements AutoCloseable {
  /** Keeps an unmodifiable copy. */
  public Session {
    notes = List.copyOf(notes);
  }

  /**
   * Builds the parts.
   *
   * @param config the configuration
   * @param run the run's directory, for its checkpoints; need not exist yet
   * @return a session before its first step
   */
  public static Session build(RunConfig config, Path run) {
    return build(config, run, Supplied.NOTHING, LoadListener.NONE);
  }

  /**
   * Builds the parts.
   *
   * @param config the configuration
   * @param run the run's directory, for its checkpoints; need not exist yet
   * @param supplied what the configuration cannot hold
   * @param listener receives the progress of loading
   * @return a session before its first step
   * @throws dev.discern.config.InvalidConfig if a loss of the user's own is not supplied
   */
  public static Session build(
      RunConfig config, Path run, Supplied supplied, LoadListener listener) {
    supplied.losses().requireGiven(config.loss().spec(), "The configuration");
    HeadFactory method = supplied.losses().create(config.loss().spec());
    Images images = Images.load(config, listener);
    Split split = images.split();
    StartingWeights start = StartingWeights.of(config, run, listener);
    Optional<Normalization> known = start.normalizationOf(split.shape().channels());
    if (supplied.alike().isEmpty()) { // the run alike has looked at the same images
      List<ImageSet> heldOut = List.of(split.validation(), split.test());
      images.look(heldOut, listener);
      if (known.isPresent()) { // else their statistics are measured
        images.look(List.of(split.train()), listener);
      }
    }
    Normalization normalization = known.orElseGet(images::statistics);
    ModelCard card = Cards.of(config, split, normalization);
    MemoryCheck.requireFits(card, config.train());
    List<Long> counts =
        Arrays.stream(split.train().classCounts()).mapToObj(count -> (long) count).toList();
    Network created =
        Networks.create(
            card,
            method,
            config.train().seed(),
            counts,
            config.train().device(),
            config.train().precision());
    Freezing.apply(config.model().freeze(), created);
    Network network =
        RecordedPrecision.settled(created, card, config.train(), supplied.alike().orElse(run));
    List<String> notes = new ArrayList<>(split.notes());
    Optional<Loading> loading = start.load(network, card, config.model().partialWeights());
    notes.addAll(start.notes(loading));
    return new Session(
        config,
        method,
        images,
        notes,
        loading,
        card,
        network,
        Optimizers.create(config.optim(), network.backbone().architecture(), network.store()),
        average(config, network, card, method, counts),
        ClassWeights.objective(config, split.train(), network.device()),
        images.training(sampler(config, split)),
        Optional.empty(),
        new Checkpoint(run.resolve("checkpoints"), card.toMetadata()));
  }

  /**
   * Computes the features that a run of this configuration needs, so that they are at hand for
   * every such run.
   *
   * @param listener receives the progress
   * @param stop true ends the computation
   * @return the session, with features in place of images if they suffice
   * @throws java.util.concurrent.CancellationException if it was stopped
   */
  public Session warmed(LoadListener listener, BooleanSupplier stop) {
    List<ImageSet> parts = FrozenFeatures.needed(config, images);
    if (parts.isEmpty()) {
      return this;
    }
    FrozenFeatures features = features(parts, listener, stop);
    return FrozenFeatures.suffice(config, images) ? with(features) : this;
  }

  FrozenFeatures features(List<ImageSet> parts, LoadListener listener, BooleanSupplier stop) {
    return FrozenFeatures.of(parts, network, card, config.data().workers(), listener, stop);
  }

  /** The same parts, with features in place of images. */
  Session with(FrozenFeatures features) {
    return new Session(
        config,
        method,
        images,
        notes,
        loading,
        card,
        network,
        optimizer,
        average,
        objective,
        training,
        Optional.of(features),
        checkpoint);
  }

  private static Optional<WeightAverage> average(
      RunConfig config, Network network, ModelCard card, HeadFactory method, List<Long> counts) {
    double decay = config.optim().ema();
    return decay == 0
        ? Optional.empty()
        : Optional.of(
            new WeightAverage(network, Networks.copy(network, card, method, counts), decay));
  }

  /**
   * The network that is measured, and of which {@code best} and the final weights are.
   *
   * @return the network that trains, or the one with its averaged weights
   */
  public Network measured() {
    return average.map(WeightAverage::network).orElse(network);
  }

  /**
   * The parts of the data.
   *
   * @return training, validation and test images
   */
  public Split split() {
    return images.split();
  }

  /**
   * The optimizer's steps per epoch, each of one batch or several.
   *
   * @return at least 1
   */
  public int stepsPerEpoch() {
    return Course.stepsPerEpoch(training, config.optim().accumulate());
  }

  private static Sampler sampler(RunConfig config, Split split) {
    return config.train().sampler().equals("class-balanced")
        ? Sampler.ClassBalanced.of(split.train(), config.train().batchSize())
        : new Sampler.Shuffled(split.train().size());
  }

  /**
   * The training loop over these parts.
   *
   * @param lessons the lesson of each epoch
   * @param listener receives the events of training
   * @return a trainer, to be used once
   */
  public Trainer trainer(Lessons lessons, TrainListener listener) {
    Course course =
        new Course(
            lessons, config.train(), config.optim().accumulate(), stepsPerEpoch(), schedule());
    return new Trainer(
        update(),
        average,
        course,
        stop ->
            evaluator().evaluate(evaluation(split().validation()), EvaluationListener.NONE, stop),
        checkpoint,
        listener);
  }

  // With soft targets the gradient is not a multiple of cross-entropy's: there is no gain.
  private Update update() {
    Optional<BatchMix> mix = Mixes.of(config.train().mix().stream().map(Spec::parse).toList());
    boolean soft = config.loss().labelSmoothing() > 0 || mix.isPresent();
    return new Update(
        network,
        optimizer,
        new Update.Rules(
            config.optim().clipNorm(),
            config.optim().accumulate(),
            config.model().hasFrozenNorms(),
            config.train().seed()),
        mix,
        soft ? Optional.empty() : method.curve());
  }

  /**
   * All classes, every epoch.
   *
   * @return the lesson
   */
  public Lesson allClasses() {
    List<Integer> classes = IntStream.range(0, split().classNames().size()).boxed().toList();
    return new Lesson(feed(split().train(), training), network.head(), objective, classes);
  }

  private LrSchedule schedule() {
    OptimConfig optim = config.optim();
    return LrSchedule.of(optim, stepsPerEpoch(), config.train().epochs());
  }

  /**
   * Every image of a part once, in order.
   *
   * @param part the images
   * @return its batches
   */
  public Feed evaluation(ImageSet part) {
    return feed(part, loader(part, card, config.data().workers()));
  }

  /** Batches of a part, as images or as features. */
  Feed feed(ImageSet part, BatchLoader batches) {
    return frozen
        .flatMap(features -> Optional.ofNullable(features.tables().get(part)))
        .map(table -> Feed.ofFeatures(batches, table))
        .orElseGet(() -> Feed.ofImages(batches));
  }

  /** A loader that gives every image once, in order, as a model takes them. */
  static BatchLoader loader(ImageSet part, ModelCard card, int workers) {
    Preprocessing preprocessing = card.preprocessing();
    return BatchLoader.evaluation(
        part, preprocessing.view(), Images.evaluationBatch(preprocessing.shape()), workers);
  }

  /**
   * Measures the network.
   *
   * @return an evaluator with this session's class weights
   */
  public Evaluator evaluator() {
    return new Evaluator(measured(), objective).withTestFlip(card.preprocessing().testFlip());
  }

  /**
   * Frees the tensors of the network, its average, the optimizer and the features, which otherwise
   * wait for the garbage collector. The session and what was made from it are then unusable.
   */
  @Override
  public void close() {
    network.close();
    optimizer.state().values().forEach(Tensor::close);
    average.ifPresent(each -> each.network().close());
    frozen.ifPresent(FrozenFeatures::close);
    if (objective.classWeights() != null) {
      objective.classWeights().close();
    }
  }
}
