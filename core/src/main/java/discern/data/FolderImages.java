package discern.data;

import discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Image files, decoded when first read and kept in memory while there is room; the rest is decoded
 * anew each time.
 */
final class FolderImages implements ImageSet {
  private static final long ROOM_BYTES = Runtime.getRuntime().maxMemory() / 2;
  private static final int LISTED = 5;

  private final Path root;
  private final ImageShape shape;
  private final List<String> classNames;
  private final List<Path> files;
  private final int[] labels;
  private final AtomicReferenceArray<byte @Nullable []> kept;
  private final AtomicLong keptBytes = new AtomicLong();

  FolderImages(
      Path root, ImageShape shape, List<String> classNames, List<Path> files, int[] labels) {
    this.root = root;
    this.shape = shape;
    this.classNames = List.copyOf(classNames);
    this.files = List.copyOf(files);
    this.labels = labels.clone();
    this.kept = new AtomicReferenceArray<>(files.size());
  }

  /**
   * Decodes every file once, so that a bad one is told now and not hours later.
   *
   * @throws WorkFailed naming the first bad files and their number
   */
  void check() {
    Queue<WorkFailed> failures = new ConcurrentLinkedQueue<>();
    IntStream.range(0, files.size()).parallel().forEach(i -> tryRead(i, failures));
    if (failures.isEmpty()) {
      return;
    }
    List<String> sentences = failures.stream().map(Throwable::getMessage).sorted().toList();
    String rest =
        sentences.size() > LISTED ? "\n... and " + (sentences.size() - LISTED) + " more" : "";
    throw new WorkFailed(
        sentences.size() == 1
            ? sentences.get(0)
            : sentences.size()
                + " of "
                + files.size()
                + " images can't be used:\n"
                + String.join("\n", sentences.subList(0, Math.min(LISTED, sentences.size())))
                + rest);
  }

  private void tryRead(int index, Queue<WorkFailed> failures) {
    try {
      pixels(index);
    } catch (WorkFailed e) {
      failures.add(e);
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void read(int index, byte[] target, int offset) {
    System.arraycopy(pixels(index), 0, target, offset, shape.size());
  }

  private byte[] pixels(int index) {
    byte[] known = kept.get(index);
    if (known != null) {
      return known;
    }
    byte[] decoded = ImageDecoder.decode(files.get(index), shape);
    if (keptBytes.addAndGet(decoded.length) <= ROOM_BYTES) {
      kept.set(index, decoded);
    }
    return decoded;
  }

  @Override
  public String describe(int index) {
    return root.relativize(files.get(index)).toString();
  }
}
