package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.config.ConfigTree;
import dev.discern.config.Task;
import dev.discern.config.TrainConfig;
import dev.discern.data.Normalization;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.torch.Precision;
import dev.discern.torch.Precisions;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedPrecisionTest {
  private static final ModelCard CARD =
      new ModelCard(
          "resnet8",
          "ce",
          Task.ONE_LABEL,
          List.of("cat", "dog"),
          List.of(),
          new Preprocessing(
              new ImageShape(1, 8, 8),
              1,
              Interpolation.BILINEAR,
              new Normalization(new float[] {0.5f}, new float[] {1})),
          Map.of());

  @TempDir private Path run;
  private final Network network = Networks.create(CARD, 1, List.of(), "cpu", "auto");

  private final TrainConfig config =
      ConfigTree.defaults()
          .with("data.source", "digits")
          .with("train.precision", "auto")
          .toConfig("The test")
          .train();

  private Network settled(String environment) throws IOException {
    Files.writeString(run.resolve("config.yaml"), "");
    Files.writeString(run.resolve("environment.json"), environment);
    return RecordedPrecision.settled(network, CARD, config, run);
  }

  @Test
  void keepsThePrecisionsOfARun() throws IOException {
    Network settled = settled("{\"precision\": {\"training\": \"bf16\", \"inference\": \"fp32\"}}");
    assertThat(settled.precisions()).isEqualTo(new Precisions(Precision.BF16, Precision.FP32));
  }

  @Test
  void triesNothingForARunThatBeganWithoutATrial() throws IOException {
    assertThat(settled("{\"threads\": 1}")).isSameAs(network);
  }

  @Test
  void repeatsTheFiguresOfARunInItsPrecision() throws IOException {
    Network unused = settled("{\"precision\": {\"training\": \"bf16\", \"inference\": \"fp32\"}}");
    assertThat(RecordedPrecision.inference(run, config, "cpu")).isEqualTo("fp32");
    unused = settled("{\"threads\": 1}");
    assertThat(RecordedPrecision.inference(run, config, "cpu"))
        .isEqualTo(RecordedPrecision.name(network.precisions().inference()));
  }
}
