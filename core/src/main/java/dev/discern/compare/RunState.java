package dev.discern.compare;

/** How a planned run stands. */
public enum RunState {
  /** All epochs are trained and tested. */
  FINISHED,
  /** Its loss or weights became NaN or infinite; it would do so again. */
  DIVERGED,
  /** Something else went wrong; it is tried again when the comparison goes on. */
  FAILED,
  /** A control whose pair has no gain to follow. */
  IMPOSSIBLE,
  /** Asked to stop before it was done; it goes on later. */
  STOPPED
}
