package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Photographs are fine-tuned from the embedded network; here with few pixels, to be fast. */
class FineTuningTest {
  private static final int PER_CLASS = 260;

  @TempDir private static Path data;
  @TempDir private Path folder;

  @BeforeAll
  static void takePhotographs() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (Color color : new Color[] {Color.RED, Color.GREEN, Color.BLUE}) {
      Path of = Files.createDirectories(data.resolve("c" + color.getRGB()));
      for (int i = 0; i < PER_CLASS; i++) {
        BufferedImage image = new BufferedImage(72, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        for (int k = 0; k < 30; k++) {
          g.setColor(k % 3 == 0 ? color : new Color(random.nextInt(1 << 24)));
          g.fillOval(random.nextInt(72), random.nextInt(64), 20, 20);
        }
        g.dispose();
        ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
      }
    }
  }

  private static Object[] tuning(Path out) {
    return new Object[] {
      "train",
      data,
      "--loss",
      "ce",
      "--image-size",
      32,
      "--head-epochs",
      40,
      "--epochs",
      2,
      "--batch-size",
      16,
      "--limit-train",
      520,
      "--threads",
      1,
      "--precision",
      "fp32",
      "--out",
      out
    };
  }

  private static byte[] weights(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("weights.safetensors"));
  }

  private Map<String, String> features(String name) {
    return Map.of("DISCERN_FEATURES", folder.resolve(name).toString());
  }

  private static void waitUntil(BooleanSupplier condition, Process process) {
    long end = System.nanoTime() + 120_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(process.isAlive()).as("the process lives").isTrue();
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static long shards(Path cache) {
    if (!Files.isDirectory(cache)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void isKilledAtEveryStageAndResumesToTheSameBits() throws Exception {
    Path uncut = folder.resolve("uncut");
    assertThat(Cli.run(features("whole"), tuning(uncut)).exit()).isZero();
    for (String stage : new String[] {"the feature cache", "the head", "fine-tuning"}) {
      Path cut = folder.resolve("run in " + stage);
      Path cache = folder.resolve("cache in " + stage);
      Map<String, String> variables = Map.of("DISCERN_FEATURES", cache.toString());
      Process process = Cli.start(variables, tuning(cut));
      waitUntil(
          switch (stage) {
            case "the feature cache" -> () -> shards(cache) >= 1;
            case "the head" -> () -> shards(cache) >= 3;
            default -> () -> Files.exists(cut.resolve("checkpoints/last"));
          },
          process);
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      assertThat(cut.resolve("result.json")).doesNotExist();
      assertThat(cut.resolve("features.json"))
          .satisfies(
              file -> {
                assertThat(Files.exists(file)).as(stage).isEqualTo(stage.equals("fine-tuning"));
              });
      Cli.Result resumed = Cli.run(variables, "train", "--resume", cut);
      assertThat(resumed.exit()).as(resumed.err()).isZero();
      assertThat(weights(cut)).as(stage).isEqualTo(weights(uncut));
    }
  }

  @Test
  void rebuildsADamagedCacheAndSaysSo() throws Exception {
    Object[] frozen = frozen(folder.resolve("first"));
    assertThat(Cli.run(features("cache"), frozen).exit()).isZero();
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
      }
    }
    Cli.Result second = Cli.run(features("cache"), frozen(folder.resolve("second")));
    assertThat(second.err()).contains("were damaged: they are computed again.");
    assertThat(weights(folder.resolve("second"))).isEqualTo(weights(folder.resolve("first")));
  }

  private Object[] frozen(Path out) {
    return new Object[] {
      "train",
      data,
      "--loss",
      "ce",
      "--image-size",
      32,
      "--freeze",
      "backbone",
      "--limit-train",
      300,
      "--precision",
      "fp32",
      "--out",
      out
    };
  }

  @Test
  void aFrozenBackboneIsMeasuredOnItsFeaturesAsOnItsImages() throws Exception {
    Path run = folder.resolve("run");
    Cli.Result trained = Cli.run(features("cache"), frozen(run));
    assertThat(trained.err())
        .startsWith("The images are photographs (median shorter side 64 pixels), so a head is")
        .contains("To train from scratch: --weights none.");
    JsonNode result = new JsonMapper().readTree(run.resolve("result.json").toFile());
    Cli.Result evaluated = Cli.run("evaluate", run, "--checkpoint", "last", "--json");
    JsonNode figures = new JsonMapper().readTree(evaluated.out());
    assertThat(figures.path("top1")).isEqualTo(result.path("test").path("top1"));
    assertThat(result.path("test").path("top1").asDouble()).isGreaterThan(0.6);
  }

  @Test
  void weightsNoneAndAModelOfOnesOwnTrainFromScratch() {
    for (Object[] choice : new Object[][] {{"--weights", "none"}, {"--model", "resnet8"}}) {
      Path run = folder.resolve("run" + choice[1]);
      Cli.Result result =
          Cli.run(
              "train",
              data,
              choice[0],
              choice[1],
              "--limit-train",
              30,
              "--epochs",
              1,
              "--batch-size",
              16,
              "--image-size",
              16,
              "--out",
              run);
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.err()).startsWith("Training resnet");
    }
  }
}
