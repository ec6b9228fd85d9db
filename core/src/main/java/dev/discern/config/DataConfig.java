package dev.discern.config;

/**
 * What to train on, and how it is split and augmented.
 *
 * @param source a catalogue name, a name with its folder ({@code fashion-mnist:DIR}), an image
 *     folder with one sub-folder a class, or several labels an image: a CSV file, a folder of
 *     PASCAL VOC, or a file of COCO instances
 * @param imageSize side in pixels that folder images are scaled and centre-cropped to; data sets of
 *     one size keep theirs
 * @param validation share of the training images held out to choose the best epoch, in (0, 1)
 * @param test share held out for testing where the source brings no test split, in (0, 1)
 * @param splitSeed seed of the stratified split, apart from the run's so that runs of several seeds
 *     are judged on the same images
 * @param limitTrain at most this many training images, chosen by stratified seeded draw; 0 is all
 * @param compose makes pictures of 2 to this many images each, which then carry the labels of all;
 *     0 leaves images as they are
 * @param cropPadding pixels of zero padding before the random crop back to size; 0 is no crop
 * @param flip whether half of the training images are mirrored left to right
 * @param workers threads that prepare batches
 */
public record DataConfig(
    String source,
    int imageSize,
    double validation,
    double test,
    long splitSeed,
    int limitTrain,
    int compose,
    int cropPadding,
    boolean flip,
    int workers) {

  /** Refuses values outside their range. */
  public DataConfig {
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
        "must leave images to train on: less than 1 together");
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
        "must be at most 512 where pictures are composed, which are twice as wide and high");
    Check.that(
        cropPadding >= 0 && cropPadding <= 64, "data.cropPadding", cropPadding, "must be 0 to 64");
    Check.that(workers >= 1 && workers <= 256, "data.workers", workers, "must be 1 to 256");
  }
}
