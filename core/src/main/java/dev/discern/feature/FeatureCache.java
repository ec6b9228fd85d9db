package dev.discern.feature;

import dev.discern.config.CacheFolder;
import dev.discern.config.Internal;
import dev.discern.config.WorkFailed;
import dev.discern.data.Batch;
import dev.discern.data.BatchStream;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.data.Sha256;
import dev.discern.data.Subset;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Features that were computed before, in the user's cache folder. They are kept in shards of
 * {@value #SHARD} images, each under a key of what its features depend on: the network, the view,
 * and the images. So nothing stale is ever read, an interrupted computation continues at its last
 * shard, and the next run finds them.
 */
@Internal
public final class FeatureCache {
  static final int SHARD = 512; // a multiple of every batch size: batches never cross shards

  private static final String VARIABLE = "DISCERN_FEATURES";

  private final Shards shards;

  /**
   * Keeps features in a folder.
   *
   * @param folder the folder; created on the first write
   */
  public FeatureCache(Path folder) {
    shards = new Shards(folder);
  }

  /**
   * Keeps features in {@code $DISCERN_FEATURES}, else in the user's cache folder.
   *
   * @return the cache
   */
  public static FeatureCache standard() {
    Map<String, String> environment = System.getenv();
    boolean named = !environment.getOrDefault(VARIABLE, "").isBlank();
    return new FeatureCache(
        named
            ? CacheFolder.of(VARIABLE, environment)
            : CacheFolder.of(environment).resolve("features"));
  }

  /**
   * The features of a set.
   *
   * @param table one row per image, in the order of the set
   * @param computed images whose features were computed just now; the others were kept
   * @param notes sentences for the user: kept features that were damaged, or could not be written
   */
  public record Found(FeatureTable table, int computed, List<String> notes) {}

  /**
   * Reads or computes the features of a set.
   *
   * @param set the images
   * @param extractor computes features
   * @param listener receives the progress
   * @param stop checked after every batch; true ends the computation, and whole shards are kept
   * @return the features
   * @throws CancellationException if it was stopped
   * @throws WorkFailed if an image cannot be read, or the features do not fit into memory
   */
  public Found of(ImageSet set, Extractor extractor, LoadListener listener, BooleanSupplier stop) {
    return of(set, extractor, i -> true, listener, stop);
  }

  /**
   * Reads or computes the features of a set that may stand in for images that cannot be read.
   *
   * @param set the images
   * @param extractor computes features
   * @param genuine whether an image is what it seems, asked after it was decoded; features of
   *     others are not kept
   * @param listener receives the progress
   * @param stop checked after every batch; true ends the computation, and whole shards are kept
   * @return the features
   * @throws CancellationException if it was stopped
   * @throws WorkFailed if an image cannot be read, or the features do not fit into memory
   */
  public Found of(
      ImageSet set,
      Extractor extractor,
      IntPredicate genuine,
      LoadListener listener,
      BooleanSupplier stop) {
    int width = extractor.width();
    float[] values = new float[requireFits(set.size(), width)];
    Set<String> notes = new LinkedHashSet<>();
    List<String> keys = keys(set, extractor.key());
    List<Integer> missing = new ArrayList<>();
    for (int shard = 0; shard < keys.size(); shard++) {
      int start = shard * SHARD * width;
      int count = end(shard, set.size()) * width - start;
      Optional<float[]> kept = shards.read(keys.get(shard), count, notes);
      if (kept.isPresent()) {
        System.arraycopy(kept.get(), 0, values, start, count);
      } else {
        missing.add(shard);
      }
    }
    int computed =
        missing.isEmpty()
            ? 0
            : new Computation(set, extractor, genuine, missing, keys, values, notes)
                .run(listener, stop);
    return new Found(new FeatureTable(values, width), computed, List.copyOf(notes));
  }

  private static int requireFits(int rows, int width) {
    long values = (long) rows * width;
    if (values > Integer.MAX_VALUE - 8
        || values * Float.BYTES > Runtime.getRuntime().maxMemory() * 3 / 4) {
      throw new WorkFailed(
          "The features of "
              + rows
              + " images take "
              + values * Float.BYTES / (1 << 20)
              + " MiB, which is too much for this machine's memory: use fewer images.");
    }
    return (int) values;
  }

  private static List<String> keys(ImageSet set, String extractor) {
    List<String> keys = new ArrayList<>();
    for (int start = 0; start < set.size(); start += SHARD) {
      MessageDigest digest = Sha256.digest();
      Sha256.add(digest, extractor);
      for (int i = start; i < Math.min(start + SHARD, set.size()); i++) {
        Sha256.add(digest, set.version(i));
      }
      keys.add(Sha256.hex(digest));
    }
    return keys;
  }

  private static int end(int shard, int images) {
    return Math.min((shard + 1) * SHARD, images);
  }

  /** One pass over the images of the shards that are missing. */
  private final class Computation {
    private final Extractor extractor;
    private final IntPredicate genuine;
    private final List<Integer> missing;
    private final List<String> keys;
    private final float[] values;
    private final Set<String> notes;
    private final ImageSet set;
    private final int[] images;

    Computation(
        ImageSet set,
        Extractor extractor,
        IntPredicate genuine,
        List<Integer> missing,
        List<String> keys,
        float[] values,
        Set<String> notes) {
      this.set = set;
      this.extractor = extractor;
      this.genuine = genuine;
      this.missing = missing;
      this.keys = keys;
      this.values = values;
      this.notes = notes;
      images =
          missing.stream()
              .flatMapToInt(shard -> IntStream.range(shard * SHARD, end(shard, set.size())))
              .toArray();
    }

    int run(LoadListener listener, BooleanSupplier stop) {
      int done = 0;
      int written = 0;
      try (BatchStream batches = extractor.batches(Subset.of(set, images)).epoch(0, 0)) {
        while (batches.hasNext()) {
          done += put(batches.next(), done);
          while (written < missing.size() && done >= endOf(written)) {
            write(missing.get(written++));
          }
          listener.progress("computing features", done, images.length);
          if (stop.getAsBoolean()) {
            throw new CancellationException("Computing features was stopped.");
          }
        }
      }
      shards.trim();
      return images.length;
    }

    private int put(Batch batch, int done) {
      float[] features = extractor.of(batch);
      int width = extractor.width();
      for (int k = 0; k < batch.size(); k++) {
        System.arraycopy(features, k * width, values, images[done + k] * width, width);
      }
      return batch.size();
    }

    // Only the last shard of a set may be smaller than the others.
    private int endOf(int order) {
      return Math.min((order + 1) * SHARD, images.length);
    }

    private void write(int shard) {
      if (!IntStream.range(shard * SHARD, end(shard, set.size())).allMatch(genuine)) {
        return;
      }
      int width = extractor.width();
      float[] rows =
          Arrays.copyOfRange(values, shard * SHARD * width, end(shard, set.size()) * width);
      shards.write(keys.get(shard), rows, width, notes);
    }
  }
}
