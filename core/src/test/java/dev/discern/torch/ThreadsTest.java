package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.InvalidConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ThreadsTest {
  @AfterEach
  void useOneAgain() {
    Threads.use(1);
  }

  @Test
  void takesTheNumberThatWasAskedFor() {
    assertThat(Threads.choose("3")).isEqualTo(3);
    assertThat(Threads.requireValid("007")).isEqualTo("7");
    assertThat(Threads.requireValid("auto")).isEqualTo("auto");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.5", "all", "1025", "99999999999", "２"})
  void refusesWhatIsNeitherAutoNorANumber(String asked) {
    assertThatThrownBy(() -> Threads.choose(asked))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("must be auto or a whole number from 1 to 1024");
  }

  @Test
  void usesTheNumberThatTheUserSetForOpenMp() {
    assertThat(Threads.fromEnvironment("3")).isEqualTo(3);
    assertThat(Threads.fromEnvironment("4,2")).isEqualTo(4);
    assertThat(Threads.fromEnvironment("many")).isZero();
    assertThat(Threads.fromEnvironment(null)).isZero();
  }

  @Test
  void setsTheEnginesThreads() {
    Threads.use(2);

    assertThat(Threads.count()).isEqualTo(2);
  }

  @Test
  void keepsItsChoiceForTheWholeClaimAndSharesItAmongJobs() {
    try (Threads.Claim claim = Threads.claim()) {
      Threads.share(3, 7);

      assertThat(Threads.count()).isEqualTo(2);
      assertThat(Threads.choose("auto")).isEqualTo(2);
      claim.close();
    }
    try (Threads.Claim claim = Threads.claim()) {
      Threads.use(5);

      assertThat(Threads.choose("auto")).isEqualTo(5);
      claim.close();
    }
  }
}
