package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Image files decoded when first read, and kept in memory while there is room. */
final class ImageFolder implements ImageSet {
  private static final int DECODED_WHEN_CHECKED = 20_000;

  private final LabelledFiles files;
  private final ImageShape shape;
  private final AtomicReferenceArray<byte @Nullable []> cache;
  private final AtomicLong room;

  /**
   * Views files as images of one shape.
   *
   * @param files the files and their classes
   * @param shape what they are decoded to
   * @param room bytes left for decoded images, shared by the parts of a data set
   */
  ImageFolder(LabelledFiles files, ImageShape shape, AtomicLong room) {
    this.files = files;
    this.shape = shape;
    this.room = room;
    cache = new AtomicReferenceArray<>(files.size());
  }

  /**
   * Decodes every file once, so that a bad one is named now and not in the middle of training. Of
   * very large folders only the first bytes of each file are looked at.
   *
   * @param workers threads
   * @param listener hears images
   * @throws WorkFailed if files can't be decoded, naming the first few
   */
  void check(int workers, LoadListener listener) {
    ExecutorService pool = Workers.pool(workers, "discern-check");
    try {
      List<Future<@Nullable WorkFailed>> checks = new ArrayList<>();
      for (int i = 0; i < size(); i++) {
        int image = i;
        checks.add(pool.submit(() -> failure(image)));
      }
      List<String> failures = new ArrayList<>();
      for (int i = 0; i < size(); i++) {
        WorkFailed failure = checks.get(i).get();
        if (failure != null) {
          failures.add(String.valueOf(failure.getMessage()));
        }
        listener.progress("checking images", i + 1, size());
      }
      refuse(failures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkFailed("Checking the images was interrupted: start again.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Checking an image failed.", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private @Nullable WorkFailed failure(int i) {
    try {
      if (size() <= DECODED_WHEN_CHECKED) {
        pixels(i);
      } else {
        ImageDecoder.requireKnownKind(files.path(i));
      }
      return null;
    } catch (WorkFailed e) {
      return e;
    }
  }

  private void refuse(List<String> failures) {
    if (!failures.isEmpty()) {
      throw new WorkFailed(FirstFew.of(failures, "such files"));
    }
  }

  private byte[] pixels(int i) {
    byte[] known = cache.get(i);
    if (known != null) {
      return known;
    }
    byte[] pixels = ImageDecoder.decode(files.path(i), shape);
    if (room.addAndGet(-pixels.length) >= 0) {
      cache.set(i, pixels);
    } else {
      room.addAndGet(pixels.length);
    }
    return pixels;
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return files.classNames();
  }

  @Override
  public Task task() {
    return files.task();
  }

  @Override
  public int label(int i) {
    return files.label(i);
  }

  @Override
  public int[] labels(int i) {
    return files.labels(i);
  }

  @Override
  public void read(int i, byte[] target, int offset) {
    System.arraycopy(pixels(i), 0, target, offset, shape.volume());
  }

  @Override
  public String describe(int i) {
    return files.describe(i);
  }

  /** The path within the folder and the file's length: pixels would cost a decoding. */
  @Override
  public byte[] identity(int i) {
    return (describe(i) + '\0' + files.bytes(i)).getBytes(StandardCharsets.UTF_8);
  }
}
