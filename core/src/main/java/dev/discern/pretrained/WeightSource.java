package dev.discern.pretrained;

import dev.discern.card.EmbeddedModels;
import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.card.Preprocessing;
import dev.discern.config.InvalidConfig;
import dev.discern.data.Normalization;
import dev.discern.fetch.FetchListener;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.model.Models;
import dev.discern.weights.Hub;
import dev.discern.weights.HubFiles;
import dev.discern.weights.HubName;
import dev.discern.weights.Listing;
import dev.discern.weights.StateDict;
import dev.discern.weights.TimmConfig;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds weights by what a user calls them. */
public final class WeightSource {
  /** No weights: training starts from random ones. */
  public static final String NONE = "none";

  private static final String TIMM_CONFIG = "config.json";

  private WeightSource() {}

  /**
   * Finds weights.
   *
   * @param source {@code hf:OWNER/NAME}; or the path of a file, of a run, or of a folder in timm's
   *     layout; or, where no such file exists, the name of an embedded network
   * @param listener receives the progress of a download
   * @return the weights
   * @throws InvalidConfig if there is nothing of that name
   * @throws dev.discern.config.WorkFailed if they cannot be read or fetched
   */
  public static Pretrained find(String source, FetchListener listener) {
    if (source.startsWith(HubName.PREFIX)) {
      return ofHub(source, Hub.from(System.getenv()).fetch(HubName.parse(source), listener));
    }
    Path path = path(source);
    if (Files.isRegularFile(path)) {
      return ofFile(source, path);
    }
    if (Files.isRegularFile(path.resolve(TIMM_CONFIG))) {
      return ofTimm(
          source, TimmConfig.read(path.resolve(TIMM_CONFIG), source), weights(path), List.of());
    }
    if (Files.isDirectory(path)) {
      ModelFile found = ModelFile.find(path, ModelFile.BEST);
      List<String> notes = found.note().isEmpty() ? List.of() : List.of(found.note());
      return ofCard(source, found.file(), found.card(), notes);
    }
    Path embedded = EmbeddedModels.find(source).orElseThrow(() -> absent(source));
    return ofCard(source, embedded, ModelCard.of(embedded), List.of());
  }

  /**
   * Spells a source so that it means the same from any working directory.
   *
   * @param source as for {@link #find}
   * @return names unchanged, paths of existing files and folders made absolute
   */
  public static String canonical(String source) {
    if (source.equals(NONE) || source.startsWith(HubName.PREFIX)) {
      return source;
    }
    Path path = path(source);
    return Files.exists(path) ? path.toAbsolutePath().normalize().toString() : source;
  }

  /**
   * Names the commit that a model of the hub is at now, so that all runs of a configuration start
   * from the same weights.
   *
   * @param source as for {@link #find}
   * @return a model of the hub with its commit; other sources unchanged
   * @throws InvalidConfig if the hub has no such model
   * @throws dev.discern.config.WorkFailed if it is neither cached nor can be fetched
   */
  public static String pinned(String source) {
    if (!source.startsWith(HubName.PREFIX)) {
      return source;
    }
    HubName name = HubName.parse(source);
    if (name.isCommit()) {
      return source;
    }
    String commit = Hub.from(System.getenv()).fetch(name, FetchListener.NONE).commit();
    return new HubName(name.owner(), name.name(), commit).toString();
  }

  /**
   * The name of a source, for a record that leaves this machine.
   *
   * @param source as for {@link #find}; need not exist any more
   * @return names unchanged; of a path, the last part
   */
  public static String nameOf(String source) {
    return source.startsWith(HubName.PREFIX)
        ? source
        : String.valueOf(path(source).toAbsolutePath().normalize().getFileName());
  }

  private static Path path(String source) {
    if (source.isBlank()) {
      throw absent("''"); // Java takes it for the working directory
    }
    try {
      return Path.of(source);
    } catch (InvalidPathException e) {
      throw absent(source);
    }
  }

  private static InvalidConfig absent(String source) {
    return new InvalidConfig(
        "There are no weights "
            + source
            + ": name "
            + String.join(", ", EmbeddedModels.names())
            + ", a file (safetensors, .pth), a run's folder, or a model of the hub as"
            + " hf:OWNER/NAME.");
  }

  private static Pretrained ofFile(String source, Path file) {
    Listing listing = StateDict.list(file);
    if (listing.metadata().getOrDefault("format", "").startsWith("discern-")) {
      return ofCard(source, file, ModelCard.of(listing.metadata(), file), List.of());
    }
    return new Pretrained(
        source,
        file,
        architecture(listing),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  // Several fit where only paddings differ: then timm's checkpoints say which, or else the user.
  private static Optional<String> architecture(Listing listing) {
    List<String> fitting = Fit.whole(Fit.all(listing));
    String written = listing.metadata().getOrDefault("arch", "");
    return fitting.contains(written)
        ? Optional.of(written)
        : fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
  }

  private static Pretrained ofCard(String source, Path file, ModelCard card, List<String> notes) {
    return new Pretrained(
        source,
        file,
        Optional.of(card.architecture()),
        Optional.of(card.preprocessing()),
        card.classNames(),
        Optional.of(card.method()),
        notes);
  }

  // The names that the hub's models have, too.
  private static Path weights(Path folder) {
    return Stream.of("model.safetensors", "pytorch_model.bin")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidConfig(
                    folder
                        + " has timm's config.json, but neither model.safetensors nor"
                        + " pytorch_model.bin: put the weights beside it."));
  }

  private static Pretrained ofHub(String source, HubFiles files) {
    return ofTimm(source, files.config(), files.weights(), files.note().stream().toList());
  }

  private static Pretrained ofTimm(
      String source, TimmConfig config, Path weights, List<String> notes) {
    String name = config.architectureName();
    if (!Models.CATALOGUE.has(name)) {
      throw new InvalidConfig(
          source
              + " is a "
              + name
              + ", which Discern does not have: choose weights of a model that the catalog lists.");
    }
    return new Pretrained(
        source,
        weights,
        Optional.of(name),
        Optional.of(preprocessing(config)),
        config.labelNames(),
        Optional.empty(),
        notes);
  }

  private static Preprocessing preprocessing(TimmConfig config) {
    TimmConfig.InputSize input = config.input();
    return new Preprocessing(
        new ImageShape(input.channels(), input.height(), input.width()),
        Math.min(1, config.cropRatio()),
        config.interpolation().toUpperCase(Locale.ROOT).equals("BILINEAR")
            ? Interpolation.BILINEAR
            : Interpolation.BICUBIC,
        new Normalization(floats(config.mean()), floats(config.std())));
  }

  private static float[] floats(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
