package dev.discern.config;

import java.util.List;

/**
 * The data to train on, and how Discern splits, scales and augments it.
 *
 * @param source a catalogue name, a name with its folder ({@code fashion-mnist:DIR}), or the path
 *     of a user's own images: a folder or a list
 * @param imageSize side in pixels of the square that folder images are scaled and cropped to; data
 *     sets of a fixed size keep theirs
 * @param cropRatio side of the central crop over the shorter side of the scaled image, in (0, 1]
 * @param interpolation {@code bilinear} or {@code bicubic}, both with antialiasing
 * @param testFlip whether evaluation and prediction average over an image and its mirror image
 * @param validation share of the training images held out to select the best epoch, in (0, 1)
 * @param test share held out for testing if the source has no test split, in (0, 1)
 * @param splitSeed seed of the stratified split, separate from the run's seed so that runs with
 *     different seeds are measured on the same images
 * @param limitTrain at most this many training images, chosen by a stratified, seeded draw; 0 keeps
 *     all
 * @param compose composes pictures of 2 to this many images each, with the labels of all of them; 0
 *     leaves images unchanged
 * @param augment random changes to training images, such as {@code crop(padding=4)}, in order
 * @param cache {@code none}, {@code auto} or {@code memory}: how many decoded images stay in memory
 * @param workers threads that prepare batches
 * @param leaveOut images that are not used because they cannot be read, by their names in the data
 *     set
 */
public record DataConfig(
    String source,
    int imageSize,
    double cropRatio,
    String interpolation,
    boolean testFlip,
    double validation,
    double test,
    long splitSeed,
    int limitTrain,
    int compose,
    List<String> augment,
    String cache,
    int workers,
    List<String> leaveOut) {
  /** The known interpolations. */
  public static final List<String> INTERPOLATIONS = List.of("bilinear", "bicubic");

  /** The known cache modes. */
  public static final List<String> CACHES = List.of("none", "auto", "memory");

  /** Refuses values outside their range. */
  public DataConfig {
    augment = augment.stream().map(spec -> Spec.parse(spec).toString()).toList();
    leaveOut = List.copyOf(leaveOut);
    Check.oneOf(interpolation, "data.interpolation", INTERPOLATIONS);
    Check.oneOf(cache, "data.cache", CACHES);
    Check.that(cropRatio > 0 && cropRatio <= 1, "data.cropRatio", cropRatio, "must lie in (0, 1]");
    Check.that(!source.isBlank(), "data.source", source, "must name a data set or a folder");
    Check.that(
        imageSize >= 8 && imageSize <= 1024, "data.imageSize", imageSize, "must be 8 to 1024");
    Check.that(
        validation > 0 && validation < 1,
        "data.validation",
        validation,
        "must lie between 0 and 1");
    Check.that(test > 0 && test < 1, "data.test", test, "must lie between 0 and 1");
    Check.that(
        validation + test < 1,
        "data.validation + data.test",
        validation + test,
        "must leave images to train on: the sum must be less than 1");
    Check.that(limitTrain >= 0, "data.limitTrain", limitTrain, "must be 0 (all) or more");
    Check.that(
        compose == 0 || (compose >= 2 && compose <= 4),
        "data.compose",
        compose,
        "must be 0 (off) or 2 to 4, the most images in a picture");
    Check.that(
        compose == 0 || imageSize <= 512,
        "data.imageSize",
        imageSize,
        "must be at most 512 if pictures are composed, since they are twice as wide and high");
    Check.that(workers >= 1 && workers <= 256, "data.workers", workers, "must be 1 to 256");
  }
}
