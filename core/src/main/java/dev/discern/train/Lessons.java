package dev.discern.train;

/** What is taught when. */
public interface Lessons {
  /**
   * The lesson of an epoch, asked for once before its first step, in order.
   *
   * @param epoch from 0
   * @return what it teaches
   */
  Lesson of(int epoch);
}
