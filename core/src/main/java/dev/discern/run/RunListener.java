package dev.discern.run;

import dev.discern.train.TrainListener;

/** Receives what happens in a run, as numbers and sentences for a person who follows it. */
public interface RunListener extends TrainListener {
  /**
   * Something before training takes a while, such as a download.
   *
   * @param activity what is being done, such as {@code downloading}
   * @param done units done: images, or bytes
   * @param total units in all, or -1 where that is unknown
   */
  default void onLoad(String activity, long done, long total) {}

  /**
   * Everything is ready; the first step comes next.
   *
   * @param start what will be trained
   */
  default void onStart(RunStart start) {}

  /**
   * Something that the user should know.
   *
   * @param sentence one line
   */
  default void onNote(String sentence) {}
}
