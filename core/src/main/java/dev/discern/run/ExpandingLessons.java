package dev.discern.run;

import dev.discern.config.WorkFailed;
import dev.discern.curriculum.ClassExpansion;
import dev.discern.data.ImageSet;
import dev.discern.data.Sampler;
import dev.discern.train.EvaluationListener;
import dev.discern.train.Feed;
import dev.discern.train.Lesson;
import dev.discern.train.Lessons;
import dev.discern.train.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Lessons of a class expansion. When a stage begins, confusion is measured on the unchanged
 * training images, never on others; {@code curriculum.json} records the stages, so that a run that
 * resumes within one teaches the same classes.
 */
final class ExpandingLessons implements Lessons {
  static final String FILE = "curriculum.json";

  private final ClassExpansion expansion;
  private final Session session;
  private final RunDirectory directory;
  private final int midEpochOf;

  /**
   * Prepares the lessons.
   *
   * @param start where training resumes
   */
  ExpandingLessons(
      ClassExpansion expansion, Session session, RunDirectory directory, Progress start) {
    this.midEpochOf = start.step() > 0 ? start.epoch() : -1;
    this.expansion = expansion;
    this.session = session;
    this.directory = directory;
  }

  @Override
  public Lesson of(int epoch) {
    int stage = expansion.stageOf(epoch, session.config().train().epochs());
    if (stage == 0) {
      return session.allClasses();
    }
    List<JsonNode> known = new ArrayList<>(stages());
    requireEarlierStages(stage, epoch, known.size());
    // A run that fell back to an earlier checkpoint may have records of stages that it has yet to
    // reach.
    if (known.size() < stage) {
      known.add(begin(stage, epoch, known));
      directory.writeJson(FILE, Map.of("stages", known));
    }
    return lesson(indices(known.get(stage - 1)));
  }

  // Measured again with other weights, a lost stage would teach other classes than before.
  private void requireEarlierStages(int stage, int epoch, int known) {
    boolean begins =
        expansion.stageOf(epoch - 1, session.config().train().epochs()) < stage
            && epoch != midEpochOf;
    if (known < stage - 1 || (known < stage && !begins)) {
      throw new WorkFailed(
          directory.path().resolve(FILE)
              + " records "
              + known
              + " stages, but training is in stage "
              + stage
              + ": restore that file, or start a new run.");
    }
  }

  private List<JsonNode> stages() {
    return directory
        .readJson(FILE)
        .map(file -> StreamSupport.stream(file.path("stages").spliterator(), false).toList())
        .orElse(List.of());
  }

  private JsonNode begin(int stage, int epoch, List<JsonNode> before) {
    double[] confusion = confusion();
    List<Integer> earlier = before.isEmpty() ? List.of() : indices(before.get(before.size() - 1));
    List<String> names = session.split().classNames();
    List<String> active =
        expansion.expand(earlier, confusion, stage).stream().map(names::get).toList();
    Map<String, Double> scores = new LinkedHashMap<>();
    IntStream.range(0, names.size()).forEach(k -> scores.put(names.get(k), confusion[k]));
    return RunDirectory.tree(
        Map.of("stage", stage, "epoch", epoch + 1, "classes", active, "confusion", scores));
  }

  private List<Integer> indices(JsonNode stage) {
    List<String> names = session.split().classNames();
    return StreamSupport.stream(stage.path("classes").spliterator(), false)
        .map(name -> names.indexOf(name.asString()))
        .toList();
  }

  // The mean of 1 − p_y of each class over its training images.
  private double[] confusion() {
    int classes = session.split().classNames().size();
    double[] sums = new double[classes];
    int[] counts = new int[classes];
    EvaluationListener summing =
        (batch, logProbabilities, features) -> {
          for (int i = 0; i < batch.size(); i++) {
            int label = batch.labels().requireOne()[i];
            sums[label] -= Math.expm1(logProbabilities[i * classes + label]);
            counts[label]++;
          }
        };
    var unused = session.evaluator().evaluate(session.evaluation(session.split().train()), summing);
    return IntStream.range(0, classes).mapToDouble(k -> sums[k] / counts[k]).toArray();
  }

  private Lesson lesson(List<Integer> classes) {
    Lesson all = session.allClasses();
    if (classes.size() == all.classes().size()) {
      return all;
    }
    return new Lesson(
        feed(classes),
        session.network().head().among(classes).orElseThrow(),
        session.objective().among(classes),
        classes);
  }

  private Feed feed(List<Integer> classes) {
    ImageSet train = session.split().train();
    List<Integer> images =
        IntStream.range(0, train.size())
            .filter(i -> classes.contains(train.label(i)))
            .boxed()
            .toList();
    Sampler sampler = new Sampler.Among(images, session.training().imagesPerEpoch());
    return session.feed(train, session.images().training(sampler));
  }
}
