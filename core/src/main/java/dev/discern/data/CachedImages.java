package dev.discern.data;

import dev.discern.config.Internal;
import dev.discern.config.Task;
import dev.discern.image.Crop;
import dev.discern.image.Encoded;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import dev.discern.view.View;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A view of another set that keeps decoded images in memory while there is room. It keeps what the
 * decoder returns for one view, so that the cache never affects a result. Images that do not fit
 * are decoded each time.
 */
@Internal
public final class CachedImages implements ImageSet {
  private final ImageSet whole;
  private final int atLeast;
  private final int channels;
  private final AtomicLong room;
  private final AtomicReferenceArray<@Nullable Pixels> kept;

  private CachedImages(ImageSet whole, int atLeast, int channels, AtomicLong room) {
    this.whole = whole;
    this.atLeast = atLeast;
    this.channels = channels;
    this.room = room;
    kept = new AtomicReferenceArray<>(whole.size());
  }

  /**
   * The number of bytes that a cache mode may use.
   *
   * @param mode {@code none}, {@code auto} (a quarter of the largest heap) or {@code memory} (half)
   * @return bytes, to be shared by the parts of a data set
   */
  public static AtomicLong room(String mode) {
    long heap = Runtime.getRuntime().maxMemory();
    return new AtomicLong(
        switch (mode) {
          case "none" -> 0;
          case "memory" -> heap / 2;
          default -> heap / 4;
        });
  }

  /**
   * Keeps a set's images.
   *
   * @param set the images; those in memory already are left as they are
   * @param view what they are decoded for
   * @param room bytes left, shared with other sets
   * @return the set itself if there is nothing to keep
   */
  public static ImageSet of(ImageSet set, View view, AtomicLong room) {
    return room.get() <= 0 || !set.needsDecoding()
        ? set
        : new CachedImages(set, view.atLeast(), view.shape().channels(), room);
  }

  @Override
  public Encoded image(int i) {
    return (side, wanted) ->
        side == atLeast && wanted == channels ? decode(i) : whole.image(i).decode(side, wanted);
  }

  private Raster decode(int i) {
    Pixels known = kept.get(i);
    if (known != null) {
      return Encoded.of(known).decode(atLeast, channels);
    }
    Raster raster = whole.image(i).decode(atLeast, channels);
    long bytes = (long) raster.height() * raster.width() * channels;
    if (room.addAndGet(-bytes) < 0) {
      room.addAndGet(bytes);
      return raster;
    }
    keep(i, raster, bytes);
    return raster;
  }

  // Two threads may decode one image at once, but its room is counted once.
  private void keep(int i, Raster raster, long bytes) {
    Crop all = new Crop(0, 0, raster.height(), raster.width());
    Pixels pixels = raster.scaled(all, raster.height(), raster.width(), Interpolation.BILINEAR);
    if (!kept.compareAndSet(i, null, pixels)) {
      room.addAndGet(bytes);
    }
  }

  @Override
  public int size() {
    return whole.size();
  }

  @Override
  public List<String> classNames() {
    return whole.classNames();
  }

  @Override
  public Task task() {
    return whole.task();
  }

  @Override
  public int label(int i) {
    return whole.label(i);
  }

  @Override
  public int[] labels(int i) {
    return whole.labels(i);
  }

  @Override
  public String describe(int i) {
    return whole.describe(i);
  }

  @Override
  public byte[] identity(int i) {
    return whole.identity(i);
  }

  @Override
  public byte[] version(int i) {
    return whole.version(i);
  }
}
