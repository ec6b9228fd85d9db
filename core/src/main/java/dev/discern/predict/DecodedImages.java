package dev.discern.predict;

import dev.discern.config.WorkFailed;
import dev.discern.image.ImageFile;
import dev.discern.view.View;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decodes images ahead with daemon threads and delivers them in order, to one thread. At most a
 * given number wait, so memory is bounded.
 */
final class DecodedImages implements AutoCloseable {
  private static final byte[] NONE = new byte[0];

  private final Iterator<Path> images;
  private final View view;
  private final int most;
  private final ExecutorService pool;
  private final Queue<Future<Decoded>> ahead = new ArrayDeque<>();

  /**
   * An image, or why it could not be read.
   *
   * @param path the image
   * @param pixels {@code [H, W, C]}; empty if it could not be read
   * @param failure why it could not be read; else empty
   */
  @SuppressWarnings("ArrayRecordComponent") // handed from one thread to another, never compared
  record Decoded(Path path, byte[] pixels, String failure) {
    boolean isWhole() {
      return failure.isEmpty();
    }
  }

  /**
   * Prepares to decode.
   *
   * @param images files
   * @param view the view to decode for
   * @param threads the number of threads that decode
   * @param most the maximum number of images decoded or in work at the same time, at least as many
   *     as {@link #next} takes
   */
  DecodedImages(Iterator<Path> images, View view, int threads, int most) {
    this.images = images;
    this.view = view;
    this.most = most;
    pool =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(most, threads)),
            work -> {
              Thread thread = new Thread(work, "discern-decode");
              thread.setDaemon(true);
              return thread;
            });
  }

  private Decoded decode(Path image) {
    try {
      return new Decoded(image, decoded(view, image), "");
    } catch (WorkFailed e) {
      return new Decoded(image, NONE, String.valueOf(e.getMessage()));
    }
  }

  /** An image as network input: {@code [H, W, C]}, unsigned bytes. */
  static byte[] decoded(View view, Path image) {
    return view.apply(new ImageFile(image), new SplittableRandom(0)).data();
  }

  boolean hasNext() {
    return !ahead.isEmpty() || images.hasNext();
  }

  /** The next images, waiting until they are decoded: as many as are wanted or left. */
  List<Decoded> next(int wanted) {
    while (ahead.size() < most && images.hasNext()) {
      Path image = images.next();
      ahead.add(pool.submit(() -> decode(image)));
    }
    List<Decoded> batch = new ArrayList<>();
    while (batch.size() < wanted && !ahead.isEmpty()) {
      batch.add(wait(ahead.remove()));
    }
    return batch;
  }

  private static Decoded wait(Future<Decoded> image) {
    try {
      return image.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Classifying was interrupted.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("An image could not be decoded.", e.getCause());
    }
  }

  /** Discards the images that were not delivered. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
