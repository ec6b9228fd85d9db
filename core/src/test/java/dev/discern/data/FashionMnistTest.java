package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discern.config.DataConfig;
import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.fetch.Download;
import dev.discern.fetch.FileServer;
import dev.discern.fetch.Patience;
import dev.discern.image.ImageShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
  @TempDir private Path folder;

  private DataConfig given() {
    return Configs.of("fashion-mnist:" + folder);
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> Datasets.load(given()))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining(folder.toString())
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void readsAGivenFolderAndDrawsOnlyTheValidationPart() {
    IdxFiles.write(IdxFiles.four(100, 30), folder);

    Split split = Datasets.load(given());

    assertThat(split.train().size()).isEqualTo(90);
    assertThat(split.validation().size()).isEqualTo(10);
    assertThat(split.test().size()).isEqualTo(30);
    assertThat(split.shape()).isEqualTo(new ImageShape(1, 28, 28));
    assertThat(split.classNames()).hasSize(10).startsWith("T-shirt/top").endsWith("Ankle boot");
    assertThat(split.test().describe(3)).isEqualTo("fashion-mnist test #3");
  }

  @Test
  void readsOtherSpellingsOfTheFiles() {
    IdxFiles.four(100, 30)
        .forEach(
            (name, content) ->
                TestImages.write(
                    folder.resolve(
                        name.startsWith("train") ? name.replace("-idx", ".idx") : name + ".gz"),
                    name.startsWith("train") ? content : IdxFiles.gzip(content)));

    assertThat(Datasets.load(given()).test().size()).isEqualTo(30);
  }

  @Test
  void namesAMissingFile() {
    Map<String, byte[]> files = IdxFiles.four(100, 30);
    files.remove("t10k-labels-idx1-ubyte");
    IdxFiles.write(files, folder);

    assertRefused("t10k-labels-idx1-ubyte", "four IDX files");
  }

  @Test
  void refusesAGivenFolderThatIsNotThere() {
    assertThatThrownBy(() -> Datasets.load(Configs.of("fashion-mnist:/no/such/folder")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("/no/such/folder");
  }

  @Test
  void refusesImagesAndLabelsOfDifferentParts() {
    Map<String, byte[]> files = IdxFiles.four(100, 30);
    files.put("train-labels-idx1-ubyte", IdxFiles.labels(30));
    IdxFiles.write(files, folder);

    assertRefused("100 images", "30 labels");
  }

  @Test
  void refusesTrainAndTestSwapped() {
    IdxFiles.write(IdxFiles.four(30, 100), folder);

    assertRefused("seem to be swapped");
  }

  @Test
  void refusesTooFewImagesOfAClass() {
    IdxFiles.write(IdxFiles.four(15, 10), folder);

    assertThatThrownBy(() -> Datasets.load(given()))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("'Sandal' has 1 image,");
  }

  @Test
  void fetchesTheFilesOnceWhereNoPackageHasThem() throws IOException {
    Map<String, byte[]> files = IdxFiles.four(100, 30);
    try (FileServer server = new FileServer()) {
      Map<String, String> hashes = serve(server, files);
      FashionMnist source = downloading(server, hashes);

      Split first = source.load(Configs.of("fashion-mnist"), LoadListener.NONE);
      Split second = source.load(Configs.of("fashion-mnist"), LoadListener.NONE);

      assertThat(server.requests).hasSize(4);
      assertThat(Fingerprint.of(first)).isEqualTo(Fingerprint.of(second));
    }
  }

  @Test
  void saysHowToGoOnWithoutTheDownload() throws IOException {
    try (FileServer server = new FileServer()) {
      Map<String, String> hashes = serve(server, IdxFiles.four(100, 30));
      server.files.put("train-labels-idx1-ubyte.gz", IdxFiles.gzip(new byte[] {1}));

      assertThatThrownBy(
              () ->
                  downloading(server, hashes).load(Configs.of("fashion-mnist"), LoadListener.NONE))
          .isInstanceOf(WorkFailed.class)
          .hasMessageContaining("train-labels-idx1-ubyte.gz")
          .hasMessageContaining("SHA-256")
          .hasMessageContaining("dataset-fashion-mnist")
          .hasMessageContaining("fashion-mnist:DIR");
    }
  }

  private Map<String, String> serve(FileServer server, Map<String, byte[]> files)
      throws IOException {
    Map<String, String> hashes = new HashMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] packed = IdxFiles.gzip(file.getValue());
      server.files.put(file.getKey() + ".gz", packed);
      hashes.put(file.getKey(), Sha256.ofGunzipped(new ByteArrayInputStream(packed)));
    }
    return hashes;
  }

  private FashionMnist downloading(FileServer server, Map<String, String> hashes) {
    return new FashionMnist(
        folder.resolve("no-package"),
        folder.resolve("cache"),
        server.uri(""),
        hashes,
        new Download(Patience.USUAL.withFirstDelay(Duration.ofMillis(1))));
  }

  @Test
  void knowsTheHashesOfThePublishedFiles() throws IOException {
    Path packaged = Path.of("/usr/share/datasets/fashion-mnist");
    assumeTrue(Files.isDirectory(packaged), "dataset-fashion-mnist is not installed");

    for (Map.Entry<String, String> file : FashionMnist.CONTENT_SHA256.entrySet()) {
      Path packed = packaged.resolve(file.getKey() + ".gz");
      assertThat(Sha256.ofGunzipped(Files.newInputStream(packed))).isEqualTo(file.getValue());
    }
  }

  @Test
  void takesTheAddressFromTheEnvironment() {
    assertThatThrownBy(() -> FashionMnist.from(Map.of("DISCERN_FASHION_MNIST_URL", "not a url")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("DISCERN_FASHION_MNIST_URL");
  }
}
