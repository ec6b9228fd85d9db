package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.torch.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Cuts a set into batches. What a batch holds is a function of (seed, epoch, step) alone, whatever
 * the number of workers and wherever an epoch is entered: resuming is starting at a later step.
 */
public final class BatchLoader {
  private static final long AUGMENT = 12;

  private final ImageSet set;
  private final Sampler sampler;
  private final Transform transform;
  private final Augmentation augmentation;
  private final boolean training;
  private final int batchSize;
  private final long seed;
  private final int workers;

  private BatchLoader(
      ImageSet set,
      Sampler sampler,
      Normalization normalization,
      Augmentation augmentation,
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
    this.transform = new Transform(set.shape(), normalization);
    this.augmentation = augmentation;
    this.training = training;
    this.batchSize = batchSize;
    this.seed = seed;
    this.workers = workers;
  }

  /**
   * Batches to train on: every epoch in a new order, each image changed at random. Images that do
   * not fill a last batch sit out that epoch, unless they are all there is.
   *
   * @param set the training images
   * @param sampler which of them an epoch shows
   * @param normalization their statistics
   * @param augmentation random changes
   * @param batchSize images a batch, at least 1
   * @param seed the run's seed
   * @param workers threads that prepare batches ahead, at least 1
   * @return the loader
   * @throws dev.discern.config.InvalidConfig if the padding is as large as the images
   */
  public static BatchLoader training(
      ImageSet set,
      Sampler sampler,
      Normalization normalization,
      Augmentation augmentation,
      int batchSize,
      long seed,
      int workers) {
    augmentation.requireFits(set.shape());
    return new BatchLoader(
        set, sampler, normalization, augmentation, true, batchSize, seed, workers);
  }

  /**
   * Batches to evaluate on: every image once, unchanged, in the order of the set; the last batch
   * may be smaller.
   *
   * @param set the images
   * @param normalization the statistics of the training images
   * @param batchSize images a batch, at least 1
   * @param workers threads that prepare batches ahead, at least 1
   * @return the loader
   */
  public static BatchLoader evaluation(
      ImageSet set, Normalization normalization, int batchSize, int workers) {
    return new BatchLoader(
        set,
        new Sampler.InOrder(set.size()),
        normalization,
        Augmentation.NONE,
        false,
        batchSize,
        0,
        workers);
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
   * @return as many as the sampler gives, less those that sit out
   */
  public int imagesPerEpoch() {
    return Math.min(sampler.size(), stepsPerEpoch() * batchSize);
  }

  /**
   * Opens an epoch, and starts to prepare its batches. Close it, also when it was not read to its
   * end.
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
    int size = Math.min(batchSize, order.length - start);
    int volume = set.shape().volume();
    float[] images = new float[Math.multiplyExact(size, volume)];
    int[] indices = new int[size];
    byte[] pixels = new byte[volume];
    SplittableRandom random = Seeds.random(seed, AUGMENT, epoch, step);
    for (int k = 0; k < size; k++) {
      int image = order[start + k];
      set.read(image, pixels, 0);
      transform.apply(pixels, images, k * volume, Transform.Draw.from(random, augmentation));
      indices[k] = image;
    }
    return new Batch(images, labels(indices), size, indices);
  }

  private Labels labels(int[] indices) {
    return set.task() == Task.ONE_LABEL
        ? new Labels.One(Arrays.stream(indices).map(set::label).toArray())
        : new Labels.Many(Arrays.stream(indices).mapToObj(set::labels).toArray(int[][]::new));
  }
}
