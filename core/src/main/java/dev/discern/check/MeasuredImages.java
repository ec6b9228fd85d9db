package dev.discern.check;

import dev.discern.config.DamagedImages;
import dev.discern.config.Task;
import dev.discern.data.FirstLook;
import dev.discern.data.GivenParts;
import dev.discern.data.GivenParts.Given;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.image.Encoded;
import dev.discern.image.ImageFile;
import dev.discern.image.ImageSize;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A view of a set that sketches each image when it is decoded for something else, so that one pass
 * over the files gives features and sketches alike. In place of an image that cannot be read, it
 * gives a black one, and records why.
 */
final class MeasuredImages implements ImageSet {
  private static final int BLACK_SIDE = 8;

  private final ImageSet whole;
  private final AtomicReferenceArray<@Nullable Measured> measured;
  private final Map<Integer, String> unreadable = new ConcurrentHashMap<>();

  /**
   * What is known of an image.
   *
   * @param sketch its pixels in small
   * @param width columns, after EXIF orientation
   * @param height rows
   */
  record Measured(Sketch sketch, int width, int height) {}

  MeasuredImages(ImageSet whole) {
    this.whole = whole;
    measured = new AtomicReferenceArray<>(whole.size());
  }

  /** A view of each part. */
  static List<MeasuredImages> of(GivenParts given) {
    return given.parts().stream().map(Given::images).map(MeasuredImages::new).toList();
  }

  /** Decodes the images that have not been decoded yet, such as those whose features were kept. */
  void measureOthers(int atLeast, int channels, int workers, LoadListener listener) {
    int[] others =
        IntStream.range(0, size())
            .filter(i -> measured.get(i) == null && !unreadable.containsKey(i))
            .toArray();
    FirstLook.forEach(
        workers, others.length, k -> image(others[k]).decode(atLeast, channels).close(), listener);
  }

  /** Why an image cannot be read: a sentence, if so. */
  Optional<String> unreadable(int i) {
    return Optional.ofNullable(unreadable.get(i));
  }

  boolean isReadable(int i) {
    return !unreadable.containsKey(i);
  }

  /** What is known of an image that was decoded. */
  Measured measured(int i) {
    Measured known = measured.get(i);
    if (known == null) {
      throw new IllegalStateException("Image " + i + " has not been decoded.");
    }
    return known;
  }

  @Override
  public Encoded image(int i) {
    return (atLeast, channels) -> decode(i, atLeast, channels);
  }

  private Raster decode(int i, int atLeast, int channels) {
    try {
      Raster raster = whole.image(i).decode(atLeast, channels);
      if (measured.get(i) == null) {
        measured.set(i, measure(i, raster));
      }
      return raster;
    } catch (DamagedImages damaged) {
      unreadable.put(i, String.valueOf(damaged.getMessage()));
      byte[] black = new byte[BLACK_SIDE * BLACK_SIDE * channels];
      return Encoded.of(new Pixels(BLACK_SIDE, BLACK_SIDE, channels, black))
          .decode(atLeast, channels);
    }
  }

  // A decoder may have reduced the image, so its size is in the file's header alone.
  private Measured measure(int i, Raster raster) {
    Sketch sketch = Sketch.of(raster);
    if (whole.image(i) instanceof ImageFile file) {
      ImageSize size = file.probe();
      return new Measured(sketch, size.width(), size.height());
    }
    return new Measured(sketch, raster.width(), raster.height());
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
  public boolean needsDecoding() {
    return whole.needsDecoding();
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
