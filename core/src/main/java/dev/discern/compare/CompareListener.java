package dev.discern.compare;

import dev.discern.run.RunListener;

/** Receives the events of a comparison; with several jobs, from several threads. */
public interface CompareListener {
  /**
   * What will be done, before it is begun.
   *
   * @param plan all runs
   * @param done how many of them are there already
   * @param expectedSeconds for the rest; 0 where nothing is left, or nothing can be told
   */
  default void onPlan(Plan plan, int done, double expectedSeconds) {}

  /**
   * A run starts or resumes.
   *
   * @param run which
   * @param number its place in the order in which runs are made, from 1
   * @return told what happens in it
   */
  default RunListener onRun(PlannedRun run, int number) {
    return new RunListener() {};
  }

  /**
   * A run has ended, or was found ended.
   *
   * @param run which
   * @param number its place in the order in which runs are made, from 1
   * @param state how
   * @param note why, where it is not finished; else empty
   */
  default void onEnd(PlannedRun run, int number, RunState state, String note) {}
}
