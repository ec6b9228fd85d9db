package discern.data;

import discern.config.DataConfig;
import discern.config.WorkFailed;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Fashion-MNIST (Xiao, Rasul, Vollgraf, arXiv 1708.07747): 70,000 garments, 28×28, grey. */
final class FashionMnist {
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
  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");
  private static final URI UPSTREAM =
      URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");

  // Of the uncompressed files: mirrors compress them differently.
  private static final Map<String, String> SHA256 =
      Map.of(
          "train-images-idx3-ubyte",
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
          "train-labels-idx1-ubyte",
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
          "t10k-images-idx3-ubyte",
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
          "t10k-labels-idx1-ubyte",
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

  private FashionMnist() {}

  /** Reads from a given folder; from where Debian's package puts the files; or downloads them. */
  static Split load(String folder, DataConfig config) {
    Path source = folder.isEmpty() ? installed() : Path.of(folder);
    if (!Files.isDirectory(source)) {
      throw new WorkFailed(source + " is no folder: name the one that holds the four IDX files.");
    }
    ImageSet train = read(source, "train");
    ImageSet test = read(source, "t10k");
    return Stratified.two(train, test, config);
  }

  private static Path installed() {
    if (Files.isDirectory(DEBIAN)) {
      return DEBIAN;
    }
    String mirror = System.getenv().getOrDefault("DISCERN_FASHION_MNIST_URL", UPSTREAM.toString());
    Path cache = Caches.folder().resolve("fashion-mnist");
    download(URI.create(mirror), cache);
    return cache;
  }

  /** Fetches what is missing. */
  static void download(URI mirror, Path into) {
    for (Map.Entry<String, String> file : new java.util.TreeMap<>(SHA256).entrySet()) {
      String name = file.getKey() + ".gz";
      new Download(mirror.resolve(name), into.resolve(name), file.getValue()).run();
    }
  }

  private static ImageSet read(Path folder, String part) {
    IdxFile images = IdxFile.read(find(folder, part + "-images-idx3-ubyte"), 3);
    IdxFile labels = IdxFile.read(find(folder, part + "-labels-idx1-ubyte"), 1);
    int count = images.sides()[0];
    if (count != labels.sides()[0] || count == 0) {
      throw new WorkFailed(
          images.file()
              + " holds "
              + count
              + " images, but "
              + labels.file()
              + " "
              + labels.sides()[0]
              + " labels: one of them belongs to another part of the data set.");
    }
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      classes[i] = labels.data()[i] & 0xff;
      if (classes[i] >= CLASSES.size()) {
        throw new WorkFailed(
            labels.file()
                + " holds the label "
                + classes[i]
                + " (image "
                + i
                + "), but there are only classes 0 to 9: replace it by an intact copy.");
      }
    }
    ImageShape shape = new ImageShape(1, images.sides()[1], images.sides()[2]);
    return new MemoryImages("fashion-mnist " + part, shape, CLASSES, images.data(), classes);
  }

  private static Path find(Path folder, String name) {
    for (String candidate : new String[] {name + ".gz", name}) {
      Path file = folder.resolve(candidate);
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new WorkFailed(
        folder
            + " has no "
            + name
            + " or "
            + name
            + ".gz: put the four files of Fashion-MNIST there, or leave the folder out.");
  }
}
