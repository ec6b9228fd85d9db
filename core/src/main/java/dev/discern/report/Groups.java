package dev.discern.report;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.head.Methods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Groups runs by method, and rejects runs that cannot be compared. */
final class Groups {
  // Keys that define a method, and keys that do not change the result.
  private static final Set<String> WITHIN =
      Set.of(
          "loss.spec",
          "optim.lrFactors",
          "optim.lrFactorsOf",
          "train.curriculum",
          "train.seed",
          "train.device",
          "data.source",
          "data.workers");
  private static final List<String> SAME =
      List.of(
          "model.name",
          "data.compose",
          "data.imageSize",
          "data.validation",
          "data.test",
          "data.splitSeed");

  private Groups() {}

  /**
   * Groups runs.
   *
   * @param runs all runs
   * @return one group per method, in order of first occurrence; runs are sorted by seed
   * @throws InvalidConfig if two runs differ in data, split or model, or have the same method and
   *     seed
   */
  static List<Group> of(List<RunRecord> runs) {
    List<RunRecord> known = runs.stream().filter(run -> run.config().isPresent()).toList();
    known.forEach(run -> requireComparable(known.get(0), run));
    Set<String> varying = varying(known);
    Map<String, List<RunRecord>> byLabel = new LinkedHashMap<>();
    for (RunRecord run : runs) {
      byLabel.computeIfAbsent(label(run, varying), label -> new ArrayList<>()).add(run);
    }
    List<Group> groups = new ArrayList<>();
    byLabel.forEach(
        (label, members) -> {
          members.sort(Comparator.comparingLong(run -> run.entry().seed()));
          requireDistinct(label, members);
          groups.add(new Group(label, List.copyOf(members)));
        });
    return groups;
  }

  private static void requireComparable(RunRecord first, RunRecord other) {
    Map<String, String> a = flat(first);
    Map<String, String> b = flat(other);
    for (String key : SAME) {
      requireSame(first, other, key, a.getOrDefault(key, ""), b.getOrDefault(key, ""));
    }
    requireSame(first, other, "the task", task(first), task(other));
    String mine = first.environment().path("dataFingerprint").asString("");
    String its = other.environment().path("dataFingerprint").asString("");
    if (!mine.isEmpty() && !its.isEmpty()) {
      requireSame(first, other, "the data fingerprint", mine, its);
    }
  }

  private static String task(RunRecord run) {
    return Methods.taskOf(run.config().orElseThrow().loss().spec()).words();
  }

  private static void requireSame(
      RunRecord first, RunRecord other, String what, String mine, String its) {
    if (!mine.equals(its)) {
      throw new InvalidConfig(
          first.entry().path()
              + " and "
              + other.entry().path()
              + " cannot be compared: "
              + what
              + " is "
              + shortened(mine)
              + " in the first, "
              + shortened(its)
              + " in the second. Leave one out.");
    }
  }

  private static String shortened(String value) {
    return value.length() > 40 ? value.substring(0, 12) + "..." : value;
  }

  private static Map<String, String> flat(RunRecord run) {
    return ConfigTree.of(run.config().orElseThrow()).flat();
  }

  // Runs started separately may differ in more than the loss, for example in the learning rate.
  // Such a key is part of the comparison and therefore of the label.
  private static Set<String> varying(List<RunRecord> runs) {
    Set<String> varying = new TreeSet<>();
    for (RunRecord run : runs) {
      Map<String, String> first = flat(runs.get(0));
      flat(run)
          .forEach(
              (key, value) -> {
                if (!WITHIN.contains(key) && !value.equals(first.get(key))) {
                  varying.add(key);
                }
              });
    }
    return varying;
  }

  private static String label(RunRecord run, Set<String> varying) {
    String method = run.entry().method();
    if (varying.isEmpty() || run.config().isEmpty()) {
      return method;
    }
    Map<String, String> flat = flat(run);
    return varying.stream()
        .map(key -> key + " " + flat.get(key))
        .collect(Collectors.joining(", ", method + ", ", ""));
  }

  private static void requireDistinct(String label, List<RunRecord> runs) {
    for (int i = 1; i < runs.size(); i++) {
      if (runs.get(i).entry().seed() == runs.get(i - 1).entry().seed()) {
        throw new InvalidConfig(
            runs.get(i - 1).entry().path()
                + " and "
                + runs.get(i).entry().path()
                + " are the same run: "
                + label
                + ", seed "
                + runs.get(i).entry().seed()
                + ". Leave one out.");
      }
    }
  }

  /** The configuration that all runs share, taken from the first run that has one. */
  static RunConfig shared(List<Group> groups) {
    return groups.stream()
        .flatMap(group -> group.runs().stream())
        .flatMap(run -> run.config().stream())
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidConfig(
                    "None of these runs has started, so there is nothing to report."));
  }
}
