package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MetricsFileTest {
  private static final String FIRST = "{\"epoch\":1,\"loss\":0.5}\n";
  private static final String SECOND = "{\"epoch\":2,\"loss\":0.25}\n";

  @TempDir private Path folder;
  private MetricsFile metrics;

  @BeforeEach
  void open() {
    metrics = new MetricsFile(folder.resolve("metrics.jsonl"));
  }

  @Test
  void hasNoLinesBeforeTheFirstEpoch() {
    assertThat(metrics.read()).isEmpty();
  }

  @Test
  void appendsWhatItReads() {
    metrics.append(new JsonMapper().readTree(FIRST));
    metrics.append(new JsonMapper().readTree(SECOND));
    assertThat(metrics.file()).hasContent(FIRST + SECOND);
    assertThat(metrics.read()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"epoch\":2,\"lo", "{", "\0\0\0\0", "nul", "7"})
  void forgivesALastLineThatWasCut(String cut) throws IOException {
    Files.writeString(metrics.file(), FIRST + cut);
    assertThat(metrics.read()).hasSize(1);
    metrics.keepUntil(2);
    assertThat(metrics.file()).hasContent(FIRST);
  }

  @Test
  void keepsALastLineThatLacksOnlyItsBreak() throws IOException {
    Files.writeString(metrics.file(), FIRST + SECOND.strip());
    assertThat(metrics.read()).hasSize(2);
    metrics.keepUntil(2);
    assertThat(metrics.file()).hasContent(FIRST + SECOND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"epoch\":1,\"lo\n",
        "\n",
        " \n",
        "\0\0\0\n",
        "[1]\n",
        "7\n",
        "{} {}\n",
        "\u00ff\n"
      })
  void refusesAnyOtherDamageAndChangesNothing(String damaged) throws IOException {
    String whole = FIRST + damaged + SECOND;
    Files.writeString(metrics.file(), whole);
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> metrics.read())
        .withMessageContaining("Line 2 of " + metrics.file() + " is damaged");
    assertThatExceptionOfType(WorkFailed.class).isThrownBy(() -> metrics.keepUntil(5));
    assertThat(Files.readString(metrics.file())).isEqualTo(whole);
  }

  @Test
  void refusesADamagedLastLineThatIsNotCut() throws IOException {
    Files.writeString(metrics.file(), FIRST + "{\"epoch\":2\n");
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> metrics.read())
        .withMessageContaining("Line 2");
  }

  @Test
  void anInterruptNeitherStopsItNorIsLost() {
    Thread.currentThread().interrupt();
    metrics.append(new JsonMapper().readTree(FIRST));
    assertThat(metrics.read()).hasSize(1);
    metrics.keepUntil(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(metrics.file()).hasContent(FIRST);
  }
}
