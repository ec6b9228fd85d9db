package dev.discern.cli;

/** How much a command says beside its results and failures. */
enum Verbosity {
  /** Nothing. */
  QUIET,
  /** Progress and notes. */
  NORMAL,
  /** Also versions, how long each activity took, and frequent lines where nothing can move. */
  VERBOSE
}
