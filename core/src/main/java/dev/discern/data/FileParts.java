package dev.discern.data;

import dev.discern.config.DataConfig;
import dev.discern.image.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The parts that a source of image files provides.
 *
 * @param train the training files, or all where no other part is given
 * @param validation files to select the best epoch by, if the source names them
 * @param test files to report results for, if the source names them
 * @param odd files beside the images that are not read, and why, by their path below the root
 * @param notes sentences for the user, such as what was left out
 */
record FileParts(
    LabelledFiles train,
    Optional<LabelledFiles> validation,
    Optional<LabelledFiles> test,
    SortedMap<String, String> odd,
    List<String> notes) {
  private static final int CHANNELS = 3;

  FileParts {
    notes = List.copyOf(notes);
  }

  /**
   * Draws the parts that are not given from the training images.
   *
   * @param config size, shares, and the images to leave out
   * @return the split
   * @throws dev.discern.config.WorkFailed if a class has too few images, or none that is not left
   *     out
   */
  Split open(DataConfig config) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(Copies.notes(this));
    ImageShape shape = new ImageShape(CHANNELS, config.imageSize(), config.imageSize());
    LeftOut leftOut = LeftOut.of(config.leaveOut());
    ImageSet images = leftOut.outOfTraining(new FileImages(train));
    Optional<ImageSet> chosenBy =
        validation.map(files -> leftOut.outOf(new FileImages(files), "validation"));
    Optional<ImageSet> reportedOn = test.map(files -> leftOut.outOf(new FileImages(files), "test"));
    leftOut.note().ifPresent(all::add);
    if (chosenBy.isPresent() && reportedOn.isPresent()) {
      return new Split(images, chosenBy.get(), reportedOn.get(), shape, all);
    }
    long seed = config.splitSeed();
    if (chosenBy.isEmpty() && reportedOn.isEmpty()) {
      List<ImageSet> drawn = Splitter.holdOut(images, seed, config.validation(), config.test());
      return new Split(drawn.get(2), drawn.get(0), drawn.get(1), shape, all);
    }
    double share = chosenBy.isPresent() ? config.test() : config.validation();
    List<ImageSet> drawn = Splitter.holdOut(images, seed, share);
    ImageSet heldOut = drawn.get(0);
    return new Split(
        drawn.get(1), chosenBy.orElse(heldOut), reportedOn.orElse(heldOut), shape, all);
  }
}
