package dev.discern.train;

import dev.discern.config.AtomicFiles;
import dev.discern.config.Internal;
import dev.discern.config.WorkFailed;
import dev.discern.optim.Optimizer;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A run's checkpoints, each a self-describing safetensors file: {@code last} to resume from, {@code
 * previous} in case {@code last} is damaged, {@code best} by validation.
 */
@Internal
public final class Checkpoint {
  private static final String MODEL = "model.";
  private static final String OPTIMIZER = "optimizer.";
  // The weights that train, where those of the model are their average: whoever reads a checkpoint
  // finds under one name what is measured.
  private static final String RAW = "raw.";

  private final Path folder;
  private final Map<String, String> identity;

  /**
   * Keeps checkpoints in a folder.
   *
   * @param folder the folder; created on the first write
   * @param identity the run's metadata in every checkpoint: model, classes, Discern's version
   */
  public Checkpoint(Path folder, Map<String, String> identity) {
    this.folder = folder;
    this.identity = Map.copyOf(identity);
  }

  /**
   * A checkpoint that was found.
   *
   * @param file the file
   * @param progress the training progress it holds
   * @param warning a sentence for the user if a damaged checkpoint was skipped, else empty
   */
  public record Found(Path file, Progress progress, String warning) {}

  /**
   * Writes {@code last}, keeping the one before as {@code previous}.
   *
   * @param network its parameters and buffers are saved
   * @param optimizer its state is saved
   * @param average of the network's weights, saved with them, if any
   * @param progress the training progress
   */
  public void saveLast(
      Network network, Optimizer optimizer, Optional<WeightAverage> average, Progress progress) {
    Map<String, Tensor> tensors =
        prefixed(MODEL, average.map(WeightAverage::network).orElse(network).store().state());
    if (average.isPresent()) {
      tensors.putAll(prefixed(RAW, network.store().state()));
    }
    tensors.putAll(prefixed(OPTIMIZER, optimizer.state()));
    Path last = folder.resolve("last");
    Path fresh = folder.resolve("fresh");
    makeFolder();
    SafeTensors.write(fresh, tensors, metadata(progress));
    try {
      if (Files.exists(last)) {
        Files.move(last, folder.resolve("previous"), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(fresh, last, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(last, e);
    }
  }

  /**
   * Writes {@code best}.
   *
   * @param network its parameters and buffers are saved
   * @param progress the training progress
   */
  public void saveBest(Network network, Progress progress) {
    makeFolder();
    SafeTensors.write(
        folder.resolve("best"), prefixed(MODEL, network.store().state()), metadata(progress));
  }

  /**
   * Replaces what {@code best} says about itself. Its tensors and its progress stay the same bits.
   *
   * @param identity the metadata to replace or to add
   */
  public void describeBest(Map<String, String> identity) {
    Path best = folder.resolve("best");
    try (Scope scope = new Scope()) {
      SafeTensors.Content content = SafeTensors.read(best);
      Map<String, String> metadata = new TreeMap<>(content.metadata());
      metadata.putAll(identity);
      SafeTensors.write(best, content.tensors(), metadata);
    }
  }

  private void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder, e);
    }
  }

  private Map<String, String> metadata(Progress progress) {
    Map<String, String> metadata = new TreeMap<>(identity);
    metadata.putAll(progress.toMetadata());
    return metadata;
  }

  /**
   * The newest intact checkpoint to resume from.
   *
   * @return the checkpoint, or empty if none was written yet
   * @throws WorkFailed if there are some, but none is intact
   */
  public Optional<Found> findLast() {
    String passedOver = "";
    for (String name : new String[] {"last", "previous"}) {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        continue;
      }
      if (SafeTensors.isWhole(file)) {
        return Optional.of(found(file, passedOver));
      }
      passedOver = "Checkpoint " + file + " is damaged";
    }
    if (!passedOver.isEmpty()) {
      throw new WorkFailed(
          passedOver
              + ", and no earlier one is intact: restore one of them from a copy, or start a new"
              + " run.");
    }
    return Optional.empty();
  }

  /**
   * Whether there is a checkpoint to resume from.
   *
   * @return true after an epoch has finished, or training was stopped within one
   */
  boolean exists() {
    return Files.exists(folder.resolve("last"));
  }

  private static Found found(Path file, String passedOver) {
    Progress progress;
    try {
      progress = Progress.of(SafeTensors.readMetadata(file));
    } catch (IllegalArgumentException e) {
      throw new WorkFailed(
          file + " is not a checkpoint of Discern: its metadata lacks numbers.", e);
    }
    String warning =
        passedOver.isEmpty()
            ? ""
            : passedOver
                + "; resuming from the one before it (epoch "
                + progress.epoch()
                + ", step "
                + progress.step()
                + ").";
    return new Found(file, progress, warning);
  }

  /**
   * Copies the model of a checkpoint, which is the average if there is one, into a network.
   *
   * @param file the file
   * @param network receives the parameters and buffers
   */
  public static void restore(Path file, Network network) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Map<String, Tensor> tensors = SafeTensors.read(file).tensors();
      network.store().load(stripped(MODEL, tensors), file.toString());
    }
  }

  /**
   * Copies all values of a checkpoint that {@link #saveLast} wrote.
   *
   * @param file the file
   * @param network receives the parameters and buffers that train
   * @param optimizer receives its state
   * @param average receives the average, if any
   */
  public static void restore(
      Path file, Network network, Optimizer optimizer, Optional<WeightAverage> average) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      String origin = file.toString();
      Map<String, Tensor> tensors = SafeTensors.read(file).tensors();
      String trained = average.isPresent() ? RAW : MODEL;
      network.store().load(stripped(trained, tensors), origin);
      average.ifPresent(into -> into.network().store().load(stripped(MODEL, tensors), origin));
      ParameterStore.copy(stripped(OPTIMIZER, tensors), optimizer.state(), origin);
    }
  }

  /**
   * What belongs to the network in a checkpoint, or in a file with nothing else.
   *
   * @param tensors all tensors of the file, or their shapes, by name
   * @param <T> a tensor or a shape
   * @return those of the network's parameters and buffers, by their names in the network
   */
  static <T> Map<String, T> weights(Map<String, T> tensors) {
    boolean alone = tensors.keySet().stream().noneMatch(name -> name.startsWith(MODEL));
    return alone ? tensors : stripped(MODEL, tensors);
  }

  private static Map<String, Tensor> prefixed(String prefix, Map<String, Tensor> tensors) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> result.put(prefix + name, tensor));
    return result;
  }

  private static <T> Map<String, T> stripped(String prefix, Map<String, T> tensors) {
    Map<String, T> result = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            result.put(name.substring(prefix.length()), tensor);
          }
        });
    return result;
  }
}
