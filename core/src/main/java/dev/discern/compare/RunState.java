package dev.discern.compare;

/** The state of a planned run. */
public enum RunState {
  /** All epochs are trained and tested. */
  FINISHED,
  /** Its loss or weights became NaN or infinite; it would do so again. */
  DIVERGED,
  /** Something else failed; the run is retried when the comparison resumes. */
  FAILED,
  /** A control whose pair has no gain to follow. */
  IMPOSSIBLE,
  /** The run was stopped before it was done; it can be resumed. */
  STOPPED
}
