package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.WorkFailed;
import dev.discern.run.Predictions.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsTest {
  private static final float[] LOG_PROBABILITIES = {
    -0.1f, -3f, -2.5f, /* next row */ -1f, -0.7f, -2f, /* a tie */ -1.2f, -1.2f, -1.0f
  };

  private static final List<String> CLASSES = List.of("cat, black", "say \"dog\"", "new\nline");

  @TempDir private Path run;

  private static String path(int image) {
    return "a, \"b\"\nc/" + image + ".png";
  }

  private static Row row(int i, int label) {
    return Row.of(LOG_PROBABILITIES, 3 * i, 3, label);
  }

  @Test
  void readsRightAndWrongRows() {
    assertThat(row(0, 0)).isEqualTo(new Row(0, 0, 2, -0.1f, -2.5f));
    assertThat(row(1, 0)).isEqualTo(new Row(0, 1, 1, -1f, -0.7f));
    assertThat(row(2, 2)).isEqualTo(new Row(2, 2, 0, -1f, -1.2f));
    assertThat(row(0, 0).isRight()).isTrue();
    assertThat(row(1, 0).isRight()).isFalse();
  }

  @Test
  void hasANegativeMarginExactlyWhereItIsWrong() {
    assertThat(row(0, 0).margin()).isCloseTo(2.4, within(1e-6));
    assertThat(row(1, 0).margin()).isCloseTo(-0.3, within(1e-6));
    assertThat(row(1, 0).confidence()).isCloseTo(Math.exp(-0.7), within(1e-6));
  }

  @Test
  void readsBackWhatItWrote() {
    Predictions written = new Predictions(List.of(row(0, 0), row(1, 0), row(2, 2)));
    written.write(run, PredictionsTest::path, CLASSES);
    assertThat(Predictions.read(run)).isEqualTo(written);
  }

  @Test
  void namesImagesAndClassesForPeople() throws IOException {
    new Predictions(List.of(row(0, 0), row(1, 2))).write(run, PredictionsTest::path, CLASSES);
    assertThat(run.resolve(Predictions.FILE))
        .hasContent(
            """
            path,trueClass,predictedClass,image,label,predicted,rival,logTrue,logRival
            "a, ""b""
            c/0.png","cat, black","cat, black",0,0,0,2,-0.1,-2.5
            "a, ""b""
            c/1.png","new
            line","say ""dog""\",1,2,1,1,-2.0,-0.7
            """);
  }

  @Test
  void readsFilesOfTheVersionThatWroteNoNames() throws IOException {
    Files.writeString(
        run.resolve(Predictions.FILE),
        """
        image,label,predicted,rival,logTrue,logRival
        0,0,0,2,-0.1,-2.5
        1,0,1,1,-1.0,-0.7
        """);
    assertThat(Predictions.read(run)).isEqualTo(new Predictions(List.of(row(0, 0), row(1, 0))));
  }

  @Test
  void saysWhichColumnsAreMissing() throws IOException {
    Files.writeString(run.resolve(Predictions.FILE), "image,label\n0,0\n");
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Predictions.read(run))
        .withMessageContaining("lacks some of label, predicted");
  }

  @Test
  void saysWhichFileIsMissingOrCut() throws IOException {
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Predictions.read(run))
        .withMessageContaining("predictions.csv is missing");
    new Predictions(List.of(row(0, 0), row(1, 0))).write(run, PredictionsTest::path, CLASSES);
    Path file = run.resolve(Predictions.FILE);
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 14));
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Predictions.read(run))
        .withMessageContaining("record 2");
  }

  @Test
  void samplesEvenlyAndAtMostTheLimit() {
    for (int size : new int[] {1, 999, 1000, 1001, 1999, 10_000, 50_000}) {
      List<Integer> kept =
          IntStream.range(0, size).filter(i -> FeatureSample.keeps(i, size)).boxed().toList();
      assertThat(kept).hasSize(Math.min(size, FeatureSample.LIMIT));
    }
  }

  @Test
  void readsFeaturesBack() {
    FeatureSample sample =
        new FeatureSample(List.of(0, 7), List.of(new float[] {1.5f, -2}, new float[] {0, 3e-9f}));
    sample.write(run);
    FeatureSample read = FeatureSample.read(run, 2);
    assertThat(read.images()).containsExactly(0, 7);
    assertThat(read.features().get(0)).containsExactly(1.5f, -2);
    assertThat(read.features().get(1)).containsExactly(0, 3e-9f);
  }
}
