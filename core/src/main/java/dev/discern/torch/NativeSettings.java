package dev.discern.torch;

import dev.discern.config.WorkFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a process that affect the speed and the memory of training. {@link Natives} changes
 * some of them at run time; the allocator reads its own when the process starts, so a library can
 * only report them.
 */
public final class NativeSettings {
  private static final String BLAS_THREADS = "OPENBLAS_NUM_THREADS";
  private static final List<String> LIMITS =
      List.of("org.bytedeco.javacpp.maxBytes", "org.bytedeco.javacpp.maxPhysicalBytes");
  private static final List<String> ALLOCATOR =
      List.of(
          "MALLOC_ARENA_MAX",
          "MALLOC_MMAP_THRESHOLD_",
          "MALLOC_TRIM_THRESHOLD_",
          "MALLOC_TOP_PAD_");

  private NativeSettings() {}

  /** Lifts JavaCPP's limits, which derive from the Java heap: tensors live outside it. */
  static void beforeLoading() {
    for (String limit : LIMITS) {
      if (System.getProperty(limit) == null) {
        System.setProperty(limit, "0");
      }
    }
  }

  /**
   * Limits OpenBLAS to one thread unless the user sets another number: its threads compete with the
   * engine's.
   */
  static void afterLoading() {
    if (!System.getenv().containsKey(BLAS_THREADS)) {
      openblas_nolapack.blas_set_num_threads(1);
    }
  }

  /**
   * Settings that slow this process down or may end it.
   *
   * @return a sentence for each setting that is missing; empty where all is well
   */
  public static List<String> advice() {
    return advice(System.getProperty("os.name", ""), System.getenv(), Pointer.maxPhysicalBytes());
  }

  /** The same for a process with the given system, environment and JavaCPP limit in bytes. */
  static List<String> advice(String os, Map<String, String> environment, long limit) {
    List<String> advice = new ArrayList<>();
    List<String> missing =
        ALLOCATOR.stream().filter(name -> !environment.containsKey(name)).toList();
    if (os.startsWith("Linux") && preloaded(environment) == null && !missing.isEmpty()) {
      advice.add(
          "The memory allocator is not tuned for training, which can slow it by 15 %: preload"
              + " tcmalloc (LD_PRELOAD), or set "
              + String.join(", ", missing)
              + " as docs/memory.md says.");
    }
    if (limit > 0) {
      advice.add(
          String.format(
              Locale.ROOT,
              "JavaCPP ends the work once this process takes %,d MB: start Java with"
                  + " -Dorg.bytedeco.javacpp.maxPhysicalBytes=0.",
              limit >> 20));
    }
    return advice;
  }

  /**
   * Explains an error of JavaCPP, which counts the memory of the whole process against a limit.
   *
   * @param error any lack of memory
   * @return a failure that names the setting, if it is JavaCPP's limit
   */
  public static Optional<WorkFailed> explained(OutOfMemoryError error) {
    String message = String.valueOf(error.getMessage());
    return LIMITS.stream()
        .filter(limit -> message.contains(limit.substring(limit.lastIndexOf('.') + 1)))
        .findFirst()
        .map(
            limit ->
                new WorkFailed(
                    "JavaCPP ended the work, because a limit was set before Discern could lift it ("
                        + message
                        + "): start Java with -D"
                        + limit
                        + "=0.",
                    error));
  }

  /**
   * The allocator of this process.
   *
   * @return a short description
   */
  public static String allocator() {
    return allocator(System.getenv());
  }

  static String allocator(Map<String, String> environment) {
    String preloaded = preloaded(environment);
    if (preloaded != null) {
      return preloaded;
    }
    long set = ALLOCATOR.stream().filter(environment::containsKey).count();
    return "the system's, "
        + (set == ALLOCATOR.size() ? "tuned" : set == 0 ? "not tuned" : "tuned in part");
  }

  private static @Nullable String preloaded(Map<String, String> environment) {
    String preload = environment.getOrDefault("LD_PRELOAD", "");
    for (String known : List.of("tcmalloc", "jemalloc", "mimalloc")) {
      if (preload.contains(known)) {
        return known;
      }
    }
    return null;
  }

  /**
   * The number of OpenBLAS threads.
   *
   * @return at least 1
   */
  public static int blasThreads() {
    Natives.load();
    return openblas_nolapack.blas_get_num_threads();
  }
}
