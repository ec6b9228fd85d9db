package dev.discern.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.data.Batch;
import dev.discern.run.Defaults;
import dev.discern.torch.Scope;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenNormsTest {
  private record Trained(Map<String, float[]> before, Map<String, float[]> after) {}

  private static Trained train(boolean frozen) {
    try (Scope scope = new Scope();
        TinyNetwork tiny = TinyNetwork.of("ce", true)) {
      Map<String, float[]> before = tiny.values();
      Update update = tiny.update(new Update.Rules(0, 1, frozen, 5));
      Lesson lesson = tiny.lesson(new Objective(TinyNetwork.CLASSES, 0, null));
      Iterator<Batch> batches = TinyNetwork.batches(8, 3).iterator();
      for (int step = 0; batches.hasNext(); step++) {
        var unused = update.make(lesson, batches, 0, step, 0.1);
      }
      return new Trained(before, tiny.values());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bn.running_mean", "bn.running_var"})
  void statisticsStayAsTheyAreOnlyWhereTheyAreFrozen(String name) {
    Trained frozen = train(true);
    assertThat(frozen.after().get(name)).isEqualTo(frozen.before().get(name));
    Trained adapted = train(false);
    assertThat(adapted.after().get(name)).isNotEqualTo(adapted.before().get(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv.weight", "bn.weight", "bn.bias", "fc.weight"})
  void weightsTrainAllTheSame(String name) {
    Trained frozen = train(true);
    assertThat(frozen.after().get(name)).isNotEqualTo(frozen.before().get(name));
    assertThat(frozen.after().get(name)).isNotEqualTo(train(false).after().get(name));
  }

  @Test
  void isRefusedWithoutStatisticsOfImages() {
    ConfigTree tree = ConfigTree.of(Defaults.of("digits")).with("model.norms", "frozen");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> tree.toConfig("The test"))
        .withMessageStartingWith("model.norms is frozen, but it needs")
        .withMessageContaining("set model.weights");
    assertThat(
            tree.with("model.weights", "efficientnet-lite0").toConfig("The test").model().norms())
        .isEqualTo("frozen");
  }
}
