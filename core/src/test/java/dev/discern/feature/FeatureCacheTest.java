package dev.discern.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.config.Task;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.data.Normalization;
import dev.discern.data.TestImages;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
  private static final ImageShape SHAPE = new ImageShape(3, 16, 16);
  private static final int IMAGES = 1100; // two whole shards and a part

  @TempDir private Path folder;

  private static ModelCard card(double cropRatio) {
    return new ModelCard(
        "resnet8",
        "ce",
        Task.ONE_LABEL,
        List.of("a", "b"),
        List.of(),
        new Preprocessing(
            SHAPE,
            cropRatio,
            Interpolation.BILINEAR,
            new Normalization(new float[] {0, 0, 0}, new float[] {1, 1, 1})),
        Map.of());
  }

  private static Extractor extractor(long seed, double cropRatio) {
    Network network = Networks.create(card(cropRatio), seed, List.of(1L, 1L), "cpu", "fp32");
    return new Extractor(network, card(cropRatio), 1);
  }

  private static ImageSet images(long seed) {
    return TestImages.memory(SHAPE, IMAGES, 2, seed);
  }

  private FeatureCache.Found found(ImageSet set, Extractor extractor) {
    return new FeatureCache(folder).of(set, extractor, LoadListener.NONE, () -> false);
  }

  private List<Path> shards() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void computesOnceAndReadsTheSameBitsAfterwards() {
    FeatureCache.Found first = found(images(1), extractor(3, 1));
    FeatureCache.Found second = found(images(1), extractor(3, 1));
    assertThat(first.computed()).isEqualTo(IMAGES);
    assertThat(second.computed()).isZero();
    assertThat(second.table().values()).isEqualTo(first.table().values());
    assertThat(second.table().rows()).isEqualTo(IMAGES);
    assertThat(second.table().row(7)).isEqualTo(first.table().row(7)).isNotEqualTo(new float[64]);
  }

  @Test
  void computesAgainForOtherWeightsViewsAndImages() {
    found(images(1), extractor(3, 1));
    assertThat(found(images(1), extractor(4, 1)).computed()).isEqualTo(IMAGES);
    assertThat(found(images(1), extractor(3, 0.875)).computed()).isEqualTo(IMAGES);
    assertThat(found(images(2), extractor(3, 1)).computed()).isEqualTo(IMAGES);
  }

  @Test
  void anInterruptedComputationKeepsItsWholeShardsAndEndsWithTheSameBits() {
    AtomicInteger batches = new AtomicInteger();
    // 256 images per batch: the third ends within the second shard.
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                new FeatureCache(folder)
                    .of(
                        images(1),
                        extractor(3, 1),
                        LoadListener.NONE,
                        () -> batches.incrementAndGet() == 3));
    FeatureCache.Found resumed = found(images(1), extractor(3, 1));
    assertThat(resumed.computed()).isEqualTo(IMAGES - FeatureCache.SHARD);
    FeatureCache.Found whole =
        new FeatureCache(folder.resolve("other"))
            .of(images(1), extractor(3, 1), LoadListener.NONE, () -> false);
    assertThat(resumed.table().values()).isEqualTo(whole.table().values());
  }

  @Test
  void rebuildsWhatIsDamagedOnDiskAndSaysSo() throws IOException {
    float[] values = found(images(1), extractor(3, 1)).table().values();
    Path cut = shards().get(0);
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    Path changed = shards().get(1);
    bytes = Files.readAllBytes(changed);
    bytes[bytes.length - 1] ^= 1;
    Files.write(changed, bytes);
    FeatureCache.Found rebuilt = found(images(1), extractor(3, 1));
    assertThat(rebuilt.table().values()).isEqualTo(values);
    assertThat(rebuilt.computed()).isLessThan(IMAGES).isPositive();
    assertThat(rebuilt.notes())
        .singleElement()
        .asString()
        .contains(folder.toString(), "damaged", "computed again");
    assertThat(found(images(1), extractor(3, 1)).computed()).isZero();
  }

  @Test
  void worksWithoutAFolderToWriteTo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    FeatureCache.Found found =
        new FeatureCache(file.resolve("below"))
            .of(images(1), extractor(3, 1), LoadListener.NONE, () -> false);
    assertThat(found.table().rows()).isEqualTo(IMAGES);
    assertThat(found.notes()).singleElement().asString().contains("could not be kept");
  }
}
