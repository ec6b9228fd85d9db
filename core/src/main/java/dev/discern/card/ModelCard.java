package dev.discern.card;

import dev.discern.certainty.Calibration;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.torch.SafeTensors;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The description of a set of weights: everything that inference needs. It is in the metadata of
 * every checkpoint and of {@code weights.safetensors}, as JSON under {@code card}.
 *
 * @param architecture the network's catalogue name, such as {@code resnet20}
 * @param method the method it was trained with, in canonical spelling; determines the network's
 *     head
 * @param task what the outputs mean
 * @param classNames in the order of the outputs: not blank, distinct, at least 2, or at least 1 for
 *     a task of several labels
 * @param classIds an identifier for each class, such as WordNet's, by which data may name it too;
 *     or empty
 * @param preprocessing how images become inputs
 * @param provenance where the weights come from, by name; every fact is optional. No fact differs
 *     between two runs of one configuration on one machine, so that their files are bit-identical;
 *     the date is in the run's {@code environment.json}
 * @param calibration the temperature and the conformity scores of the validation images; empty
 *     before the end of training, for several labels per image, and in files of earlier versions
 */
public record ModelCard(
    String architecture,
    String method,
    Task task,
    List<String> classNames,
    List<String> classIds,
    Preprocessing preprocessing,
    Map<String, String> provenance,
    Optional<Calibration> calibration) {
  /** The fact that identifies the data: see {@code Fingerprint}. */
  public static final String DATA_FINGERPRINT = "dataFingerprint";

  /** Keeps unmodifiable copies. */
  public ModelCard {
    classNames = List.copyOf(classNames);
    classIds = List.copyOf(classIds);
    provenance = Map.copyOf(provenance);
    if (classNames.size() < (task == Task.ONE_LABEL ? 2 : 1)) {
      throw new IllegalArgumentException("there are too few classes");
    }
    if (classNames.stream().anyMatch(String::isBlank)
        || new HashSet<>(classNames).size() < classNames.size()) {
      throw new IllegalArgumentException("a class has no name, or two have the same");
    }
    if (!classIds.isEmpty() && classIds.size() != classNames.size()) {
      throw new IllegalArgumentException("the classes have not one identifier each");
    }
    if (calibration.isPresent() && task != Task.ONE_LABEL) {
      throw new IllegalArgumentException("a calibration is for one label per image");
    }
  }

  /**
   * Describes weights that are not calibrated.
   *
   * @param architecture as above
   * @param method as above
   * @param task as above
   * @param classNames as above
   * @param classIds as above
   * @param preprocessing as above
   * @param provenance as above
   */
  public ModelCard(
      String architecture,
      String method,
      Task task,
      List<String> classNames,
      List<String> classIds,
      Preprocessing preprocessing,
      Map<String, String> provenance) {
    this(
        architecture,
        method,
        task,
        classNames,
        classIds,
        preprocessing,
        provenance,
        Optional.empty());
  }

  /**
   * The same card with a calibration.
   *
   * @param fitted of these weights
   * @return a card that is otherwise equal
   */
  public ModelCard with(Calibration fitted) {
    return new ModelCard(
        architecture,
        method,
        task,
        classNames,
        classIds,
        preprocessing,
        provenance,
        Optional.of(fitted));
  }

  /**
   * Reads a file's card.
   *
   * @param file weights or a checkpoint
   * @return the card
   * @throws WorkFailed if the file is missing or damaged, is not one of Discern's, or was written
   *     by a newer version
   */
  public static ModelCard of(Path file) {
    return CardFormat.read(SafeTensors.readMetadata(file), file);
  }

  /**
   * Reads a card from a file's metadata.
   *
   * @param metadata text by key
   * @param origin the file, for messages
   * @return the card
   * @throws WorkFailed if the metadata are damaged, are not Discern's, or of a newer version
   */
  public static ModelCard of(Map<String, String> metadata, Object origin) {
    return CardFormat.read(metadata, origin);
  }

  /**
   * Converts the card to metadata of a tensor file.
   *
   * @return text by key
   */
  public Map<String, String> toMetadata() {
    return new TreeMap<>(CardFormat.write(this));
  }
}
