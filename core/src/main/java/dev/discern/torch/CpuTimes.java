package dev.discern.torch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * CPU time used until now, in the kernel's ticks. Two of these show how many cores other processes
 * kept busy between them, without a clock.
 *
 * @param elapsed ticks that passed on each processor
 * @param busy ticks that were used on all processors together
 * @param own ticks of this process
 * @param neighbors ticks of other trainings, by process id
 */
record CpuTimes(double elapsed, double busy, double own, Map<Long, Double> neighbors) {
  // Fields of a line of /proc/stat, after the processor's name. Guests are part of user time.
  private static final int USER = 0;
  private static final int NICE = 1;
  private static final int IDLE = 3;
  private static final int IOWAIT = 4;
  private static final int STEAL = 7;

  // Fields of /proc/PID/stat, after the name in parentheses.
  private static final int PROCESS_USER = 11;
  private static final int PROCESS_SYSTEM = 12;
  private static final int PROCESS_NICE = 16;

  /**
   * Reads the current times.
   *
   * @param root the root of the file system
   * @param cpus the processors to look at; all if empty
   * @param neighbors ids of the other trainings, whose time is counted separately
   * @return the times; all 0 if the system reports none
   */
  static CpuTimes of(Path root, SortedSet<Integer> cpus, List<Long> neighbors) {
    double[] self = process(root, "self");
    // Niced processes leave a core to others, unless these are niced too.
    boolean niced = self[PROCESS_NICE] > 0;
    double elapsed = 0;
    double busy = 0;
    int seen = 0;
    for (String line : ProcFiles.lines(root.resolve("proc/stat"))) {
      if (isOneOf(cpus, line)) {
        double[] ticks = numbers(line.substring(line.indexOf(' ')));
        double all = 0;
        for (int field = USER; field <= STEAL && field < ticks.length; field++) {
          all += ticks[field];
        }
        elapsed += all;
        busy += all - ticks[IDLE] - ticks[IOWAIT] - (niced ? 0 : ticks[NICE]);
        seen++;
      }
    }
    Map<Long, Double> others = new HashMap<>();
    for (long id : neighbors) {
      double[] other = process(root, Long.toString(id));
      // What is not counted as busy must not be taken off again.
      others.put(id, niced || other[PROCESS_NICE] <= 0 ? used(other) : 0);
    }
    return new CpuTimes(elapsed / Math.max(1, seen), busy, used(self), others);
  }

  /**
   * The cores that processes other than this and its neighbors kept busy since then.
   *
   * @param before earlier times
   * @return 0 or more; 0 where no time passed
   */
  double busySince(CpuTimes before) {
    double window = elapsed - before.elapsed;
    if (!(window > 0)) {
      return 0;
    }
    double used = busy - before.busy - (own - before.own);
    for (Map.Entry<Long, Double> neighbor : neighbors.entrySet()) {
      // A process that was not there before has started since.
      used -= neighbor.getValue() - before.neighbors.getOrDefault(neighbor.getKey(), 0.0);
    }
    return Math.max(0, used / window);
  }

  private static boolean isOneOf(SortedSet<Integer> cpus, String line) {
    if (!line.matches("cpu\\d{1,6}( +\\d+){5,}")) {
      return false;
    }
    int number = Integer.parseInt(line.substring(3, line.indexOf(' ')));
    return cpus.isEmpty() || cpus.contains(number);
  }

  private static double used(double[] process) {
    return process[PROCESS_USER] + process[PROCESS_SYSTEM];
  }

  // A process's name may hold spaces and parentheses.
  private static double[] process(Path root, String id) {
    String line = ProcFiles.firstLine(root.resolve("proc").resolve(id).resolve("stat"));
    String fields = line.substring(line.lastIndexOf(')') + 1).strip();
    int space = fields.indexOf(' ');
    double[] numbers = space < 0 ? new double[0] : numbers("0" + fields.substring(space));
    return numbers.length > PROCESS_NICE ? numbers : new double[PROCESS_NICE + 1];
  }

  private static double[] numbers(String text) {
    return List.of(text.strip().split(" +", -1)).stream()
        .mapToDouble(part -> part.matches("-?\\d+") ? Double.parseDouble(part) : 0)
        .toArray();
  }
}
