package dev.discern.torch;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The cores that this process may use.
 *
 * <p>Cores are physical ones: two logical processors of one core share its multipliers, so that a
 * second thread there adds barriers but little arithmetic.
 *
 * @param cpus the numbers of the logical processors that the affinity allows; empty if unknown
 * @param physical their physical cores, at least 1
 * @param quota CPUs' worth of time that control groups allow; empty if there is no limit
 */
record Cores(SortedSet<Integer> cpus, int physical, OptionalDouble quota) {
  /**
   * Reads the cores of this process.
   *
   * @param root the root of the file system, where Linux describes itself
   * @param available the logical processors that the JVM counts, where Linux says nothing
   */
  static Cores of(Path root, int available) {
    SortedSet<Integer> cpus = allowed(root);
    int physical = cpus.isEmpty() ? available : Math.min(available, physical(root, cpus));
    return new Cores(cpus, Math.max(1, physical), CpuQuota.of(root));
  }

  /** The cores to use if no other process is busy; a fraction of a core does not count. */
  int limit() {
    double most = Math.min(physical, quota.orElse(physical));
    return Math.max(1, (int) Math.floor(most));
  }

  private static SortedSet<Integer> allowed(Path root) {
    for (String line : ProcFiles.lines(root.resolve("proc/self/status"))) {
      if (line.startsWith("Cpus_allowed_list:")) {
        return ProcFiles.numbers(line.substring(line.indexOf(':') + 1));
      }
    }
    return new TreeSet<>();
  }

  private static int physical(Path root, SortedSet<Integer> cpus) {
    return (int)
        cpus.stream()
            .map(
                cpu -> {
                  String siblings =
                      ProcFiles.firstLine(
                          root.resolve("sys/devices/system/cpu/cpu" + cpu)
                              .resolve("topology/thread_siblings_list"));
                  return siblings.isEmpty() ? cpu.toString() : siblings;
                })
            .distinct()
            .count();
  }
}
