package dev.discern.export;

import dev.discern.card.ModelFile;
import dev.discern.config.AtomicFiles;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.data.LoadListener;
import dev.discern.onnx.OnnxExport;
import dev.discern.onnx.Verification;
import dev.discern.run.Environment;
import dev.discern.timm.StateExport;
import dev.discern.timm.TimmExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Exports a trained network for other tools. Each file is compared with the network before it takes
 * its name: what is there has been verified.
 */
public final class Export {
  private final ModelFile model;
  private final SampleImages images;

  private Export(ModelFile model, SampleImages images) {
    this.model = model;
    this.images = images;
  }

  /**
   * What an export did.
   *
   * @param path the file or folder that was written
   * @param images the number of images that it was compared on
   * @param kind what they are: {@code test images} or {@code synthetic images}
   * @param difference the largest difference of probabilities by the network alone
   * @param scaledDifference the same where each scaled the images itself; equal to {@code
   *     difference} where the format has no scaling
   */
  public record Done(
      Path path, int images, String kind, double difference, double scaledDifference) {}

  /**
   * Opens a network, and images to compare on.
   *
   * @param run a run's folder, a weights file, or the name of an embedded network
   * @param checkpoint {@code best} or {@code last}
   * @param listener receives the progress of loading the run's test images
   * @return an export, to be written in any formats
   * @throws InvalidConfig if there is no run
   * @throws dev.discern.config.WorkFailed if there are no weights, or they are damaged
   */
  public static Export open(Path run, String checkpoint, LoadListener listener) {
    ModelFile model = ModelFile.find(run, checkpoint);
    return new Export(model, SampleImages.of(run, model, listener));
  }

  /**
   * Sentences for the user.
   *
   * @return what is not as expected
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!model.note().isEmpty()) {
      notes.add(model.note());
    }
    if (!images.note().isEmpty()) {
      notes.add(images.note());
    }
    if (model.card().task() == Task.MANY_LABELS) {
      notes.add(
          "Images have several labels: the probabilities are sigmoids, each of one label by"
              + " itself.");
    }
    return notes;
  }

  /**
   * Writes an ONNX file: from unsigned bytes of any size to calibrated probabilities.
   *
   * @param file the target
   * @param half whether weights are stored as float16
   * @param force whether the file may be replaced
   * @return how well it agrees with the network
   * @throws InvalidConfig if it exists, its folder does not, or the weights need 2 GB or more
   * @throws dev.discern.config.WorkFailed if it cannot be written or differs from the network;
   *     nothing is left of it then, and a file that was there is untouched
   */
  public Done toOnnx(Path file, boolean half, boolean force) {
    requireFree(file, force);
    Verification found =
        OnnxExport.write(model, images.images(), half, Environment.version(), file);
    return new Done(file, found.images(), images.what(), found.network(), found.path());
  }

  /**
   * Writes a folder that timm reads. It has the network alone: no temperature, no mirror images.
   *
   * @param folder the target; created if it does not exist
   * @param force whether files in it may be replaced
   * @return how well it agrees with the network
   * @throws InvalidConfig if a file exists, or timm does not have such a network
   * @throws dev.discern.config.WorkFailed if a file cannot be written or differs from the network
   */
  public Done toTimm(Path folder, boolean force) {
    TimmExport.requireKnown(model.card());
    requireFreeTimm(folder, force);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder, e);
    }
    return done(folder, TimmExport.write(model, images.images(), folder));
  }

  /**
   * Writes the network's tensors as a PyTorch state dict, as a safetensors file. It has the network
   * alone: no temperature, no mirror images.
   *
   * @param file the target
   * @param force whether the file may be replaced
   * @return how well it agrees with the network
   * @throws InvalidConfig if it exists, or its folder does not
   * @throws dev.discern.config.WorkFailed if it cannot be written or differs from the network
   */
  public Done toTorch(Path file, boolean force) {
    requireFree(file, force);
    return done(file, StateExport.write(model, images.images(), file));
  }

  private Done done(Path path, double difference) {
    return new Done(path, images.images().size(), images.what(), difference, difference);
  }

  /**
   * Refuses a folder in which a file of timm's exists.
   *
   * @param folder the target
   * @param force whether files may be replaced
   * @throws InvalidConfig if one exists, or the folder is a file
   */
  public static void requireFreeTimm(Path folder, boolean force) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidConfig(folder + " is a file: name a folder.");
    }
    if (Files.isDirectory(folder)) {
      timmFiles(folder).forEach(file -> requireFree(file, force));
    }
  }

  /**
   * The files of a folder that timm reads.
   *
   * @param folder the target
   * @return weights and description
   */
  public static List<Path> timmFiles(Path folder) {
    return List.of(folder.resolve(TimmExport.WEIGHTS), folder.resolve(TimmExport.CONFIG));
  }

  /**
   * Refuses a file that exists, or could not be created.
   *
   * @param file the target
   * @param force whether it may be replaced
   * @throws InvalidConfig if it exists, or its folder does not
   */
  public static void requireFree(Path file, boolean force) {
    if (Files.isDirectory(file)) {
      throw new InvalidConfig(file + " is a folder: name a file.");
    }
    if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new InvalidConfig(file + " exists: choose another name, or allow replacing it.");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidConfig(file + " is in no existing folder: create it first.");
    }
  }
}
