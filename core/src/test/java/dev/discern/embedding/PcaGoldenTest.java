package dev.discern.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Against numpy's singular values: tools/golden/embedding.py. */
class PcaGoldenTest {
  private static final Offset<Double> ROUNDING = within(1e-10);

  private record Golden(String madeBy, List<Case> cases) {}

  private record Case(String name, double[][] rows, double[][] points, double[] explained) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    String path = "/golden/embedding.json";
    try (InputStream file = PcaGoldenTest.class.getResourceAsStream(path)) {
      return new JsonMapper()
          .readValue(Objects.requireNonNull(file, path), Golden.class).cases().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithNumpy(Case golden) {
    Projection ours = Pca.project(golden.rows());

    assertThat(ours.explained()).containsExactly(golden.explained(), ROUNDING);
    assertThat(ours.points()).hasDimensions(golden.rows().length, 2);
    for (int i = 0; i < golden.points().length; i++) {
      assertThat(ours.points()[i]).containsExactly(golden.points()[i], ROUNDING);
    }
  }
}
