package dev.discern.train;

import dev.discern.config.Internal;

/** The lessons of a training. */
@Internal
public interface Lessons {
  /**
   * The lesson of an epoch. Called once per epoch, in order, before its first step.
   *
   * @param epoch from 0
   * @return the lesson
   */
  Lesson of(int epoch);
}
