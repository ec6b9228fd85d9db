package dev.discern.compare;

import dev.discern.run.RunListener;

/** Receives the events of a comparison; with several jobs, it is called from several threads. */
public interface CompareListener {
  /**
   * Called before the comparison starts.
   *
   * @param plan all runs
   * @param done how many of them are already done
   * @param expectedSeconds the expected duration of the rest; 0 if nothing is left or the duration
   *     is unknown
   */
  default void onPlan(Plan plan, int done, double expectedSeconds) {}

  /**
   * Called when a run starts or resumes.
   *
   * @param run the run
   * @param number its position in the order of the runs, from 1
   * @return the listener for its events
   */
  default RunListener onRun(PlannedRun run, int number) {
    return new RunListener() {};
  }

  /**
   * Called when a run has ended, or was found to have ended.
   *
   * @param run the run
   * @param number its position in the order of the runs, from 1
   * @param state its outcome
   * @param note why it is not finished; else empty
   */
  default void onEnd(PlannedRun run, int number, RunState state, String note) {}
}
