package dev.discern.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationMetricsTest {
  // Counts agree exactly; sums of doubles may round differently in another order.
  private static final RecursiveComparisonConfiguration UP_TO_ROUNDING =
      RecursiveComparisonConfiguration.builder()
          .withComparatorForType((a, b) -> Math.abs(a - b) <= 1e-12 ? 0 : 1, Double.class)
          .build();

  private static List<Integer> shuffled(int count, Random random) {
    List<Integer> positions = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(positions, random);
    return positions;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void mergesPartsIntoTheFiguresOfTheWhole(long seed) {
    Random random = new Random(seed);
    int count = 20 + random.nextInt(200);
    Samples whole = Samples.random(seed, count, 2 + random.nextInt(9));
    List<Integer> order = shuffled(count, random);

    ClassificationMetrics merged = new ClassificationMetrics(whole.classes());
    for (int from = 0; from < count; ) {
      int to = Math.min(count, from + random.nextInt(40)); // empty parts as well
      merged.merge(whole.at(order.subList(from, to)).metrics());
      from = to;
    }

    assertThat(merged.result())
        .usingRecursiveComparison(UP_TO_ROUNDING)
        .isEqualTo(whole.metrics().result());
  }

  @Test
  void doesNotDependOnTheOrderOfImages() {
    Samples samples = Samples.random(5, 300, 7);

    assertThat(samples.at(shuffled(300, new Random(5))).metrics().result())
        .usingRecursiveComparison(UP_TO_ROUNDING)
        .isEqualTo(samples.metrics().result());
  }

  @Test
  void leavesTheOtherUnchangedByAMerge() {
    ClassificationMetrics other = Samples.random(7, 40, 4).metrics();
    ClassificationResult before = other.result();
    Samples.random(8, 40, 4).metrics().merge(other);

    assertThat(other.result()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void keepsAResultApartFromWhatIsAddedLater() {
    ClassificationMetrics metrics = Samples.random(9, 40, 4).metrics();
    ClassificationResult before = metrics.result();
    metrics.merge(Samples.random(10, 40, 4).metrics());

    assertThat(before)
        .usingRecursiveComparison()
        .isEqualTo(Samples.random(9, 40, 4).metrics().result());
    assertThat(metrics.result().samples()).isEqualTo(80);
  }

  @Test
  void givesAPerfectPredictorFullMarks() {
    int[] labels = {0, 1, 2, 3, 4, 5, 6, 6};
    ClassificationResult result = Samples.certain(labels, labels, 7).metrics().result();

    assertThat(result.top1()).isEqualTo(1);
    assertThat(result.top5()).isEqualTo(1);
    assertThat(result.ece()).isZero();
    assertThat(result.meanTrueProbability()).isEqualTo(1);
    assertThat(result.meanStrongestRival()).isZero();
    assertThat(result.mostConfused()).isEmpty();
    assertThat(result.perClass()).allSatisfy(figures -> assertThat(figures.f1()).isEqualTo(1));
  }

  @Test
  void givesAPredictorThatIsSurelyWrongNone() {
    int[] labels = {0, 1, 0, 1, 1};
    ClassificationResult result =
        Samples.certain(new int[] {1, 0, 1, 0, 0}, labels, 2).metrics().result();

    assertThat(result.top1()).isZero();
    assertThat(result.ece()).isEqualTo(1);
    assertThat(result.meanTrueProbability()).isZero();
    assertThat(result.meanStrongestRival()).isEqualTo(1);
    assertThat(result.mostConfused()).containsExactly(new ConfusedPair(0, 1, 2, 3, 1));
  }

  @Test
  void findsTheTrueClassAmongFiveOrNot() {
    // Class k has rank k: five of seven images are among the first five.
    float[] falling = {0.3f, 0.2f, 0.15f, 0.125f, 0.1f, 0.075f, 0.05f};
    ClassificationMetrics metrics = new ClassificationMetrics(7);
    for (int label = 0; label < 7; label++) {
      metrics.add(falling, new int[] {label});
    }
    metrics.addLoss(7, 7);

    assertThat(metrics.result().top1()).isEqualTo(1 / 7.0);
    assertThat(metrics.result().top5()).isEqualTo(5 / 7.0);
  }

  @Test
  void agreesWithItsOwnConfusionMatrix() {
    ClassificationResult result = Samples.random(13, 640, 8).metrics().result();

    long right = IntStream.range(0, 8).mapToLong(k -> result.confusion()[k][k]).sum();
    assertThat(result.top1()).isEqualTo(right / 640.0);
    assertThat(result.perClass().stream().mapToLong(ClassFigures::support).sum()).isEqualTo(640);
    assertThat(result.reliability().stream().mapToLong(ReliabilityBin::images).sum())
        .isEqualTo(640);
  }

  @Test
  void listsTheTenMostConfusedPairs() {
    assertThat(Samples.random(14, 2000, 8).metrics().result().mostConfused()).hasSize(10);
  }

  @Test
  void dividesTheLossByWeightNotByBatches() {
    ClassificationMetrics metrics = new ClassificationMetrics(2);
    metrics.add(new float[] {1, 0}, new int[] {0});
    metrics.addLoss(6, 3);
    metrics.addLoss(2, 1);
    metrics.addLoss(-12, 4);

    assertThat(metrics.result().loss()).isEqualTo(-0.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void reportsALossThatIsNoNumber(double loss) {
    ClassificationMetrics metrics = Samples.random(15, 10, 3).metrics();
    metrics.addLoss(loss, 1);

    assertThat(metrics.result().loss()).isEqualTo(Double.valueOf(loss));
  }

  @Test
  void refusesFiguresOfNoImages() {
    ClassificationMetrics metrics = new ClassificationMetrics(3);
    metrics.add(new float[0], new int[0]);
    metrics.addLoss(1, 1);

    assertThatThrownBy(metrics::result)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No image was evaluated, so there are no figures.");
  }

  @Test
  void refusesFiguresWithoutALoss() {
    ClassificationMetrics metrics = new ClassificationMetrics(2);
    metrics.add(new float[] {1, 0}, new int[] {0});
    metrics.addLoss(0, 0);

    assertThatThrownBy(metrics::result)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No loss was added, so there is no mean loss.");
  }

  @Test
  void countsNothingOfARefusedBatch() {
    ClassificationMetrics metrics = Samples.random(16, 30, 3).metrics();
    ClassificationResult before = metrics.result();

    assertThatThrownBy(() -> metrics.add(new float[] {1, 0, 0, 0, 1, 0}, new int[] {0, 3}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(metrics.result()).usingRecursiveComparison().isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsAnImpossibleLossWeight(double weight) {
    assertThatThrownBy(() -> new ClassificationMetrics(2).addLoss(1, weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has weight " + weight);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 0, -3})
  void rejectsFewerThanTwoClasses(int classes) {
    assertThatThrownBy(() -> new ClassificationMetrics(classes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are " + classes + " classes, but classification needs at least 2.");
  }

  @Test
  void refusesToMergeOtherClasses() {
    assertThatThrownBy(() -> new ClassificationMetrics(3).merge(new ClassificationMetrics(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Metrics of 4 classes cannot be merged into metrics of 3 classes.");
  }
}
