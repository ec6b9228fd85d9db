package dev.discern.fetch;

/** Receives the progress of a download. Called on the fetching thread. */
@FunctionalInterface
public interface FetchListener {
  /** Ignores everything. */
  FetchListener NONE = (activity, done, total) -> {};

  /**
   * Called at intervals, and once at the end with {@code done == total}.
   *
   * @param activity what is being done, such as {@code fetching https://example.org/a.gz}
   * @param done bytes on this machine
   * @param total the file's number of bytes, or -1 if the server does not say
   */
  void progress(String activity, long done, long total);
}
