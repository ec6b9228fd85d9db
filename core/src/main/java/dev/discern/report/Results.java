package dev.discern.report;

import dev.discern.report.Score.Figure;
import dev.discern.stats.Holm;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of a comparison: per method, per pair of methods, and as sentences. They are computed
 * once and written to {@code results.json}, {@code results.csv} and the page.
 *
 * @param groups the methods
 * @param pairs the pairs of methods, paired by seed
 * @param holm the p-values of the t-tests after Holm's correction over all pairs; null for pairs
 *     without a test
 */
record Results(List<Group> groups, List<PairResult> pairs, List<@Nullable Double> holm) {
  static Results of(List<Group> groups) {
    List<PairResult> pairs = PairResult.all(groups);
    double[] raw =
        pairs.stream()
            .map(PairResult::tTestP)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    double[] adjusted = raw.length == 0 ? raw : Holm.adjust(raw);
    List<@Nullable Double> holm = new ArrayList<>();
    int next = 0;
    for (PairResult pair : pairs) {
      holm.add(pair.tTestP() == null ? null : (Double) adjusted[next++]);
    }
    return new Results(groups, pairs, holm);
  }

  /** The score by which the methods are judged; they share their data and therefore their task. */
  Score score() {
    return groups.get(0).score();
  }

  ObjectNode verdict() {
    ObjectNode node = Json.object().put("headline", Verdict.headline(groups, pairs, holm));
    if (answersTheFirstPair()) {
      node.put("detail", Verdict.detail(pairs.get(0), holm.get(0)));
    }
    ArrayNode sentences = node.putArray("sentences");
    for (int i = 0; i < pairs.size(); i++) {
      sentences.add(Verdict.sentence(pairs.get(i), holm.get(i)));
    }
    ArrayNode warnings = node.putArray("warnings");
    Verdict.warnings(groups, pairs).forEach(warnings::add);
    return node;
  }

  // Without a common seed, the first pair of methods is not the first of those compared.
  private boolean answersTheFirstPair() {
    return !pairs.isEmpty()
        && pairs.get(0).a().label().equals(groups.get(0).label())
        && pairs.get(0).b().label().equals(groups.get(1).label());
  }

  /** One object per method: its runs and its figures. */
  ArrayNode methods() {
    ArrayNode methods = Json.array();
    for (Group group : groups) {
      ObjectNode node =
          methods.addObject().put("name", group.label()).put("control", group.isControl());
      ArrayNode runs = node.putArray("runs");
      group.runs().forEach(run -> runs.add(run(run)));
      if (group.finished().isEmpty()) {
        node.putNull("figures");
      } else {
        ObjectNode figures = node.putObject("figures");
        for (Figure figure : score().figures()) {
          figures.set(figure.key(), Json.summary(group.figures(figure.pointer())));
        }
      }
    }
    return methods;
  }

  private ObjectNode run(RunRecord run) {
    ObjectNode node =
        Json.object()
            .put("seed", run.entry().seed())
            .put("path", run.entry().path().toString())
            .put("state", run.state())
            .put("note", run.note());
    Json.put(
        node,
        score().key(),
        run.isFinished() ? (Double) run.result().at(score().pointer()).asDouble() : null);
    return node;
  }

  /** One object per pair of methods. */
  ArrayNode pairNodes() {
    ArrayNode nodes = Json.array();
    for (int i = 0; i < pairs.size(); i++) {
      PairResult pair = pairs.get(i);
      ObjectNode node =
          nodes
              .addObject()
              .put("a", pair.a().label())
              .put("b", pair.b().label())
              .put("n", pair.seeds().size());
      ObjectNode score =
          node.putObject(score().key()).put("difference", pair.score().difference().mean());
      Json.put(score, "sd", pair.score().difference().sd());
      Json.put(score, "low", "high", pair.score().difference().interval());
      Json.put(score, "bootstrapLow", "bootstrapHigh", pair.score().bootstrap());
      Json.put(score, "tTest", pair.tTestP());
      Json.put(score, "wilcoxon", pair.score().wilcoxonP());
      Json.put(score, "holm", holm.get(i));
      Json.put(score, "dz", pair.score().effectSize());
      Json.put(score, "detectable", pair.score().detectable());
      score
          .putObject("mcnemar")
          .put("onlyA", pair.mcNemar().onlyFirstRight())
          .put("onlyB", pair.mcNemar().onlySecondRight())
          .put("p", pair.mcNemar().p());
      node.put("verdict", Verdict.finding(pair, holm.get(i)).words());
      node.put("sentence", Verdict.sentence(pair, holm.get(i)));
    }
    return nodes;
  }

  /** One record per run: method, seed, state and figures. */
  List<List<String>> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        Stream.concat(
                Stream.of("method", "seed", "state"), score().figures().stream().map(Figure::key))
            .toList());
    for (Group group : groups) {
      for (RunRecord run : group.runs()) {
        List<String> row = new ArrayList<>();
        row.add(group.label());
        row.add(Long.toString(run.entry().seed()));
        row.add(run.state());
        for (Figure figure : score().figures()) {
          row.add(run.isFinished() ? run.result().at(figure.pointer()).asString() : "");
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
