package dev.discern.data;

import dev.discern.config.DamagedImages;
import dev.discern.config.Internal;
import dev.discern.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Decodes images of a data set to find those that are damaged: a few of each part before training
 * and, once it finds one, the others, so that all of them can be replaced at once.
 */
@Internal
public final class FirstLook {
  /** The number of images of each part that are checked before training. */
  private static final int SAMPLE = 1024;

  /** The maximum number of images that are decoded to find all damaged ones. */
  private static final int MOST = 50_000;

  private final Split split;
  private final View view;
  private final int workers;

  /**
   * Prepares to check a data set.
   *
   * @param split its parts
   * @param view how images are decoded
   * @param workers threads
   */
  public FirstLook(Split split, View view, int workers) {
    this.split = split;
    this.view = view;
    this.workers = workers;
  }

  /**
   * Decodes up to 1,024 images of each of some parts, evenly spaced.
   *
   * @param some the parts to look at
   * @param listener receives the progress
   * @throws DamagedImages if one of them is damaged
   */
  public void at(List<ImageSet> some, LoadListener listener) {
    for (ImageSet part : some) {
      if (part.needsDecoding()) {
        int every = Math.max(1, part.size() / SAMPLE);
        forEach(workers, Math.min(SAMPLE, part.size()), k -> decode(part, k * every), listener);
      }
    }
  }

  /**
   * What was found.
   *
   * @param failure names all damaged images
   * @param identities what each of them is to {@link Fingerprint}, by its name in the set
   */
  public record Found(DamagedImages failure, Map<String, byte[]> identities) {}

  /**
   * Decodes the images of all parts, up to 50,000 of them.
   *
   * @param one the first damaged image
   * @return all damaged images found
   */
  public Found all(DamagedImages one) {
    Map<String, String> reasons = new ConcurrentHashMap<>(one.reasons());
    Map<String, byte[]> identities = new ConcurrentHashMap<>();
    int left = MOST;
    for (ImageSet part : parts()) {
      int size = Math.min(left, part.size());
      forEach(
          workers,
          size,
          i -> {
            try {
              decode(part, i);
            } catch (DamagedImages damaged) {
              reasons.putAll(damaged.reasons());
              identities.put(part.describe(i), part.identity(i));
            }
          },
          LoadListener.NONE);
      left -= size;
    }
    return new Found(new DamagedImages(reasons), new TreeMap<>(identities));
  }

  private List<ImageSet> parts() {
    return List.of(split.train(), split.validation(), split.test()).stream()
        .filter(ImageSet::needsDecoding)
        .toList();
  }

  private void decode(ImageSet part, int i) {
    var unused = view.apply(part.image(i), new SplittableRandom(0));
  }

  /** Calls an action for 0 to {@code count - 1} on several threads, and waits for all of them. */
  public static void forEach(int workers, int count, IntConsumer action, LoadListener listener) {
    ExecutorService pool = Workers.pool(workers, "discern-look");
    try {
      List<Future<?>> started = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int image = i;
        started.add(pool.submit(() -> action.accept(image)));
      }
      for (int i = 0; i < count; i++) {
        started.get(i).get();
        listener.progress("checking images", i + 1, count);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while checking the images.");
    } catch (ExecutionException e) {
      throw Workers.rethrown(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
