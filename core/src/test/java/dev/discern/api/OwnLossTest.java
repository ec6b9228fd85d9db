package dev.discern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.card.ModelCard;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.loss.CrossEntropy;
import dev.discern.loss.Loss;
import dev.discern.loss.MultiLabelCrossEntropy;
import dev.discern.loss.Targets;
import dev.discern.predict.Classifier;
import dev.discern.run.Evaluation;
import dev.discern.run.RunListener;
import dev.discern.run.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses that no catalogue knows. */
class OwnLossTest {
  private static final String RECORDED = "own:scaled(factor=2)";

  @TempDir private Path folder;

  private static BooleanSupplier after(int calls) {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.incrementAndGet() == calls;
  }

  @Test
  void isRecordedUnderItsNameAndResumedWithTheObject() throws Exception {
    Run whole = Digits.training().loss(new Scaled(2)).into(folder.resolve("whole"));
    Path cut = folder.resolve("cut");
    Run stopped = Digits.training().loss(new Scaled(2)).cancelledBy(after(5)).into(cut);

    assertThat(stopped.finished()).isFalse();
    assertThat(cut.resolve("config.yaml")).content().contains(RECORDED);
    refusesToResume(cut);
    Run resumed = Training.resume(cut).loss(new Scaled(2)).run();

    assertThat(Digits.weights(resumed)).isEqualTo(Digits.weights(whole));
    assertThat(resumed.result().method()).isEqualTo(RECORDED);
    assertThat(resumed.report()).content().contains(RECORDED);
    assertThat(Training.resume(cut).run()).as("a finished run needs no loss").isEqualTo(resumed);
  }

  private static void refusesToResume(Path run) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Training.resume(run).run())
        .withMessageContaining(run + " has the loss " + RECORDED)
        .withMessageContaining("not part of Discern");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Training.resume(run).loss(new Scaled(3)).run())
        .withMessageContaining(RECORDED);
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> TrainingRun.resume(run, tree -> tree, new RunListener() {}, () -> false))
        .withMessageContaining(RECORDED);
  }

  @Test
  void predictsAndIsMeasuredWithoutTheObject() {
    Run run = Digits.training().epochs(1).loss("twice", new Scaled(2)).into(folder.resolve("run"));

    try (Classifier classifier = Classifier.open(run.path())) {
      ModelCard card = classifier.card();
      assertThat(card.method()).isEqualTo("own:twice");
      assertThat(card.task()).isEqualTo(Task.ONE_LABEL);
    }
    Evaluation measured =
        Evaluation.of(
            run.path(),
            new Evaluation.Request(
                "last", Optional.of("test"), Optional.empty(), "auto", Optional.empty()));
    assertThat(measured.figures().path("top1").asDouble()).isEqualTo(run.result().test().value());
    assertThat(measured.notes())
        .contains("The loss shown is cross-entropy: own:twice is not part of Discern.");
  }

  @Test
  void trainsAsTheSameLossOfTheCatalogueDoes() throws Exception {
    Run own = Digits.training().epochs(1).loss(new Scaled(1)).into(folder.resolve("own"));
    Run known = Digits.training().epochs(1).loss("ce").into(folder.resolve("known"));

    assertThat(own.epochs().get(0).validationScore())
        .isEqualTo(known.epochs().get(0).validationScore());
    assertThat(own.epochs().get(0).trainLoss()).isEqualTo(known.epochs().get(0).trainLoss());
  }

  @Test
  void mayBeForSeveralLabels() {
    Loss loss =
        new Loss() {
          @Override
          public Tensor perSample(Tensor logits, Targets targets) {
            return new MultiLabelCrossEntropy().perSample(logits, targets);
          }

          @Override
          public Task task() {
            return Task.MANY_LABELS;
          }
        };
    Training pictures = Digits.training().epochs(1).set("data.compose", 2);

    Run run = pictures.loss("labels", loss).into(folder.resolve("run"));

    assertThat(run.result().method()).isEqualTo("own-multilabel:labels");
    assertThat(run.result().test().name()).isEqualTo("mAP");
    assertThat(run.result().test().interval()).isEmpty();
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> pictures.loss(new Scaled(2)).into(folder.resolve("other")))
        .withMessageContaining("own:scaled is for one class per image");
  }

  @Test
  void isRefusedIfItReducesTheBatch() {
    Loss mean = (logits, targets) -> new CrossEntropy().perSample(logits, targets).mean();

    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Digits.training().loss("mean", mean).into(folder.resolve("run")))
        .withMessageContaining("own:mean returned [] of Float for 16 images");
  }

  @Test
  void needsANameThatARunCanRecord() {
    Loss unnamed = (logits, targets) -> new CrossEntropy().perSample(logits, targets);

    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Digits.training().loss(unnamed))
        .withMessageContaining("has no name");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Digits.training().loss("My Loss", unnamed))
        .withMessageContaining("'My Loss' is not a method");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Digits.training().loss("own:mine", unnamed))
        .withMessageContaining("leave out the prefix");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Digits.training().loss("own:mine").into(folder.resolve("run")))
        .withMessageContaining("The configuration has the loss own:mine");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void isComparedWithItsControl() {
    Comparison comparison =
        Comparison.on(Data.named("digits"))
            .set("data.limitTrain", 128)
            .epochs(1)
            .seeds(2)
            .loss("ce")
            .loss(new Scaled(2));

    ComparisonResult stopped = comparison.cancelledBy(after(12)).into(folder.resolve("compared"));
    ComparisonResult result = comparison.into(folder.resolve("compared"));

    assertThat(stopped.finished()).isFalse();
    assertThat(result.methods())
        .extracting(ComparisonResult.MethodResult::name)
        .containsExactly("ce", RECORDED, "ce@gain(" + RECORDED + ")");
    assertThat(result.methods()).allMatch(method -> method.runs() == 2);
    assertThat(result.differences()).hasSize(3);
    ComparisonResult.Difference first = result.differences().get(0);
    assertThat(List.of(first.a(), first.b())).containsExactly("ce", RECORDED);
    assertThat(first.seeds()).isEqualTo(2);
    double difference =
        result.methods().get(1).mean().orElseThrow() - result.methods().get(0).mean().orElseThrow();
    assertThat(first.difference()).isCloseTo(difference, within(1e-9));
    assertThat(first.interval()).isPresent();
    assertThat(result.verdict().orElseThrow()).contains(RECORDED);
    assertThat(result.report()).isNotEmptyFile();
  }
}
