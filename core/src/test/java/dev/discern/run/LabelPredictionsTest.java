package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.run.LabelPredictions.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelPredictionsTest {
  // p = .9, .2, .5 and, in the second row, .4, 1, .1.
  private static final float[] LOG_PROBABILITIES = {
    (float) Math.log(0.9),
    (float) Math.log(0.2),
    (float) Math.log(0.5),
    (float) Math.log(0.4),
    0,
    (float) Math.log(0.1)
  };

  @TempDir private Path run;

  private static Row row(int i, boolean... carried) {
    return Row.of(LOG_PROBABILITIES, 3 * i, carried);
  }

  @Test
  void predictsLabelsThatAreAtLeastAsLikelyAsNot() {
    Row right = row(0, true, false, true);
    assertThat(right.labels()).containsExactly(0, 2);
    assertThat(right.predicted()).containsExactly(0, 2);
    assertThat(right.isRight()).isTrue();
    assertThat(right.logLikelihood())
        .isCloseTo((float) (Math.log(0.9 * 0.8 * 0.5) / 3), within(1e-6f));
    assertThat(row(0, true, true, true).isRight()).isFalse();
    assertThat(row(0, false, false, false).labels()).isEmpty();
  }

  @Test
  void aSureErrorStaysFinite() {
    Row wrong = row(1, true, false, false);
    assertThat(wrong.predicted()).containsExactly(1);
    assertThat(wrong.logLikelihood()).isFinite().isLessThan(-20);
  }

  @Test
  void readsBackWhatItWrote() {
    LabelPredictions written =
        new LabelPredictions(
            List.of(
                row(0, true, true, false), row(1, false, false, false), row(1, true, true, true)));
    written.write(run, i -> i + ".png", List.of("cat", "dog", "a;b"));
    assertThat(TestPredictions.read(run, Task.MANY_LABELS)).isEqualTo(written);
  }

  @Test
  void saysWhichLineIsDamaged() throws IOException {
    new LabelPredictions(List.of(row(0, true, true, false)))
        .write(run, i -> i + ".png", List.of("cat", "dog", "a;b"));
    Path file = run.resolve(TestPredictions.FILE);
    Files.writeString(file, Files.readString(file).replace("0;1,", "0;x,"));
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> TestPredictions.read(run, Task.MANY_LABELS))
        .withMessageContaining("record 1");
  }
}
