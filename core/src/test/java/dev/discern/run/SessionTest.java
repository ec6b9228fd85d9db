package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session owns outside the Java heap. */
class SessionTest {
  @TempDir private Path folder;

  @Test
  void freesItsTensorsWhenItIsClosed() {
    RunConfig config =
        ConfigTree.of(Defaults.of("digits"))
            .with("loss.spec", "ce")
            .with("loss.classWeights", "balanced")
            .with("optim.ema", 0.9)
            .toConfig("The test");
    List<Pointer> owned = new ArrayList<>();
    try (Session session = Session.build(config, folder.resolve("run"))) {
      owned.addAll(session.network().store().state().values());
      owned.addAll(session.measured().store().state().values());
      owned.addAll(session.optimizer().state().values());
      owned.add(Objects.requireNonNull(session.objective().classWeights()));
      assertThat(owned).hasSizeGreaterThan(50).noneMatch(pointer -> pointer.isNull());
    }
    assertThat(owned).allMatch(pointer -> pointer.isNull());
  }
}
