package dev.discern.run;

import dev.discern.train.Progress;
import dev.discern.train.TrainListener;

/** Told what happens in a run, for a person to follow it. */
public interface RunListener extends TrainListener {
  /**
   * Everything is ready; the first step comes next.
   *
   * @param session what was built
   * @param start where training goes on from
   */
  default void onStart(Session session, Progress start) {}

  /**
   * Something that the user should know.
   *
   * @param sentence one line
   */
  default void onNote(String sentence) {}
}
