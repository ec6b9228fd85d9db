package dev.discern.torch;

import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * The CPU time that a container's control groups allow. Groups are nested, and the tightest limit
 * applies. The JVM knows the quota too, but rounds it up: with 1.5 CPUs, two threads that wait for
 * each other are slower than one.
 */
final class CpuQuota {
  private CpuQuota() {}

  /**
   * Reads the quota of this process, from control groups of version 1 or 2.
   *
   * @param root the root of the file system
   * @return the CPUs' worth of time, above 0; empty if there is no limit
   */
  static OptionalDouble of(Path root) {
    return ControlGroups.folders(root, "cpu").stream()
        .map(CpuQuota::in)
        .flatMapToDouble(OptionalDouble::stream)
        .min();
  }

  private static OptionalDouble in(Path folder) {
    String[] both = ProcFiles.firstLine(folder.resolve("cpu.max")).split(" ", -1);
    return both.length == 2
        ? ratio(both[0], both[1])
        : ratio(
            ProcFiles.firstLine(folder.resolve("cpu.cfs_quota_us")),
            ProcFiles.firstLine(folder.resolve("cpu.cfs_period_us")));
  }

  // "max" and -1 mean that there is no limit.
  private static OptionalDouble ratio(String quota, String period) {
    if (!quota.matches("\\d{1,15}") || !period.matches("\\d{1,15}")) {
      return OptionalDouble.empty();
    }
    double cpus = Double.parseDouble(quota) / Double.parseDouble(period);
    return cpus > 0 && Double.isFinite(cpus) ? OptionalDouble.of(cpus) : OptionalDouble.empty();
  }
}
