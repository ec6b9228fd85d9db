package dev.discern.run;

import dev.discern.train.TrainListener;

/** Receives the events of a run, as numbers and sentences for its user. */
public interface RunListener extends TrainListener {
  /**
   * Reports progress of a long activity before training, such as a download.
   *
   * @param activity what is being done, such as {@code downloading}
   * @param done units done: images, or bytes
   * @param total the total number of units, or -1 if unknown
   */
  default void onLoad(String activity, long done, long total) {}

  /**
   * Called when everything is ready, before the first step.
   *
   * @param start what will be trained
   */
  default void onStart(RunStart start) {}

  /**
   * Reports something that the user should know.
   *
   * @param sentence one line
   */
  default void onNote(String sentence) {}
}
