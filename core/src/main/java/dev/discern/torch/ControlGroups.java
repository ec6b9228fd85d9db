package dev.discern.torch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The control groups of this process, version 1 or 2. Groups are nested, and the tightest limit
 * applies.
 */
final class ControlGroups {
  private ControlGroups() {}

  /**
   * The folders that describe this process's groups.
   *
   * @param root the root of the file system
   * @param controller such as {@code cpu} or {@code memory}
   * @return the folders, innermost first; none where the system has no such groups
   */
  static List<Path> folders(Path root, String controller) {
    List<String> groups = ProcFiles.lines(root.resolve("proc/self/cgroup"));
    return ProcFiles.lines(root.resolve("proc/self/mountinfo")).stream()
        .flatMap(mount -> folders(root, mount, groups, controller).stream())
        .toList();
  }

  // A line: 32 31 0:29 ROOT MOUNTPOINT OPTIONS - TYPE SOURCE SUPEROPTIONS
  private static List<Path> folders(
      Path root, String mount, List<String> groups, String controller) {
    int dash = mount.indexOf(" - ");
    String[] left = mount.substring(0, Math.max(0, dash)).split(" ", -1);
    String[] right = mount.substring(dash + 1).split(" ", -1);
    if (dash < 0 || left.length < 5 || right.length < 4) {
      return List.of();
    }
    boolean second = right[1].equals("cgroup2");
    boolean first = right[1].equals("cgroup") && has(right[3], controller);
    if (!first && !second) {
      return List.of();
    }
    Path top = root.resolve(left[4].substring(1));
    return upwards(top, below(left[3], group(groups, second, controller)));
  }

  // A line: ID:CONTROLLERS:PATH, without controllers in version 2.
  private static String group(List<String> groups, boolean second, String controller) {
    for (String line : groups) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && (second ? parts[1].isEmpty() : has(parts[1], controller))) {
        return parts[2];
      }
    }
    return "/";
  }

  private static boolean has(String list, String name) {
    return List.of(list.split(",", -1)).contains(name);
  }

  // A container sees its own group as the root of the mount, but may see the host's path.
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
}
