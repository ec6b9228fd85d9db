package dev.discern.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A made-up Linux machine: the files in which it describes itself, below some folder. */
record Machine(Path root) {
  Machine write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
    return this;
  }

  Machine affinity(String list) throws IOException {
    return write("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t" + list + "\n");
  }

  Machine siblings(int cpu, String list) throws IOException {
    String folder = "sys/devices/system/cpu/cpu" + cpu + "/topology/";
    return write(folder + "thread_siblings_list", list + "\n");
  }

  /** Each processor's ticks: of users, of niced processes, and idle. */
  Machine processors(int[]... ticks) throws IOException {
    StringBuilder text = new StringBuilder("cpu  1 2 3 4 5 6 7 8 0 0\n");
    for (int cpu = 0; cpu < ticks.length; cpu++) {
      int[] own = ticks[cpu];
      text.append(String.format("cpu%d %d %d 0 %d 0 0 0 0 0 0%n", cpu, own[0], own[1], own[2]));
    }
    return write("proc/stat", text + "intr 1 2 3\n");
  }

  /** A process's ticks, in user and system mode, and its niceness. */
  Machine process(String id, int user, int system, int nice) throws IOException {
    return write(
        "proc/" + id + "/stat",
        String.format(
            "7 (a (b) c) S 1 7 7 0 -1 4194560 9 0 0 0 %d %d 0 0 20 %d 30 0 99%n",
            user, system, nice));
  }
}
