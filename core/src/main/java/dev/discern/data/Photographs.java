package dev.discern.data;

import dev.discern.config.DamagedImages;
import dev.discern.config.Internal;
import dev.discern.image.ImageFile;
import dev.discern.image.ImageSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Tells photographs from small images by the sizes of a sample, read from the files' headers. */
@Internal
public final class Photographs {
  /** The shorter side from which on images count as photographs, in pixels. */
  public static final int LEAST_SIDE = 64;

  private static final int FEW = 10_000;
  private static final int SAMPLE = 240;
  private static final int PER_FOLDER = 8;
  private static final int MOST_FOLDERS = 500;

  private Photographs() {}

  /**
   * The median of the images' shorter sides, of at most 240 images from all over a folder, or along
   * a list. Files that cannot be read do not count.
   *
   * @param source the path of a user's own images, as {@link Datasets} takes it
   * @return pixels; empty if no file of the sample can be read
   * @throws dev.discern.config.InvalidConfig if there are no images of any known form
   */
  public static OptionalInt medianShorterSide(String source) {
    FileSource own = Datasets.own(source);
    Path path = Path.of(Asked.of(source).path());
    List<Path> sample = Files.isDirectory(path) ? below(path) : along(own.list().train());
    int[] sides = sample.stream().flatMapToInt(Photographs::shorterSide).sorted().toArray();
    return sides.length == 0 ? OptionalInt.empty() : OptionalInt.of(sides[sides.length / 2]);
  }

  /**
   * How much there is to train on.
   *
   * @param images training images
   * @param classes their classes
   */
  public record Amount(int images, int classes) {}

  /**
   * The amount of training images, if they are few: where they are many, it does not matter.
   *
   * @param source as above
   * @return at most 10,000 images; empty if a folder holds more than that
   * @throws dev.discern.config.InvalidConfig if there are no images of any known form
   * @throws dev.discern.config.WorkFailed if a list or a folder is invalid
   */
  public static Optional<Amount> amount(String source) {
    FileSource own = Datasets.own(source);
    Path path = Path.of(Asked.of(source).path());
    if (Files.isDirectory(path) && !isSmall(path)) {
      return Optional.empty();
    }
    LabelledFiles train = own.list().train();
    return Optional.of(new Amount(train.size(), train.classNames().size()))
        .filter(amount -> amount.images() <= FEW);
  }

  // Stops counting early: a folder of a million files takes long to list.
  private static boolean isSmall(Path root) {
    int images = 0;
    Set<Object> seen = new HashSet<>();
    Deque<Folder> waiting = new ArrayDeque<>(List.of(Folder.of(root)));
    while (!waiting.isEmpty() && images <= FEW) {
      Folder folder = waiting.poll();
      if (seen.add(folder.key()) && !folder.isOutput()) {
        FileNames names = folder.files();
        images +=
            (int)
                IntStream.range(0, names.size())
                    .filter(i -> ImageFiles.isImageName(names.name(i)))
                    .count();
        waiting.addAll(folder.folders());
      }
    }
    return images <= FEW;
  }

  // Looks into a few files of each folder, so that a folder of a million files opens as fast.
  private static List<Path> below(Path root) {
    List<Path> found = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    Deque<Folder> waiting = new ArrayDeque<>(List.of(Folder.of(root)));
    while (!waiting.isEmpty() && seen.size() < MOST_FOLDERS && found.size() < SAMPLE) {
      Folder folder = waiting.poll();
      if (!seen.add(folder.key()) || folder.isOutput()) {
        continue;
      }
      FileNames names = folder.files();
      IntStream.range(0, names.size())
          .filter(i -> ImageFiles.isImageName(names.name(i)))
          .limit(PER_FOLDER)
          .forEach(i -> found.add(folder.path().resolve(names.name(i))));
      waiting.addAll(folder.folders());
    }
    return found;
  }

  private static List<Path> along(LabelledFiles files) {
    int stride = Math.max(1, files.size() / SAMPLE);
    return IntStream.iterate(0, i -> i < files.size(), i -> i + stride)
        .mapToObj(files::path)
        .toList();
  }

  private static IntStream shorterSide(Path file) {
    try {
      ImageSize size = new ImageFile(file).probe();
      return IntStream.of(Math.min(size.width(), size.height()));
    } catch (DamagedImages e) {
      return IntStream.empty(); // loading the data reports it
    }
  }
}
