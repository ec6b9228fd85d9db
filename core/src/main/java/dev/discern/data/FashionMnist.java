package dev.discern.data;

import dev.discern.config.CacheFolder;
import dev.discern.config.DataConfig;
import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.fetch.Download;
import dev.discern.fetch.Expected;
import dev.discern.fetch.Patience;
import dev.discern.fetch.Remote;
import dev.discern.image.ImageShape;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Fashion-MNIST: Xiao, Rasul, Vollgraf, arXiv 1708.07747. Four IDX files, read from the folder the
 * user names, else from the folder of Debian's package {@code dataset-fashion-mnist}, else from a
 * cache folder that a download fills.
 */
final class FashionMnist {
  static final String NAME = "fashion-mnist";
  private static final Path PACKAGED = Path.of("/usr/share/datasets/fashion-mnist");
  private static final String UPSTREAM =
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
  private static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  /**
   * SHA-256 of each file's content without gzip: Debian's package compresses the same bytes
   * differently, as a mirror may. Compressed as upstream does, they have the MD5 sums of upstream's
   * page.
   */
  static final Map<String, String> CONTENT_SHA256 =
      Map.of(
          "train-images-idx3-ubyte",
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
          "train-labels-idx1-ubyte",
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
          "t10k-images-idx3-ubyte",
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
          "t10k-labels-idx1-ubyte",
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

  static final DatasetSpec SPEC =
      new DatasetSpec(
          NAME,
          "28x28 gray images of clothes, 60,000 to train on and 10,000 to test",
          "MIT",
          70_000,
          CLASSES.size(),
          new ImageShape(1, 28, 28),
          "Xiao, Rasul, Vollgraf, Zalando 2017, arXiv 1708.07747; from "
              + NAME
              + ":DIR, else "
              + PACKAGED
              + " (Debian's dataset-fashion-mnist), else downloaded once (30 MB)",
          Map.of(
              "data.imageSize", 28,
              "data.augment", List.of("crop(padding=2)", "flip"),
              "data.workers", 1,
              "model.name", "resnet8",
              "train.epochs", 10,
              "train.batchSize", 128));

  private final Path packaged;
  private final Path cache;
  private final URI base;
  private final Map<String, String> contentSha256;
  private final Download download;

  /**
   * Sets where to look for the files.
   *
   * @param packaged the folder of a system package, used when it exists
   * @param cache the folder that downloads fill
   * @param base the address of the folder of the four {@code .gz} files, with a trailing slash
   * @param contentSha256 the SHA-256 of each file's content, by name without {@code .gz}
   * @param download the client
   */
  FashionMnist(
      Path packaged, Path cache, URI base, Map<String, String> contentSha256, Download download) {
    this.packaged = packaged;
    this.cache = cache;
    this.base = base;
    this.contentSha256 = Map.copyOf(contentSha256);
    this.download = download;
  }

  /**
   * The usual places, as the environment sets them: {@code DISCERN_FASHION_MNIST_URL}, and {@code
   * DISCERN_DATA} or else the folder of {@link CacheFolder}.
   */
  static FashionMnist from(Map<String, String> environment) {
    String base = environment.getOrDefault("DISCERN_FASHION_MNIST_URL", UPSTREAM);
    try {
      return new FashionMnist(
          PACKAGED,
          CacheFolder.of("DISCERN_DATA", environment).resolve(NAME),
          URI.create(base.endsWith("/") ? base : base + "/"),
          CONTENT_SHA256,
          new Download(Patience.USUAL));
    } catch (IllegalArgumentException e) {
      throw new InvalidConfig(
          "DISCERN_FASHION_MNIST_URL is '" + base + "', which is not a URL.", e);
    }
  }

  /**
   * Loads the four files and draws the validation part from the training images.
   *
   * @param config its source is {@code fashion-mnist} or {@code fashion-mnist:DIR}
   * @param listener receives the progress of a download
   * @return the split, its test part as published
   */
  Split load(DataConfig config, LoadListener listener) {
    Path folder = folder(config.source(), listener);
    MemoryImageSet train = part(folder, "train", "train");
    MemoryImageSet test = part(folder, "t10k", "test");
    if (!train.shape().equals(test.shape())) {
      throw new WorkFailed(
          "In "
              + folder
              + ", training images are "
              + train.shape()
              + " but test images "
              + test.shape()
              + ": fetch the four files again, from one data set.");
    }
    if (train.size() < test.size()) {
      throw new WorkFailed(
          "In "
              + folder
              + ", the train files hold "
              + train.size()
              + " images and the t10k files "
              + test.size()
              + ": they seem to be swapped. Exchange their names.");
    }
    List<ImageSet> parts = Splitter.holdOut(train, config.splitSeed(), config.validation());
    return new Split(parts.get(1), parts.get(0), test, train.shape(), List.of());
  }

  private static MemoryImageSet part(Path folder, String prefix, String name) {
    Path imageFile = require(folder, prefix + "-images-idx3-ubyte");
    Path labelFile = require(folder, prefix + "-labels-idx1-ubyte");
    Idx.Images images = Idx.images(imageFile);
    int[] labels = Idx.labels(labelFile, CLASSES.size());
    if (images.count() != labels.length) {
      throw new WorkFailed(
          "The file "
              + imageFile
              + " holds "
              + images.count()
              + " images, but "
              + labelFile
              + " "
              + labels.length
              + " labels: they belong to different parts. Fetch both again.");
    }
    return new MemoryImageSet(
        NAME + " " + name,
        new ImageShape(1, images.rows(), images.columns()),
        CLASSES,
        images.pixels(),
        labels);
  }

  private Path folder(String source, LoadListener listener) {
    if (!source.equals(NAME)) {
      Path given = Path.of(source.substring(NAME.length() + 1));
      if (!Files.isDirectory(given)) {
        throw new InvalidConfig(
            "Data set '" + source + "' names the folder " + given + ", which does not exist.");
      }
      return given;
    }
    if (Files.isDirectory(packaged)) {
      return packaged;
    }
    for (String file : contentSha256.keySet().stream().sorted().toList()) {
      if (find(cache, file).isEmpty()) {
        fetch(file, listener);
      }
    }
    return cache;
  }

  private void fetch(String file, LoadListener listener) {
    String wanted = contentSha256.getOrDefault(file, "");
    try {
      download.fetch(
          Remote.of(base.resolve(file + ".gz")),
          cache.resolve(file + ".gz"),
          Expected.content(content -> holds(content, wanted)),
          listener::progress);
    } catch (WorkFailed e) {
      throw new WorkFailed(
          e.getMessage()
              + " Try again, install the Debian package dataset-fashion-mnist, or give the folder"
              + " of the four IDX files as "
              + NAME
              + ":DIR.",
          e);
    }
  }

  private static boolean holds(InputStream content, String sha256) {
    try {
      return Sha256.ofGunzipped(content).equals(sha256);
    } catch (IOException e) {
      return false; // not gzip, or truncated: not the file
    }
  }

  private static Path require(Path folder, String file) {
    return find(folder, file)
        .orElseThrow(
            () ->
                new WorkFailed(
                    "The folder "
                        + folder
                        + " has no file "
                        + file
                        + " (or "
                        + file
                        + ".gz): "
                        + NAME
                        + ":DIR needs a folder with the four IDX files."));
  }

  private static Optional<Path> find(Path folder, String file) {
    // Some mirrors write a dot before "idx".
    List<Function<String, String>> spellings =
        List.of(f -> f, f -> f + ".gz", f -> f.replace("-idx", ".idx"));
    return spellings.stream()
        .map(s -> folder.resolve(s.apply(file)))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
