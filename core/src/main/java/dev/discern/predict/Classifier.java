package dev.discern.predict;

import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.config.Check;
import dev.discern.config.TrainConfig;
import dev.discern.config.WorkFailed;
import dev.discern.predict.Prediction.ClassProbability;
import dev.discern.torch.Devices;
import dev.discern.torch.Threads;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import dev.discern.view.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Classifies images with trained weights. Needs neither the run's configuration nor its data.
 *
 * <p>Safe for use by several threads: images are decoded in parallel, and passes through the
 * network run one after another, each with all of the engine's threads. Close it to free the
 * network's native memory at once; afterwards it refuses to classify.
 */
public final class Classifier implements AutoCloseable {
  // Pixels per batch: enough for the engine to reach its full speed, while activations stay small.
  private static final int BATCH_PIXELS = 64 * 64 * 64;
  private static final int LARGEST_BATCH = 64;
  private static final int BATCHES_PER_TURN = 16;

  private final ModelFile model;
  private final Network network;
  private final View view;
  private final Answers answers;
  private final Object engine = new Object();
  private boolean closed;

  private Classifier(ModelFile model, Network network) {
    this.model = model;
    this.network = network;
    this.view = model.card().preprocessing().view();
    this.answers = new Answers(network, model.card());
  }

  /**
   * Opens the best weights of a run, on the fastest available device.
   *
   * @param path a run's folder, complete or not, or a weights file or checkpoint
   * @return a classifier, for the caller to close
   * @throws dev.discern.config.InvalidConfig if nothing is there, or it is not a run
   * @throws WorkFailed if there are no weights yet, or they are damaged
   */
  public static Classifier open(Path path) {
    return open(path, ModelFile.BEST, "auto", "auto");
  }

  /**
   * Opens weights.
   *
   * @param path a run's folder, complete or not, or a weights file or checkpoint
   * @param checkpoint {@code best} or {@code last}; where a run lacks it, others are used as {@link
   *     ModelFile#find} says, and {@link #model} names what was opened
   * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}, whatever the network
   *     was trained on
   * @param precision {@code auto}, {@code fp32} or {@code bf16}
   * @return a classifier, for the caller to close
   * @throws dev.discern.config.InvalidConfig if nothing is there, it is not a run, or a name is
   *     unknown
   * @throws WorkFailed if there are no weights yet, they are damaged, or this machine has no such
   *     device
   */
  public static Classifier open(Path path, String checkpoint, String device, String precision) {
    Check.oneOf(checkpoint, "The checkpoint", List.of(ModelFile.BEST, ModelFile.LAST));
    Check.oneOf(precision, "The precision", TrainConfig.PRECISIONS);
    Devices.requireName(device);
    ModelFile model = ModelFile.find(path, checkpoint);
    return new Classifier(model, Networks.openFolded(model, device, precision));
  }

  /**
   * The model that was opened.
   *
   * @return the file, its card, and a note if another file was requested
   */
  public ModelFile model() {
    return model;
  }

  /**
   * The network's model card.
   *
   * @return its classes, task, preprocessing and provenance
   */
  public ModelCard card() {
    return model.card();
  }

  /**
   * Prediction sets of a coverage, calibrated on the validation images of the model's training.
   *
   * @param coverage the probability with which a set shall hold the true class, in (0, 1)
   * @return the sets of this model's predictions
   * @throws dev.discern.failure.InvalidRequest if the coverage is not in (0, 1), or images have
   *     several labels
   * @throws WorkFailed if the model has no calibration
   */
  public PredictionSets sets(double coverage) {
    return PredictionSets.of(model, coverage);
  }

  /**
   * The default number of images that run through the network together.
   *
   * @return from 1 to 64; the larger the network's input, the fewer
   */
  public int batchSize() {
    int plane = card().preprocessing().shape().plane();
    return Math.max(1, Math.min(LARGEST_BATCH, BATCH_PIXELS / plane));
  }

  /**
   * Classifies one image file.
   *
   * @param image an image of any size
   * @return all classes with their probabilities; if images have several labels, each label's is
   *     independent
   * @throws WorkFailed if the file is missing or cannot be decoded
   */
  public Prediction classify(Path image) {
    return predict(List.of(DecodedImages.decoded(view, image))).get(0);
  }

  /**
   * Classifies image files, decoding them in parallel.
   *
   * @param images images of any size
   * @return one result per image, in the order of the images; a failure is a result too
   */
  public List<Classification> classify(List<Path> images) {
    List<Classification> results = new ArrayList<>(images.size());
    classify(images.iterator(), batchSize(), results::add);
    return results;
  }

  /**
   * Classifies any number of image files in bounded memory: at most a few batches are decoded and
   * waiting.
   *
   * @param images images of any size
   * @param batchSize how many run through the network together, at least 1
   * @param sink receives one result per image, in the order of the images, as batches are done, on
   *     the calling thread
   */
  public void classify(Iterator<Path> images, int batchSize, Consumer<Classification> sink) {
    Check.that(
        batchSize >= 1 && batchSize <= 65_536, "The batch size", batchSize, "must be 1 to 65536");
    // On a CPU the network needs every core, and its threads wait for each other at barriers, so a
    // few batches are decoded, then classified. Another device computes while the CPU decodes.
    boolean byTurns = network.device().is_cpu();
    int batches = byTurns ? Math.max(1, BATCHES_PER_TURN * batchSize() / batchSize) : 1;
    int turn = batches * batchSize;
    int threads = byTurns ? Threads.count() : Runtime.getRuntime().availableProcessors();
    try (DecodedImages decoded =
        new DecodedImages(images, view, threads, byTurns ? turn : 2 * turn)) {
      while (decoded.hasNext()) {
        List<DecodedImages.Decoded> next = decoded.next(turn);
        for (int start = 0; start < next.size(); start += batchSize) {
          classify(next.subList(start, Math.min(next.size(), start + batchSize)), sink);
        }
      }
    }
  }

  private void classify(List<DecodedImages.Decoded> batch, Consumer<Classification> sink) {
    List<byte[]> pixels =
        batch.stream().filter(DecodedImages.Decoded::isWhole).map(d -> d.pixels()).toList();
    Iterator<Prediction> predictions = predict(pixels).iterator();
    for (DecodedImages.Decoded image : batch) {
      sink.accept(
          image.isWhole()
              ? new Classification.Done(image.path(), predictions.next())
              : new Classification.Failed(image.path(), image.failure()));
    }
  }

  private List<Prediction> predict(List<byte[]> pixels) {
    return probabilities(pixels).stream().map(this::prediction).toList();
  }

  /** The probabilities of each image's classes, in the card's order. */
  List<double[]> probabilities(List<byte[]> pixels) {
    synchronized (engine) {
      requireOpen();
      return answers.of(pixels);
    }
  }

  private Prediction prediction(double[] probabilities) {
    return new Prediction(
        IntStream.range(0, probabilities.length)
            .mapToObj(k -> new ClassProbability(card().classNames().get(k), probabilities[k]))
            .sorted(Comparator.comparingDouble(ClassProbability::probability).reversed())
            .toList());
  }

  /** Refuses to go on after {@link #close}. */
  void requireOpen() {
    synchronized (engine) {
      if (closed) {
        throw new IllegalStateException("This classifier is closed.");
      }
    }
  }

  /** Frees the network's memory. A second call does nothing. */
  @Override
  public void close() {
    synchronized (engine) {
      if (!closed) {
        closed = true;
        network.store().state().values().forEach(Tensor::close);
      }
    }
  }
}
