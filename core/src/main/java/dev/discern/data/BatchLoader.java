package dev.discern.data;

import dev.discern.config.Internal;
import dev.discern.config.Task;
import dev.discern.image.Pixels;
import dev.discern.torch.Seeds;
import dev.discern.view.View;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a set into batches. Which images a batch holds is a function of (seed, epoch, step), what is
 * seen of an image is a function of (seed, epoch, image), whatever the number of workers and
 * wherever an epoch is entered: resuming is starting at a later step.
 */
@Internal
public final class BatchLoader {
  private static final long AUGMENT = 12;

  private final ImageSet set;
  private final Sampler sampler;
  private final @Nullable View view;
  private final boolean training;
  private final int batchSize;
  private final long seed;
  private final int workers;

  private BatchLoader(
      ImageSet set,
      Sampler sampler,
      @Nullable View view,
      boolean training,
      int batchSize,
      long seed,
      int workers) {
    if (batchSize < 1 || workers < 1 || set.size() < 1) {
      throw new IllegalArgumentException(
          "Batches need images, a size and a worker, not "
              + set.size()
              + ", "
              + batchSize
              + " and "
              + workers
              + ".");
    }
    this.set = set;
    this.sampler = sampler;
    this.view = view;
    this.training = training;
    this.batchSize = batchSize;
    this.seed = seed;
    this.workers = workers;
  }

  /**
   * Batches to train on: every epoch in a new order. Images that do not fill a last batch are left
   * out of that epoch, unless there are no others.
   *
   * @param set the training images
   * @param sampler which of them an epoch shows
   * @param view how they are seen, with random changes
   * @param batchSize images per batch, at least 1
   * @param seed the run's seed
   * @param workers threads that prepare batches ahead, at least 1
   * @return the loader
   */
  public static BatchLoader training(
      ImageSet set, Sampler sampler, View view, int batchSize, long seed, int workers) {
    return new BatchLoader(set, sampler, view, true, batchSize, seed, workers);
  }

  /**
   * Batches to evaluate on: every image once, in the order of the set; the last batch may be
   * smaller.
   *
   * @param set the images
   * @param view how they are seen, without random changes
   * @param batchSize images per batch, at least 1
   * @param workers threads that prepare batches ahead, at least 1
   * @return the loader
   */
  public static BatchLoader evaluation(ImageSet set, View view, int batchSize, int workers) {
    return new BatchLoader(
        set, new Sampler.InOrder(set.size()), view, false, batchSize, 0, workers);
  }

  /**
   * The same batches without their images, for what needs only labels and places.
   *
   * @return a loader that decodes nothing
   */
  public BatchLoader withoutImages() {
    return new BatchLoader(set, sampler, null, training, batchSize, seed, workers);
  }

  /**
   * The batches of an epoch.
   *
   * @return at least 1
   */
  public int stepsPerEpoch() {
    int full = sampler.size() / batchSize;
    boolean partial = sampler.size() % batchSize != 0;
    return partial && (!training || full == 0) ? full + 1 : full;
  }

  /**
   * The images of an epoch.
   *
   * @return as many as the sampler gives, minus those left out
   */
  public int imagesPerEpoch() {
    return Math.min(sampler.size(), stepsPerEpoch() * batchSize);
  }

  /**
   * Opens an epoch and starts to prepare its batches. Close the stream even if it was not read to
   * its end.
   *
   * @param epoch from 0
   * @param firstStep the first step to deliver, from 0; the steps before it are skipped at no cost
   * @return the batches from there to the end of the epoch, in order
   */
  public BatchStream epoch(int epoch, int firstStep) {
    if (epoch < 0 || firstStep < 0) {
      throw new IllegalArgumentException(
          "Epochs and steps start at 0, not at " + epoch + " and " + firstStep + ".");
    }
    int[] order = sampler.order(seed, epoch);
    return new BatchStream(
        step -> prepare(order, epoch, step), firstStep, stepsPerEpoch(), workers);
  }

  private Batch prepare(int[] order, int epoch, int step) {
    int start = step * batchSize;
    int[] indices = Arrays.copyOfRange(order, start, Math.min(start + batchSize, order.length));
    return new Batch(images(indices, epoch), labels(indices), indices.length, indices);
  }

  private byte[] images(int[] indices, int epoch) {
    if (view == null) {
      return new byte[0];
    }
    int volume = view.shape().volume();
    byte[] images = new byte[Math.multiplyExact(indices.length, volume)];
    for (int k = 0; k < indices.length; k++) {
      Pixels seen =
          view.apply(set.image(indices[k]), Seeds.random(seed, AUGMENT, epoch, indices[k]));
      System.arraycopy(seen.data(), 0, images, k * volume, volume);
    }
    return images;
  }

  private Labels labels(int[] indices) {
    return set.task() == Task.ONE_LABEL
        ? new Labels.One(Arrays.stream(indices).map(set::label).toArray())
        : new Labels.Many(Arrays.stream(indices).mapToObj(set::labels).toArray(int[][]::new));
  }
}
