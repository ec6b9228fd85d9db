package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.run.TrainingRun.Outcome;
import dev.discern.train.EpochResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that are interrupted while they train. */
class InterruptionTest {
  private static final RunListener SILENT = new RunListener() {};
  private static final int STEPS = 8;

  @TempDir private static Path shared;
  private static byte[] whole = {};
  private static int calls;
  private static int best;

  @TempDir private Path folder;

  @BeforeAll
  static void trainWithoutInterruption() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    TrainingRun.start(config(), shared.resolve("whole"), SILENT, () -> asked.incrementAndGet() < 0);
    calls = asked.get();
    best =
        RunDirectory.open(shared.resolve("whole"))
            .readJson("result.json")
            .orElseThrow()
            .at("/best/epoch")
            .asInt();
    whole = Files.readAllBytes(shared.resolve("whole/weights.safetensors"));
  }

  @AfterEach
  void forget() {
    boolean unused = Thread.interrupted();
  }

  private static RunConfig config() {
    return ConfigTree.of(Defaults.of("digits"))
        .with("data.limitTrain", 128)
        .with("train.batchSize", 16)
        .with("train.epochs", 2)
        .toConfig("The test");
  }

  // Steps and evaluated batches are counted alike: those of each epoch, then the conclusion's four
  // evaluations, on the validation and the test images with each of two sets of weights, or two
  // where the last epoch is the best.
  static Stream<Arguments> moments() {
    int evaluations = best == 2 ? 4 : 6;
    int batches = (calls - 2 * STEPS) / evaluations;
    int epoch = STEPS + batches;
    return Stream.of(
        Arguments.of("a step", 1),
        Arguments.of("the last step of an epoch", STEPS),
        Arguments.of("a validation's first batch", STEPS + 1),
        Arguments.of("a validation's last batch", epoch),
        Arguments.of("a step of the second epoch", epoch + 3),
        Arguments.of("the last validation", epoch + STEPS + 1),
        Arguments.of("the conclusion's first evaluation", 2 * epoch + 1),
        Arguments.of("its second", 2 * epoch + batches + 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("moments")
  void savesStopsAndResumesToTheSameBits(String moment, int at) throws Exception {
    Path run = folder.resolve("run");
    AtomicInteger asked = new AtomicInteger();
    Outcome stopped =
        TrainingRun.start(
            config(),
            run,
            SILENT,
            () -> {
              if (asked.incrementAndGet() == at) {
                Thread.currentThread().interrupt();
              }
              return false;
            });
    assertThat(stopped.finished()).isFalse();
    assertThat(Thread.interrupted()).as("the interrupt is not lost").isTrue();
    assertThat(asked).as("nothing is done after " + moment).hasValue(at);
    assertThat(run.resolve("checkpoints/last")).exists();
    assertThat(run.resolve("result.json")).doesNotExist();
    assertThat(state(run)).isEqualTo("stopped");
    resumeToTheSameBits(run);
  }

  @Test
  void interruptedWhileItWritesItStillWritesAll() throws Exception {
    Path run = folder.resolve("run");
    Outcome stopped =
        TrainingRun.start(
            config(),
            run,
            new RunListener() {
              @Override
              public void onEpoch(EpochResult result) {
                Thread.currentThread().interrupt();
              }
            },
            () -> false);
    assertThat(stopped.finished()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(RunDirectory.open(run).metrics()).hasSize(1);
    assertThat(run.resolve("checkpoints/best")).exists();
    resumeToTheSameBits(run);
  }

  @Test
  void aCancelledFutureSavesAndStops() throws Exception {
    Path run = folder.resolve("run");
    CountDownLatch stepping = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean(true);
    RunListener listener =
        new RunListener() {
          @Override
          public void onStep(int epoch, int step, int stepsPerEpoch, double loss) {
            stepping.countDown();
            if (step == 3) {
              awaitUninterrupted(cancelled);
            }
          }
        };
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<?> training =
        pool.submit(
            () -> finished.set(TrainingRun.start(config(), run, listener, () -> false).finished()));
    stepping.await();
    assertThat(training.cancel(true)).isTrue();
    cancelled.countDown();
    pool.shutdown();
    assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(finished).isFalse();
    assertThat(state(run)).isEqualTo("stopped");
    resumeToTheSameBits(run);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String state(Path run) {
    return RunDirectory.open(run).readJson("progress.json").orElseThrow().path("state").asString();
  }

  private static void resumeToTheSameBits(Path run) throws Exception {
    assertThat(TrainingRun.resume(run, tree -> tree, SILENT, () -> false).finished()).isTrue();
    assertThat(Files.readAllBytes(run.resolve("weights.safetensors"))).isEqualTo(whole);
    assertThat(RunDirectory.open(run).metrics()).hasSize(2);
    double rate =
        RunDirectory.open(run)
            .readJson("result.json")
            .orElseThrow()
            .path("imagesPerSecond")
            .asDouble();
    assertThat(rate).isPositive();
  }
}
