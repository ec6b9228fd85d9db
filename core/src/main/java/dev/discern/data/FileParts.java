package dev.discern.data;

import dev.discern.config.DataConfig;
import dev.discern.image.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The parts that a source of image files brings along.
 *
 * @param train the training files, or all where no other part is given
 * @param validation files to choose by, if the source names them
 * @param test files to report on, if the source names them
 * @param notes sentences for the user, such as what was left out
 */
record FileParts(
    LabelledFiles train,
    Optional<LabelledFiles> validation,
    Optional<LabelledFiles> test,
    List<String> notes) {
  private static final int CHANNELS = 3;

  FileParts {
    notes = List.copyOf(notes);
  }

  /**
   * Decodes the images once to find bad ones, and draws the parts that are not given from the
   * training images.
   *
   * @param config size and shares
   * @param listener hears images checked
   * @return the split
   * @throws dev.discern.config.WorkFailed if an image is bad, or a class has too few
   */
  Split open(DataConfig config, LoadListener listener) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(Copies.notes(this));
    Opener opener = new Opener(config, listener);
    ImageSet images = opener.open(train);
    Optional<ImageSet> chosenBy = validation.map(opener::open);
    Optional<ImageSet> reportedOn = test.map(opener::open);
    if (chosenBy.isPresent() && reportedOn.isPresent()) {
      return new Split(images, chosenBy.get(), reportedOn.get(), all);
    }
    long seed = config.splitSeed();
    if (chosenBy.isEmpty() && reportedOn.isEmpty()) {
      List<ImageSet> drawn = Splitter.holdOut(images, seed, config.validation(), config.test());
      return new Split(drawn.get(2), drawn.get(0), drawn.get(1), all);
    }
    double share = chosenBy.isPresent() ? config.test() : config.validation();
    List<ImageSet> drawn = Splitter.holdOut(images, seed, share);
    ImageSet heldOut = drawn.get(0);
    return new Split(drawn.get(1), chosenBy.orElse(heldOut), reportedOn.orElse(heldOut), all);
  }

  private record Opener(DataConfig config, LoadListener listener, AtomicLong room) {
    // A quarter of the heap: the rest belongs to batches and to whoever embeds the library.
    Opener(DataConfig config, LoadListener listener) {
      this(config, listener, new AtomicLong(Runtime.getRuntime().maxMemory() / 4));
    }

    ImageSet open(LabelledFiles files) {
      ImageShape shape = new ImageShape(CHANNELS, config.imageSize(), config.imageSize());
      ImageFolder images = new ImageFolder(files, shape, room);
      images.check(config.workers(), listener);
      return images;
    }
  }
}
