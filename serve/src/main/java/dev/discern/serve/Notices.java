package dev.discern.serve;

/** Receives what happens to models while they are served. */
interface Notices {
  /** A new model is served under a name. */
  void reloaded(String model);

  /** A file is no longer what is served. */
  void problem(String model, String sentence);
}
