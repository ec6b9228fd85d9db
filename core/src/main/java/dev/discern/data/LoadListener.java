package dev.discern.data;

/** Receives the progress of a long load. Called on the loading thread. */
@FunctionalInterface
public interface LoadListener {
  /** Ignores everything. */
  LoadListener NONE = (activity, done, total) -> {};

  /**
   * Called at intervals, and once at the end of each activity with {@code done == total}.
   *
   * @param activity what is being done, such as {@code downloading}
   * @param done units done: images, or bytes of a download
   * @param total the total number of units, or -1 if the source does not say
   */
  void progress(String activity, long done, long total);
}
