package dev.discern.report;

import dev.discern.config.Task;
import dev.discern.run.LabelPredictions;
import dev.discern.run.Predictions;
import dev.discern.run.Predictions.Row;
import dev.discern.run.TestPredictions;
import dev.discern.stats.McNemar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Whether a method has learned anything: whether it beats a constant prediction, and which classes
 * it never predicts.
 */
final class Usefulness {
  private static final double LEVEL = 0.05;
  private static final int MOST_NAMED = 5;

  private final Group group;
  private final String subject;

  /**
   * Prepares to judge a method.
   *
   * @param group the runs of the method, at least one of which is finished
   * @param subject what the sentences are about
   */
  Usefulness(Group group, String subject) {
    this.group = group;
    this.subject = subject;
  }

  /** What is wrong, one sentence each; none for a useful method. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (group.score().task() == Task.ONE_LABEL && uselessRuns() > 0) {
      warnings.add(constantSentence());
    }
    Set<Integer> never = neverPredicted();
    if (!never.isEmpty()) {
      warnings.add(neverSentence(never));
    }
    return warnings;
  }

  /** In words, if no run is better than a constant prediction. */
  Optional<String> uselessness() {
    return group.score().task() == Task.ONE_LABEL && uselessRuns() == group.finished().size()
        ? Optional.of("no better than always saying " + name(constant().label()))
        : Optional.empty();
  }

  /** The most frequent class of the test images: the best constant prediction. */
  private record Constant(int label, long images) {
    /** Whether a network is right more often, by McNemar's exact test. */
    boolean isBeatenBy(Predictions network) {
      long onlyNetwork = 0;
      long onlyThis = 0;
      for (Row row : network.rows()) {
        onlyNetwork += row.isRight() && row.label() != label ? 1 : 0;
        onlyThis += !row.isRight() && row.label() == label ? 1 : 0;
      }
      return onlyNetwork > onlyThis && McNemar.of(onlyThis, onlyNetwork).p() < LEVEL;
    }
  }

  private Constant constant() {
    return group.predictions().get(0).rows().stream()
        .collect(Collectors.groupingBy(Row::label, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> new Constant(entry.getKey(), entry.getValue()))
        .reduce((a, b) -> b.images() > a.images() ? b : a)
        .orElseThrow();
  }

  private long uselessRuns() {
    Constant constant = constant();
    return group.predictions().stream().filter(run -> !constant.isBeatenBy(run)).count();
  }

  private String constantSentence() {
    Constant constant = constant();
    int runs = group.finished().size();
    return String.format(
        Locale.ROOT,
        "%s is no better than always saying %s, which is right for %.1f %% of the test images%s"
            + " (McNemar's test at 5 %%).",
        subject,
        name(constant.label()),
        100.0 * constant.images() / group.predictions().get(0).size(),
        runs == 1 ? "" : ", in " + uselessRuns() + " of " + runs + " runs");
  }

  /** The classes that test images have and no run predicts, by index. */
  private Set<Integer> neverPredicted() {
    Set<Integer> never = new TreeSet<>();
    Set<Integer> predicted = new HashSet<>();
    for (RunRecord run : group.finished()) {
      for (TestPredictions.Row row : run.requirePredictions().rows()) {
        never.addAll(labels(row));
        predicted.addAll(predictions(row));
      }
    }
    never.removeAll(predicted);
    return never;
  }

  private String neverSentence(Set<Integer> never) {
    List<? extends TestPredictions.Row> rows = group.finished().get(0).requirePredictions().rows();
    long images =
        rows.stream().filter(row -> labels(row).stream().anyMatch(never::contains)).count();
    List<String> names = never.stream().limit(MOST_NAMED).map(this::name).toList();
    int more = never.size() - names.size();
    return String.format(
        Locale.ROOT,
        "%s never predicts %s: %,d of the %,d test images.",
        subject,
        joined(names, more),
        images,
        rows.size());
  }

  private static String joined(List<String> names, int more) {
    if (more > 0) {
      return String.join(", ", names)
          + " and "
          + more
          + " other "
          + (more == 1 ? "class" : "classes");
    }
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static Collection<Integer> labels(TestPredictions.Row row) {
    return row instanceof Row one ? List.of(one.label()) : ((LabelPredictions.Row) row).labels();
  }

  private static Collection<Integer> predictions(TestPredictions.Row row) {
    return row instanceof Row one
        ? List.of(one.predicted())
        : ((LabelPredictions.Row) row).predicted();
  }

  private String name(int label) {
    JsonNode names = group.finished().get(0).environment().path("classes");
    return "“" + names.path(label).asString("class " + label) + "”";
  }
}
