package dev.discern.torch;

import org.bytedeco.pytorch.global.torch;

/** How many threads one operation of the engine may use. */
public final class Threads {
  private Threads() {}

  /**
   * Shares the engine's threads among jobs that run at once. Holds for operations started from the
   * calling thread; sums, and so the last bits of results, depend on it.
   *
   * @param jobs how many run at once, at least 1
   * @param all the threads there are
   */
  public static void share(int jobs, int all) {
    Natives.load();
    torch.set_num_threads(Math.max(1, all / jobs));
  }

  /**
   * The threads in use.
   *
   * @return at least 1
   */
  public static int count() {
    Natives.load();
    return torch.get_num_threads();
  }
}
