package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.WorkFailed;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs on image files: what must not show in the result, and what must be refused. */
class StreamingRunTest {
  @TempDir private Path folder;
  private Path photos;

  @BeforeEach
  void makePhotos() throws IOException {
    photos = folder.resolve("photos");
    Random random = new Random(5);
    for (String name : List.of("light", "dark", "gray")) {
      Path classFolder = Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < 10; i++) {
        BufferedImage image = new BufferedImage(40 + i, 30, BufferedImage.TYPE_INT_RGB);
        int base = name.equals("light") ? 150 : name.equals("dark") ? 10 : 80;
        for (int p = 0; p < image.getWidth() * 30; p++) {
          int v = base + random.nextInt(100);
          image.setRGB(p % image.getWidth(), p / image.getWidth(), v << 16 | v << 8 | (255 - v));
        }
        ImageIO.write(image, "png", classFolder.resolve(i + ".png").toFile());
      }
    }
  }

  private RunConfig config(Map<String, Object> changed) {
    return ConfigTree.of(Defaults.of(photos.toString()))
        .with("model.name", "resnet8")
        .with("loss.spec", "crl")
        .with("data.imageSize", 16)
        .with("data.augment", List.of("resized-crop(minScale=0.3)", "flip", "color-jitter"))
        .with("train.mix", List.of("mixup", "cutmix"))
        .with("train.epochs", 3)
        .with("train.batchSize", 4)
        .with("train.precision", "fp32")
        .with("train.threads", "1")
        .with(changed)
        .toConfig("test");
  }

  private byte[] weights(String name, Map<String, Object> changed) throws IOException {
    Path run = folder.resolve(name);
    TrainingRun.start(config(changed), run, new RunListener() {}, () -> false);
    return Files.readAllBytes(run.resolve("weights.safetensors"));
  }

  @Test
  void neitherCacheNorWorkersShowInTheResult() throws IOException {
    byte[] plain = weights("plain", Map.of("data.cache", "none", "data.workers", 1));

    assertThat(weights("cached", Map.of("data.cache", "memory"))).isEqualTo(plain);
    assertThat(weights("workers", Map.of("data.workers", 3))).isEqualTo(plain);
    assertThat(weights("seed", Map.of("train.seed", 1L))).isNotEqualTo(plain);
  }

  @Test
  void resumesWithinAnEpochToTheSameBits() throws IOException {
    byte[] whole = weights("whole", Map.of());
    Path run = folder.resolve("cut");
    AtomicInteger steps = new AtomicInteger();
    TrainingRun.start(
        config(Map.of()), run, new RunListener() {}, () -> steps.incrementAndGet() == 7);
    assertThat(run.resolve("weights.safetensors")).doesNotExist();

    TrainingRun.resume(run, tree -> tree, new RunListener() {}, () -> false);

    assertThat(Files.readAllBytes(run.resolve("weights.safetensors"))).isEqualTo(whole);
  }

  @Test
  void resumesOnceADamagedImageWasReplaced() throws IOException {
    byte[] whole = weights("whole", Map.of());
    Path run = folder.resolve("run");
    Path image = photos.resolve("dark/3.png");
    byte[] intact = Files.readAllBytes(image);
    AtomicInteger steps = new AtomicInteger();
    TrainingRun.start(
        config(Map.of()), run, new RunListener() {}, () -> steps.incrementAndGet() == 2);
    Files.write(image, java.util.Arrays.copyOf(intact, intact.length / 2));
    assertThatThrownBy(
            () -> TrainingRun.resume(run, tree -> tree, new RunListener() {}, () -> false))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("dark/3.png");

    Files.write(image, intact);
    TrainingRun.resume(run, tree -> tree, new RunListener() {}, () -> false);

    assertThat(Files.readAllBytes(run.resolve("weights.safetensors"))).isEqualTo(whole);
  }

  @Test
  void resumesWithAnotherFileInPlaceOfADamagedOne() throws IOException {
    Path run = folder.resolve("run");
    Path image = photos.resolve("dark/3.png");
    byte[] intact = Files.readAllBytes(photos.resolve("dark/4.png"));
    AtomicInteger steps = new AtomicInteger();
    BooleanSupplier damage =
        () -> {
          if (steps.incrementAndGet() == 2) {
            write(image, new byte[] {1, 2, 3});
          }
          return false;
        };
    RunConfig uncached = config(Map.of("data.cache", "none"));
    assertThatThrownBy(() -> TrainingRun.start(uncached, run, new RunListener() {}, damage))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("dark/3.png")
        .hasMessageContaining("resume the run");

    write(image, intact);
    TrainingRun.resume(run, tree -> tree, new RunListener() {}, () -> false);
    assertThat(run.resolve("result.json")).exists();
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"arcface", "bce", "seesaw", "l-softmax"})
  void refusesMixingWithMethodsThatNeedOneClass(String method) {
    boolean takes =
        dev.discern.head.Methods.CATALOGUE
            .create(dev.discern.config.Spec.parse(method))
            .takesDistributions();
    RunConfig asked = config(Map.of("loss.spec", method));
    if (takes) {
      assertThat(CanonicalConfig.of(asked).loss().spec()).startsWith(method);
    } else {
      assertThatThrownBy(() -> CanonicalConfig.of(asked))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("train.mix is [mixup, cutmix], but it makes soft targets");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"crops", "crop(padding=-1)", "flip(x=1)", "erase(p=2)"})
  void refusesAnAugmentationThatDoesNotExist(String spec) {
    assertThatThrownBy(() -> CanonicalConfig.of(config(Map.of("data.augment", List.of(spec)))))
        .isInstanceOf(InvalidConfig.class);
  }

  @Test
  void spellsAugmentationAndMixingInFull() {
    RunConfig config = CanonicalConfig.of(config(Map.of()));

    assertThat(config.train().mix()).containsExactly("mixup(alpha=0.2)", "cutmix(alpha=1)");
    assertThat(config.data().augment().get(0)).startsWith("resized-crop(minScale=0.3,maxScale=1");
  }
}
