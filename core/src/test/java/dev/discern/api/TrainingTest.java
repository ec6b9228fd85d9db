package dev.discern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.loss.CompetingRatioLoss;
import dev.discern.loss.CrossEntropy;
import dev.discern.run.RunListener;
import dev.discern.train.EpochResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training as a program does it. */
class TrainingTest {
  @TempDir private static Path shared;
  private static Run whole = new Run(Path.of("none"), List.of(), Optional.empty());

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    whole = Digits.training().loss(new CompetingRatioLoss(1.5, 1)).into(shared.resolve("whole"));
  }

  @Test
  void givesTypedResults() throws Exception {
    Result result = whole.result();

    assertThat(result.method()).isEqualTo("crl(alpha=1.5,beta=1)");
    assertThat(result.epochs()).isEqualTo(2);
    assertThat(result.bestEpoch()).isBetween(1, 2);
    assertThat(whole.epochs()).extracting(Run.Epoch::number).containsExactly(1, 2);
    assertThat(result.test().name()).isEqualTo("top1");
    assertThat(Digits.text(whole.path().resolve("result.json")))
        .contains("\"top1\" : " + result.test().value());
    assertThat(result.test().interval().orElseThrow())
        .matches(i -> i.low() < result.test().value() && i.high() > result.test().value());
    assertThat(result.classes()).hasSize(10);
    long images = result.classes().stream().mapToLong(Result.ClassResult::images).sum();
    assertThat(images).isEqualTo(result.test().images());
    double right =
        result.classes().stream().mapToDouble(c -> c.recall().orElse(0) * c.images()).sum();
    assertThat(right / images).isCloseTo(result.test().value(), within(1e-9));
    assertThat(result.mostConfused()).isNotEmpty();
    assertThat(result.seconds()).isPositive();
    assertThat(whole.report()).isNotEmptyFile();
    assertThat(Run.open(whole.path())).isEqualTo(whole);
  }

  @Test
  void refusesWhatAConfigurationFileRefuses() {
    Training training = Digits.training();

    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> training.set("train.epoch", 1))
        .withMessageContaining("unknown key 'train.epoch'")
        .withMessageContaining("epochs");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> training.set("epochs", 1))
        .withMessageContaining("unknown key 'epochs'");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> training.set("train.epochs", "many"))
        .withMessageContaining("it takes");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> training.set("data.source", "digits"));
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> training.epochs(0).into(folder.resolve("none")))
        .withMessageContaining("train.epochs is 0");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> training.loss("crll").into(folder.resolve("none")))
        .withMessageContaining("'crll' is unknown");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Data.named("digit"))
        .withMessageContaining("digits");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Data.folder(folder.resolve("nothing")));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTokenSavesStopsAndTheRunResumesToTheSameBits() throws Exception {
    Cancellation token = new Cancellation();
    List<Integer> steps = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void onStep(int epoch, int step, int stepsPerEpoch, double loss) {
            steps.add(step);
            if (steps.size() == 3) {
              token.cancel();
            }
          }
        };
    Run stopped =
        Digits.training()
            .loss("crl")
            .listener(listener)
            .cancelledBy(token)
            .into(folder.resolve("run"));

    assertThat(stopped.finished()).isFalse();
    assertThat(steps).hasSize(3);
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(stopped::result)
        .withMessageContaining("resume it");
    Run resumed = Training.resume(stopped.path()).run();
    assertThat(resumed.finished()).isTrue();
    assertThat(Digits.weights(resumed)).isEqualTo(Digits.weights(whole));
    assertThat(resumed.report()).exists();
  }

  @Test
  void aTokenStopsAValidationToo() {
    Cancellation token = new Cancellation();
    RunListener listener =
        new RunListener() {
          @Override
          public void onStep(int epoch, int step, int stepsPerEpoch, double loss) {
            if (step == stepsPerEpoch) {
              token.cancel();
            }
          }

          @Override
          public void onEpoch(EpochResult result) {
            throw new AssertionError("The validation was not stopped.");
          }
        };

    Run stopped =
        Digits.training().listener(listener).cancelledBy(token).into(folder.resolve("run"));

    assertThat(stopped.epochs()).isEmpty();
    assertThat(stopped.finished()).isFalse();
  }

  @Test
  void recordsALossOfTheCatalogueByItsSpelling() {
    Cancellation token = new Cancellation();
    token.cancel();

    Run run =
        Digits.training().loss(new CrossEntropy()).cancelledBy(token).into(folder.resolve("run"));

    assertThat(run.path().resolve("config.yaml")).content().contains("spec: ce\n");
  }
}
