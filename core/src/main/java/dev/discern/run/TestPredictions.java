package dev.discern.run;

import dev.discern.config.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The predictions of a run's last weights for the test images, in the order of the test set: {@code
 * predictions.csv}. They allow pairing the results of several runs image by image.
 */
public sealed interface TestPredictions permits Predictions, LabelPredictions {
  /** The file's name in a run directory. */
  String FILE = "predictions.csv";

  /** One image. */
  interface Row {
    /**
     * Whether the image is classified correctly, in all its labels if there are several.
     *
     * @return true if all its labels are correct
     */
    boolean isRight();
  }

  /**
   * The images.
   *
   * @return one row per image
   */
  List<? extends Row> rows();

  /**
   * The number of images.
   *
   * @return the size of the test set
   */
  default int size() {
    return rows().size();
  }

  /**
   * Whether an image is classified correctly.
   *
   * @param image its position in the test set
   * @return true if all its labels are correct
   */
  default boolean isRight(int image) {
    return rows().get(image).isRight();
  }

  /**
   * Writes the file: for people the image, its true and its predicted classes by name, then the
   * numbers.
   *
   * @param run the run's directory
   * @param paths the path of each image of the test set
   * @param classNames by index
   */
  void write(Path run, IntFunction<String> paths, List<String> classNames);

  /**
   * Reads a run's file.
   *
   * @param run the run's directory
   * @param task how many labels an image has
   * @return its rows
   * @throws dev.discern.config.WorkFailed if the file is missing or damaged
   */
  static TestPredictions read(Path run, Task task) {
    return task == Task.ONE_LABEL ? Predictions.read(run) : LabelPredictions.read(run);
  }
}
