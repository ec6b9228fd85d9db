package dev.discern.torch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The CPU time that a container's control groups allow. Groups are nested, and the tightest one
 * holds. The JVM knows the quota too, but rounds it up: with 1.5 CPUs, two threads that wait for
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
    List<String> groups = ProcFiles.lines(root.resolve("proc/self/cgroup"));
    return ProcFiles.lines(root.resolve("proc/self/mountinfo")).stream()
        .flatMap(mount -> folders(root, mount, groups).stream())
        .map(CpuQuota::in)
        .flatMapToDouble(OptionalDouble::stream)
        .min();
  }

  // A line: 32 31 0:29 ROOT MOUNTPOINT OPTIONS - TYPE SOURCE SUPEROPTIONS
  private static List<Path> folders(Path root, String mount, List<String> groups) {
    int dash = mount.indexOf(" - ");
    String[] left = mount.substring(0, Math.max(0, dash)).split(" ", -1);
    String[] right = mount.substring(dash + 1).split(" ", -1);
    if (dash < 0 || left.length < 5 || right.length < 4) {
      return List.of();
    }
    boolean second = right[1].equals("cgroup2");
    boolean first = right[1].equals("cgroup") && has(right[3], "cpu");
    if (!first && !second) {
      return List.of();
    }
    Path top = root.resolve(left[4].substring(1));
    return upwards(top, below(left[3], group(groups, second)));
  }

  // A line: ID:CONTROLLERS:PATH, without controllers in version 2.
  private static String group(List<String> groups, boolean second) {
    for (String line : groups) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && (second ? parts[1].isEmpty() : has(parts[1], "cpu"))) {
        return parts[2];
      }
    }
    return "/";
  }

  private static boolean has(String list, String name) {
    return List.of(list.split(",", -1)).contains(name);
  }

  // A container sees its own group as the root of the mount, but may be told the host's path.
  private static String below(String mounted, String group) {
    String prefix = mounted.equals("/") ? "" : mounted;
    return group.startsWith(prefix) ? group.substring(prefix.length()) : "";
  }

  private static List<Path> upwards(Path top, String group) {
    List<Path> folders = new ArrayList<>();
    Path folder = top.resolve(group.replaceFirst("^/+", "")).normalize();
    while (folder.startsWith(top)) {
      folders.add(folder);
      folder = folder.resolveSibling("");
      if (folders.get(folders.size() - 1).equals(top)) {
        break;
      }
    }
    return folders;
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
