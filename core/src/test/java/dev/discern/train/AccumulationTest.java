package dev.discern.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.data.Batch;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several batches per step equal one large batch. */
class AccumulationTest {
  private static final int IMAGES = 24;
  private static final double RATE = 0.5;
  private static final float ROUNDING = 2e-6f;

  private record Trained(Map<String, float[]> weights, List<Update.Made> made) {}

  // Each step takes its own images, so that a batch that is read twice or lost is noticed.
  private static Trained train(
      String method, float[] classWeights, double clipNorm, int batchSize, int steps) {
    int accumulate = IMAGES / steps / batchSize;
    try (Scope scope = new Scope();
        TinyNetwork tiny = TinyNetwork.of(method, false)) {
      Update update = tiny.update(new Update.Rules(clipNorm, accumulate, false, 5));
      Objective objective =
          new Objective(
              TinyNetwork.CLASSES,
              0,
              classWeights.length == 0
                  ? null
                  : Tensors.ofFloats(classWeights, TinyNetwork.CLASSES));
      Lesson lesson = tiny.lesson(objective);
      Iterator<Batch> batches = TinyNetwork.batches(batchSize, IMAGES / batchSize).iterator();
      List<Update.Made> made =
          IntStream.range(0, steps)
              .mapToObj(step -> update.make(lesson, batches, 0, step, RATE))
              .toList();
      assertThat(batches).isExhausted();
      return new Trained(tiny.values(), made);
    }
  }

  private static void requireEqual(Trained several, Trained one) {
    one.weights()
        .forEach(
            (name, values) ->
                assertThat(several.weights().get(name))
                    .as(name)
                    .containsExactly(values, within(ROUNDING)));
    for (int step = 0; step < one.made().size(); step++) {
      Update.Made ours = several.made().get(step);
      Update.Made theirs = one.made().get(step);
      assertThat(ours.loss()).isCloseTo(theirs.loss(), within(1e-5));
      assertThat(ours.tally().weight()).isCloseTo(theirs.tally().weight(), within(1e-5));
      assertThat(ours.tally().loss()).isCloseTo(theirs.tally().loss(), within(1e-4));
      assertThat(ours.tally().correct()).isEqualTo(theirs.tally().correct());
      assertThat(ours.tally().images()).isEqualTo(theirs.tally().images());
    }
  }

  @ParameterizedTest
  @CsvSource({"ce, 0", "crl, 0", "ce, 0.01"})
  void equalsOneLargeBatch(String method, double clipNorm) {
    float[] none = {};
    Trained one = train(method, none, clipNorm, 12, 2);
    requireEqual(train(method, none, clipNorm, 4, 2), one);
    requireEqual(train(method, none, clipNorm, 2, 2), one);
  }

  @Test
  void weighsBatchesByTheirSamples() {
    float[] weights = {9, 0.1f, 3, 0.5f};
    Trained one = train("ce", weights, 0, 12, 2);
    requireEqual(train("ce", weights, 0, 4, 2), one);
    Trained unweighted = train("ce", new float[0], 0, 12, 2);
    assertThat(one.weights().get("fc.weight")).isNotEqualTo(unweighted.weights().get("fc.weight"));
  }

  @Test
  void stepsOnTheBatchesThatAreLeft() {
    try (Scope scope = new Scope();
        TinyNetwork tiny = TinyNetwork.of("ce", false);
        TinyNetwork other = TinyNetwork.of("ce", false)) {
      Objective objective = new Objective(TinyNetwork.CLASSES, 0, null);
      Iterator<Batch> three = TinyNetwork.batches(8, 3).iterator();
      Update.Made made =
          tiny.update(new Update.Rules(0, 100, false, 5))
              .make(tiny.lesson(objective), three, 0, 0, RATE);
      assertThat(made.tally().images()).isEqualTo(24);
      other
          .update(new Update.Rules(0, 1, false, 5))
          .make(other.lesson(objective), TinyNetwork.batches(24, 1).iterator(), 0, 0, RATE);
      assertThat(tiny.values().get("fc.weight"))
          .containsExactly(other.values().get("fc.weight"), within(ROUNDING));
    }
  }

  // A method's terms are of one batch: the step's is their mean.
  @Test
  void averagesTheTermsOfItsBatches() {
    Trained three = train("em-softmax(ensemble=2)", new float[0], 0, 4, 2);
    Tally tally = three.made().get(0).tally();
    assertThat(tally.terms().values()).allMatch(term -> term.steps() == 3).isNotEmpty();
    double terms = three.made().get(0).loss() - tally.meanLoss();
    assertThat(terms).isNotZero();
    assertThat(tally.meanTerms().values()).anyMatch(mean -> Math.abs(mean - terms) < 1e-6);
  }
}
