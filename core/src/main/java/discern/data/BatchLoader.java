package discern.data;

import discern.torch.Seeds;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes batches of a set on worker threads, ahead of their use. What a batch holds is a pure
 * function of (seed, epoch, step), whatever the number of workers and wherever an epoch is begun.
 */
public final class BatchLoader {
  private static final long ORDER = 1;
  private static final long AUGMENT = 2;
  private static final int AHEAD = 4;

  private final ImageSet images;
  private final float[][] table;
  private final Augmentation augmentation;
  private final int batchSize;
  private final boolean training;
  private final long seed;
  private final int workers;

  private BatchLoader(
      ImageSet images,
      Normalization normalization,
      Augmentation augmentation,
      int batchSize,
      boolean training,
      long seed,
      int workers) {
    this.images = images;
    this.table = normalization.table();
    this.augmentation = augmentation;
    this.batchSize = Math.min(batchSize, images.size());
    this.training = training;
    this.seed = seed;
    this.workers = workers;
  }

  /**
   * Loads for training: shuffled and augmented anew each epoch; the images that do not fill a last
   * batch are left out of that epoch.
   *
   * @param images which
   * @param normalization of the pixels
   * @param augmentation of the images
   * @param batchSize images a batch; all, if there are fewer
   * @param seed of order and augmentation
   * @param workers threads
   * @return the loader
   */
  public static BatchLoader training(
      ImageSet images,
      Normalization normalization,
      Augmentation augmentation,
      int batchSize,
      long seed,
      int workers) {
    return new BatchLoader(images, normalization, augmentation, batchSize, true, seed, workers);
  }

  /**
   * Loads for measuring: every image once, in order, as it is.
   *
   * @param images which
   * @param normalization of the pixels
   * @param batchSize images a batch; the last may hold fewer
   * @param workers threads
   * @return the loader
   */
  public static BatchLoader evaluation(
      ImageSet images, Normalization normalization, int batchSize, int workers) {
    return new BatchLoader(images, normalization, Augmentation.NONE, batchSize, false, 0, workers);
  }

  /**
   * The shape of every image.
   *
   * @return the set's
   */
  public ImageShape shape() {
    return images.shape();
  }

  /**
   * The batches of an epoch.
   *
   * @return how many
   */
  public int batchesPerEpoch() {
    return training ? images.size() / batchSize : (images.size() + batchSize - 1) / batchSize;
  }

  /**
   * Begins an epoch.
   *
   * @param epoch counted from 0
   * @param firstStep batches to skip
   * @return the batches from there on, to be closed
   */
  public Batches epoch(int epoch, int firstStep) {
    return new Batches(epoch, firstStep);
  }

  private Batch make(int[] order, int epoch, int step) {
    int[] indices =
        Arrays.copyOfRange(order, step * batchSize, Math.min(order.length, (step + 1) * batchSize));
    ImageShape shape = images.shape();
    float[] values = new float[indices.length * shape.size()];
    int[] labels = new int[indices.length];
    byte[] pixels = new byte[shape.size()];
    SplittableRandom random = Seeds.random(seed, AUGMENT, epoch, step);
    for (int i = 0; i < indices.length; i++) {
      images.read(indices[i], pixels, 0);
      augmentation.apply(pixels, shape, table, random, values, i * shape.size());
      labels[i] = images.label(indices[i]);
    }
    return new Batch(values, labels, indices);
  }

  private int[] order(int epoch) {
    int[] order = Stratified.range(images.size());
    if (training) {
      Stratified.shuffle(order, Seeds.random(seed, ORDER, epoch));
    }
    return order;
  }

  /** The batches of one epoch, in order. For one thread. */
  public final class Batches implements AutoCloseable {
    private final int epoch;
    private final int[] order;
    private final ExecutorService pool;
    private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
    private int nextStep;

    private Batches(int epoch, int firstStep) {
      this.epoch = epoch;
      this.order = order(epoch);
      this.nextStep = firstStep;
      this.pool =
          Executors.newFixedThreadPool(
              workers,
              task -> {
                Thread thread = new Thread(task, "discern-loader");
                thread.setDaemon(true);
                return thread;
              });
      for (int i = 0; i < AHEAD + workers; i++) {
        submit();
      }
    }

    private void submit() {
      int step = nextStep;
      if (step < batchesPerEpoch()) {
        nextStep++;
        ahead.add(pool.submit(() -> make(order, epoch, step)));
      }
    }

    /**
     * Whether a batch is left.
     *
     * @return false at the end of the epoch
     */
    public boolean hasNext() {
      return !ahead.isEmpty();
    }

    /**
     * The next batch.
     *
     * @return a batch that nobody else holds
     */
    public Batch next() {
      Future<Batch> head = ahead.poll();
      if (head == null) {
        throw new NoSuchElementException("The epoch has ended.");
      }
      submit();
      try {
        return head.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for a batch.", e);
      }
    }

    /** Stops the workers; batches not taken are dropped. */
    @Override
    public void close() {
      pool.shutdownNow();
    }
  }
}
