package dev.discern.data;

/** Hears how far a long load has come. Called on the loading thread. */
@FunctionalInterface
public interface LoadListener {
  /** Hears nothing. */
  LoadListener NONE = (activity, done, total) -> {};

  /**
   * Called now and then, and once at the end of each activity with {@code done == total}.
   *
   * @param activity what is being done, such as {@code checking images}
   * @param done units done: images, or bytes of a download
   * @param total units in all, or -1 where the source does not say
   */
  void progress(String activity, long done, long total);
}
