package dev.discern.train;

import dev.discern.config.Internal;

/** What is taught when. */
@Internal
public interface Lessons {
  /**
   * The lesson of an epoch, asked for once before its first step, in order.
   *
   * @param epoch from 0
   * @return what it teaches
   */
  Lesson of(int epoch);
}
