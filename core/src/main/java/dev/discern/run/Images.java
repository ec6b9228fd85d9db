package dev.discern.run;

import dev.discern.config.DamagedImages;
import dev.discern.config.Internal;
import dev.discern.config.RunConfig;
import dev.discern.data.BatchLoader;
import dev.discern.data.CachedImages;
import dev.discern.data.Datasets;
import dev.discern.data.FirstLook;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.data.Normalization;
import dev.discern.data.Sampler;
import dev.discern.data.Split;
import dev.discern.image.ImageShape;
import dev.discern.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A data set as a run sees it.
 *
 * @param config the configuration of the data
 * @param split the parts; decoded images stay in memory while there is room
 * @param training the view of images during training
 * @param evaluation the view of images while the network is measured
 */
@Internal
public record Images(RunConfig config, Split split, View training, View evaluation) {
  private static final int LARGEST_BATCH = 256;

  /** Pixels of one channel in a batch that is evaluated: bounds the memory of evaluation. */
  private static final int PIXELS = 1 << 20;

  private static final int SMALLEST_BATCH = 8;

  /**
   * Loads a data set.
   *
   * @param config the configuration of the data
   * @param listener receives the progress of loading
   * @return its images
   */
  static Images load(RunConfig config, LoadListener listener) {
    Split split = Datasets.load(config.data(), listener);
    View training = Datasets.trainingView(config.data(), split.shape());
    View evaluation = Datasets.evaluationView(config.data(), split.shape());
    AtomicLong room = CachedImages.room(config.data().cache());
    Split cached =
        new Split(
            CachedImages.of(split.train(), training, room),
            CachedImages.of(split.validation(), evaluation, room),
            CachedImages.of(split.test(), evaluation, room),
            split.shape(),
            split.notes());
    return new Images(config, cached, training, evaluation);
  }

  /**
   * Decodes some images of parts, so that a damaged one is found before training.
   *
   * @param parts which images
   * @param listener receives the progress
   * @throws DamagedImages if an image is damaged; the message names all damaged images
   */
  void look(List<ImageSet> parts, LoadListener listener) {
    refusing(() -> look().at(parts, listener));
  }

  /**
   * The statistics of the training images.
   *
   * @return mean and deviation of each channel
   * @throws DamagedImages if an image is damaged; the message names all damaged images
   */
  Normalization statistics() {
    List<Normalization> measured = new ArrayList<>();
    refusing(() -> measured.add(Normalization.of(split.train(), evaluation)));
    return measured.get(0);
  }

  private void refusing(Runnable reading) {
    try {
      reading.run();
    } catch (DamagedImages one) {
      throw look().all(one).failure();
    }
  }

  FirstLook look() {
    return new FirstLook(split, evaluation, config.data().workers());
  }

  /**
   * Batches of training images.
   *
   * @param sampler the images and their order
   * @return the loader
   */
  BatchLoader training(Sampler sampler) {
    return BatchLoader.training(
        split.train(),
        sampler,
        training,
        config.train().batchSize(),
        config.train().seed(),
        config.data().workers());
  }

  /**
   * The number of images to evaluate at once: as many as fit into a million pixels, from 8 to 256.
   *
   * @param shape of the images
   * @return the batch size
   */
  public static int evaluationBatch(ImageShape shape) {
    return Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, PIXELS / shape.plane()));
  }
}
