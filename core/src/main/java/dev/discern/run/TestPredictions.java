package dev.discern.run;

import dev.discern.config.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a run's last weights say of each test image, in the order of the test set: {@code
 * predictions.csv}. With it figures of several runs can be paired image by image.
 */
public sealed interface TestPredictions permits Predictions, LabelPredictions {
  /** The file's name in a run directory. */
  String FILE = "predictions.csv";

  /** One image. */
  interface Row {
    /**
     * Whether the image is classified rightly, in all its labels if there are several.
     *
     * @return true if nothing is wrong with it
     */
    boolean isRight();
  }

  /**
   * The images.
   *
   * @return one row each
   */
  List<? extends Row> rows();

  /**
   * The number of images.
   *
   * @return those of the test set
   */
  default int size() {
    return rows().size();
  }

  /**
   * Whether an image is classified rightly.
   *
   * @param image its place in the test set
   * @return true if nothing is wrong with it
   */
  default boolean isRight(int image) {
    return rows().get(image).isRight();
  }

  /**
   * Writes the file: for people the image, its true and its predicted classes by name, then the
   * numbers.
   *
   * @param run the run's directory
   * @param paths says which image one of the test set is
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
