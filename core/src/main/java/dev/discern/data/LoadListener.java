package dev.discern.data;

/** Receives how far a long load is. Called on the loading thread. */
@FunctionalInterface
public interface LoadListener {
  /** Ignores everything. */
  LoadListener NONE = (activity, done, total) -> {};

  /**
   * Called now and then, and once at the end of each activity with {@code done == total}.
   *
   * @param activity what is being done, such as {@code downloading}
   * @param done units done: images, or bytes of a download
   * @param total units in all, or -1 where the source does not say
   */
  void progress(String activity, long done, long total);
}
