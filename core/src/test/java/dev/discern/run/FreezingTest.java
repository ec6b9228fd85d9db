package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreezingTest {
  @TempDir private Path folder;

  private static RunConfig config(String freeze) {
    return ConfigTree.of(Defaults.of("digits"))
        .with("model.name", "resnet8")
        .with("model.freeze", freeze)
        .with("loss.spec", "ce")
        .with("data.limitTrain", 64)
        .with("train.epochs", 1)
        .toConfig("test");
  }

  private Map<String, float[]> trained(String freeze) {
    RunConfig config = config(freeze);
    Path run = folder.resolve(freeze);
    TrainingRun.start(config, run, new RunListener() {}, () -> false);
    Map<String, float[]> values = new HashMap<>();
    try (Scope scope = new Scope()) {
      SafeTensors.read(run.resolve("weights.safetensors"))
          .tensors()
          .forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
    }
    return values;
  }

  private Map<String, float[]> first() {
    Map<String, float[]> values = new HashMap<>();
    Session session = Session.build(config("none"), folder.resolve("first"));
    session
        .network()
        .store()
        .state()
        .forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
    return values;
  }

  @Test
  void aFrozenBackboneKeepsWeightsAndStatisticsWhileTheHeadTrains() {
    Map<String, float[]> first = first();
    trained("backbone")
        .forEach(
            (name, values) -> {
              if (name.startsWith("fc.")) {
                assertThat(values).as(name).isNotEqualTo(first.get(name));
              } else {
                assertThat(values).as(name).isEqualTo(first.get(name));
              }
            });
  }

  @Test
  void aFrozenBlockFreezesThoseBeforeIt() {
    Map<String, float[]> first = first();
    Map<String, float[]> trained = trained("layer2.0");
    for (String name : new String[] {"conv1.weight", "bn1.running_mean", "layer2.0.conv2.weight"}) {
      assertThat(trained.get(name)).as(name).isEqualTo(first.get(name));
    }
    for (String name : new String[] {"layer3.0.conv1.weight", "layer3.0.bn1.running_mean"}) {
      assertThat(trained.get(name)).as(name).isNotEqualTo(first.get(name));
    }
  }

  @Test
  void namesTheBlocksWhereOneIsUnknown() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> CanonicalConfig.of(config("layer9")))
        .withMessageContaining("stem, layer1.0, layer2.0, layer3.0");
  }
}
