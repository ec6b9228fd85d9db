package dev.discern.torch;

import dev.discern.config.InvalidConfig;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Controls how many threads one operation of the engine uses.
 *
 * <p>Every operation ends with a barrier at which all its threads meet. If they outnumber the free
 * cores, each barrier waits until the scheduler has run every thread, and training becomes many
 * times slower than on one thread.
 *
 * <p>Sums, and so the last bits of results, depend on the number of threads: a run records it, and
 * a resumed run uses the same number.
 */
public final class Threads {
  /** The configuration value that leaves the number to {@link #choose}. */
  public static final String AUTO = "auto";

  private static final int MOST = 1024;
  private static final long WINDOW_MILLIS = 250;

  private static @Nullable CoreClaim current;
  private static int claims;
  private static long claimedNanos;
  private static int decided;
  private static int jobs = 1;

  private Threads() {}

  /**
   * This process's claim while it trains or is about to train. The first claim in a process
   * registers it.
   */
  public static final class Claim implements AutoCloseable {
    private boolean open = true;

    private Claim() {}

    /** Frees the cores, unless another part of this process still claims them. */
    @Override
    public void close() {
      release(this);
    }
  }

  /**
   * Announces that this process is about to train. Call this as early as possible, before the
   * engine is loaded: trainings that start at the same moment then know of each other, and there is
   * time to see which cores are busy. Claims may be nested; other processes see all claims of a
   * process as one.
   *
   * @return the claim, for the caller to close when training has ended
   */
  public static synchronized Claim claim() {
    if (current == null) {
      int available = Runtime.getRuntime().availableProcessors();
      current = new CoreClaim(Path.of("/"), Neighbors.folder(), available);
      claimedNanos = System.nanoTime();
    }
    claims++;
    return new Claim();
  }

  private static synchronized void release(Claim claim) {
    if (!claim.open) {
      return;
    }
    claim.open = false;
    claims--;
    if (claims == 0 && current != null) {
      current.close();
      current = null;
      decided = 0;
      jobs = 1;
    }
  }

  /**
   * Resolves a configured number.
   *
   * <p>{@code auto} is {@code OMP_NUM_THREADS} if the user has set it. Otherwise it is the number
   * of physical cores that affinity and container quotas allow, less those that other processes
   * keep busy and those that other trainings of this user hold, and shared with trainings that are
   * starting at this moment; at least 1. It is decided once per claim. Jobs that {@link #share} a
   * process get their part of it. Several trainings in one process that do not share must set a
   * number.
   *
   * @param asked {@code auto} or a whole number from 1 to 1,024
   * @return the threads to use
   * @throws InvalidConfig if it is neither
   */
  public static int choose(String asked) {
    if (!asked.equals(AUTO)) {
      return number(asked);
    }
    try (Claim claim = claim()) {
      return Math.max(1, auto() / jobs);
    }
  }

  /**
   * Checks the spelling only.
   *
   * @param asked {@code auto} or a whole number from 1 to 1,024
   * @return the same text
   * @throws InvalidConfig if it is neither
   */
  public static String requireValid(String asked) {
    return asked.equals(AUTO) ? asked : Integer.toString(number(asked));
  }

  private static int number(String asked) {
    if (asked.matches("\\d{1,4}")) {
      int number = Integer.parseInt(asked);
      if (number >= 1 && number <= MOST) {
        return number;
      }
    }
    throw new InvalidConfig(
        "The number of threads is '"
            + asked
            + "', but it must be auto or a whole number from 1 to "
            + MOST
            + ".");
  }

  private static synchronized int auto() {
    CoreClaim claim = current;
    if (decided == 0 && claim != null) {
      decided = fromEnvironment(System.getenv("OMP_NUM_THREADS"));
      if (decided == 0) {
        awaitWindow();
        decided = claim.choose();
      }
      claim.hold(decided);
    }
    return decided;
  }

  /**
   * The user's number, or 0. A launcher that sets the variable itself passes the user's number in
   * the property.
   */
  static int fromEnvironment(@Nullable String variable) {
    String asked = System.getProperty("discern.threads", variable == null ? "" : variable);
    String first = asked.split(",", 2)[0].strip();
    return first.matches("\\d{1,4}") ? Math.min(MOST, Integer.parseInt(first)) : 0;
  }

  // Loading the engine takes longer, so this rarely waits.
  private static void awaitWindow() {
    long past = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - claimedNanos);
    if (past < WINDOW_MILLIS) {
      try {
        Thread.sleep(WINDOW_MILLIS - past);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Sets the number for operations that the calling thread starts, and reports it to other
   * trainings.
   *
   * @param threads at least 1
   */
  public static void use(int threads) {
    Natives.load();
    int some = Math.max(1, threads);
    torch.set_num_threads(some);
    synchronized (Threads.class) {
      if (decided == 0 && current != null) {
        decided = some;
        current.hold(some);
      }
    }
  }

  /**
   * Divides threads among jobs that run at once in this process: sets the calling thread's part,
   * which {@code auto} then resolves to.
   *
   * @param jobs how many run at once, at least 1
   * @param all the total number of threads
   */
  public static void share(int jobs, int all) {
    synchronized (Threads.class) {
      if (current != null) {
        Threads.jobs = Math.max(1, jobs);
        decided = all;
        current.hold(all);
      }
    }
    use(all / Math.max(1, jobs));
  }

  /**
   * The number of threads for operations that the calling thread starts.
   *
   * @return at least 1
   */
  public static int count() {
    Natives.load();
    return torch.get_num_threads();
  }
}
