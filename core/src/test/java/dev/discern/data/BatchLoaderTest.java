package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.Spec;
import dev.discern.config.WorkFailed;
import dev.discern.image.Encoded;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.view.View;
import dev.discern.view.Views;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchLoaderTest {
  private static final ImageShape SHAPE = new ImageShape(3, 6, 5);
  private static final ImageSet SET = TestImages.memory(SHAPE, 53, 4, 9);
  private static final View PLAIN = TestImages.view(SHAPE);
  private static final View AUGMENTED =
      Views.training(
          SHAPE,
          Interpolation.BILINEAR,
          1,
          List.of(Spec.parse("crop(padding=2)"), Spec.parse("flip")));

  private static final Sampler SHUFFLED = new Sampler.Shuffled(SET.size());

  private static BatchLoader training(long seed, int workers) {
    return BatchLoader.training(SET, SHUFFLED, AUGMENTED, 8, seed, workers);
  }

  private static List<Batch> batches(BatchLoader loader, int epoch, int firstStep) {
    List<Batch> batches = new ArrayList<>();
    try (BatchStream stream = loader.epoch(epoch, firstStep)) {
      stream.forEachRemaining(batches::add);
    }
    return batches;
  }

  private static int[] indices(List<Batch> batches) {
    return batches.stream().flatMapToInt(b -> Arrays.stream(b.indices())).toArray();
  }

  private static void assertSame(List<Batch> actual, List<Batch> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int k = 0; k < actual.size(); k++) {
      assertThat(actual.get(k).size()).isEqualTo(expected.get(k).size());
      assertThat(actual.get(k).indices()).isEqualTo(expected.get(k).indices());
      assertThat(actual.get(k).labels().requireOne())
          .isEqualTo(expected.get(k).labels().requireOne());
      assertThat(actual.get(k).images()).isEqualTo(expected.get(k).images());
    }
  }

  @Test
  void givesTheSameBatchesWhateverTheWorkers() {
    for (int seed = 0; seed < 3; seed++) {
      for (int epoch = 0; epoch < 3; epoch++) {
        List<Batch> alone = batches(training(seed, 1), epoch, 0);
        assertSame(batches(training(seed, 2), epoch, 0), alone);
        assertSame(batches(training(seed, 7), epoch, 0), alone);
      }
    }
  }

  @Test
  void resumesAtAnyStep() {
    List<Batch> whole = batches(training(3, 2), 4, 0);
    for (int step = 0; step <= whole.size(); step++) {
      assertSame(batches(training(3, 2), 4, step), whole.subList(step, whole.size()));
    }
  }

  @Test
  void changesWithSeedAndEpoch() {
    List<Batch> one = batches(training(1, 1), 0, 0);

    assertThat(indices(batches(training(2, 1), 0, 0))).isNotEqualTo(indices(one));
    assertThat(indices(batches(training(1, 1), 1, 0))).isNotEqualTo(indices(one));
  }

  @Test
  void showsEachTrainingImageAtMostOnceAnEpochAndDropsTheRest() {
    for (int epoch = 0; epoch < 5; epoch++) {
      List<Batch> batches = batches(training(1, 2), epoch, 0);

      assertThat(batches).hasSize(6).allMatch(b -> b.size() == 8);
      assertThat(indices(batches)).hasSize(48).doesNotHaveDuplicates();
    }
    assertThat(training(1, 1).stepsPerEpoch()).isEqualTo(6);
    assertThat(training(1, 1).imagesPerEpoch()).isEqualTo(48);
  }

  @Test
  void showsAnImageAlikeWhateverTheBatchItIsIn() {
    Map<Integer, byte[]> seen = new TreeMap<>();
    for (Batch batch : batches(training(3, 1), 2, 0)) {
      for (int k = 0; k < batch.size(); k++) {
        seen.put(batch.indices()[k], image(batch, k));
      }
    }
    BatchLoader others = BatchLoader.training(SET, SHUFFLED, AUGMENTED, 5, 3, 2);
    for (Batch batch : batches(others, 2, 0)) {
      for (int k = 0; k < batch.size(); k++) {
        byte[] before = seen.get(batch.indices()[k]);
        assertThat(before == null || Arrays.equals(before, image(batch, k))).isTrue();
      }
    }
    assertThat(seen).hasSize(48);
  }

  private static byte[] image(Batch batch, int k) {
    return Arrays.copyOfRange(batch.images(), k * SHAPE.volume(), (k + 1) * SHAPE.volume());
  }

  @Test
  void permutesTheWholeSetWhereBatchesFit() {
    BatchLoader loader = BatchLoader.training(SET, SHUFFLED, PLAIN, 1, 5, 2);
    int[] order = indices(batches(loader, 0, 0));
    int[] sorted = order.clone();
    Arrays.sort(sorted);

    assertThat(sorted).isEqualTo(IntStream.range(0, 53).toArray());
    assertThat(order).isNotEqualTo(sorted);
  }

  @Test
  void trainsOnASetSmallerThanABatch() {
    BatchLoader loader = BatchLoader.training(SET, SHUFFLED, PLAIN, 100, 5, 1);

    assertThat(loader.stepsPerEpoch()).isEqualTo(1);
    assertThat(loader.imagesPerEpoch()).isEqualTo(53);
    assertThat(batches(loader, 0, 0)).singleElement().matches(b -> b.size() == 53);
  }

  @Test
  void evaluatesEveryImageOnceInOrderAndUnchanged() {
    BatchLoader loader = BatchLoader.evaluation(SET, PLAIN, 8, 2);
    List<Batch> batches = batches(loader, 0, 0);

    assertThat(indices(batches)).isEqualTo(IntStream.range(0, 53).toArray());
    assertThat(batches).hasSize(loader.stepsPerEpoch()).last().matches(b -> b.size() == 5);
    assertThat(loader.imagesPerEpoch()).isEqualTo(53);
    for (Batch batch : batches) {
      for (int k = 0; k < batch.size(); k++) {
        assertThat(batch.labels().requireOne()[k]).isEqualTo(SET.label(batch.indices()[k]));
        assertThat(Arrays.copyOfRange(batch.images(), k * SHAPE.volume(), (k + 1) * SHAPE.volume()))
            .isEqualTo(SET.identity(batch.indices()[k]));
      }
    }
  }

  @Test
  void passesAWorkersFailureOn() {
    ImageSet failing = new Failing(20);
    BatchLoader loader = BatchLoader.evaluation(failing, PLAIN, 8, 2);
    try (BatchStream stream = loader.epoch(0, 0)) {
      stream.next();
      stream.next();
      assertThatThrownBy(stream::next)
          .isInstanceOf(WorkFailed.class)
          .hasMessage("Image 20 is bad.");
    }
  }

  @Test
  void preparesNoMoreThanTwoBatchesAWorkerAheadAndStopsWhenClosed() throws InterruptedException {
    Failing counting = new Failing(-1);
    BatchLoader loader = BatchLoader.evaluation(counting, PLAIN, 1, 2);
    try (BatchStream stream = loader.epoch(0, 0)) {
      stream.next();
    }
    int read = counting.reads.get();

    assertThat(read).isBetween(1, 5);
    // A pool has terminated a moment before its last thread has ended.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("discern-batches")) {
        thread.join(5_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void endsAnEpoch() {
    try (BatchStream stream = training(1, 1).epoch(0, 6)) {
      assertThat(stream.hasNext()).isFalse();
      assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void refusesSizesAndStepsThatCantBe() {
    assertThatThrownBy(() -> BatchLoader.evaluation(SET, PLAIN, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> training(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> training(1, 1).epoch(0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The set with one image that can't be read, and a count of reads. */
  private static final class Failing implements ImageSet {
    private final int bad;
    private final AtomicInteger reads = new AtomicInteger();

    Failing(int bad) {
      this.bad = bad;
    }

    @Override
    public int size() {
      return SET.size();
    }

    @Override
    public List<String> classNames() {
      return SET.classNames();
    }

    @Override
    public int label(int i) {
      return SET.label(i);
    }

    @Override
    public Encoded image(int i) {
      reads.incrementAndGet();
      if (i == bad) {
        throw new WorkFailed("Image " + i + " is bad.");
      }
      return SET.image(i);
    }

    @Override
    public byte[] identity(int i) {
      return SET.identity(i);
    }

    @Override
    public String describe(int i) {
      return SET.describe(i);
    }
  }
}
