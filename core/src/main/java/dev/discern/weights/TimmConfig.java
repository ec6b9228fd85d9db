package dev.discern.weights;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code config.json} that timm writes beside weights: what they are for and how images become
 * inputs. Absent values are timm's defaults.
 *
 * <p>Source: timm, {@code timm/models/_pretrained.py} and {@code _hub.py}, version 1.
 *
 * @param architecture timm's name, such as {@code resnet18}, perhaps with a tag after a dot
 * @param numClasses the number of outputs; 0 for weights without a classifier
 * @param numFeatures the length of the features before the classifier
 * @param globalPool how the feature map is pooled, such as {@code avg}
 * @param input what the weights were trained on
 * @param testInput what timm evaluates them on, where it differs
 * @param cropRatio the part of the image's side that is kept, above 0 and at most 2; above 1, the
 *     image is padded
 * @param testCropRatio the same for {@code testInput}
 * @param cropMode {@code center}, {@code squash} or {@code border}
 * @param interpolation such as {@code bicubic}
 * @param mean of each channel, for inputs in [0, 1]
 * @param std of each channel, above 0
 * @param labelNames in the order of the outputs; empty if the file does not name them
 * @param labelDescriptions a text for each label name; empty if the file has none
 * @param classifiers the names of the modules that give the outputs; usually one
 * @param firstConvolutions the names of the modules that take the image; usually one
 * @param modelArguments what timm builds the network with: text, numbers, truth values, lists
 * @param license such as {@code apache-2.0}
 */
public record TimmConfig(
    String architecture,
    int numClasses,
    Optional<Integer> numFeatures,
    Optional<String> globalPool,
    InputSize input,
    Optional<InputSize> testInput,
    double cropRatio,
    Optional<Double> testCropRatio,
    String cropMode,
    String interpolation,
    List<Float> mean,
    List<Float> std,
    List<String> labelNames,
    Map<String, String> labelDescriptions,
    List<String> classifiers,
    List<String> firstConvolutions,
    Map<String, Object> modelArguments,
    Optional<String> license) {
  /**
   * The shape of one input.
   *
   * @param channels at least 1
   * @param height in pixels
   * @param width in pixels
   */
  public record InputSize(int channels, int height, int width) {}

  /** Keeps unmodifiable copies. */
  public TimmConfig {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    labelNames = List.copyOf(labelNames);
    labelDescriptions = Map.copyOf(labelDescriptions);
    classifiers = List.copyOf(classifiers);
    firstConvolutions = List.copyOf(firstConvolutions);
    modelArguments = Map.copyOf(modelArguments);
  }

  /**
   * The architecture without its tag, which names the weights.
   *
   * @return such as {@code resnet18} for {@code resnet18.a1_in1k}
   */
  public String architectureName() {
    return architecture.replaceFirst("\\..*", "");
  }

  /**
   * Reads a description, in timm's layout since 0.9 or in the older one without {@code
   * pretrained_cfg}. Unknown keys are ignored.
   *
   * @param file {@code config.json}
   * @param origin what the description belongs to, for messages
   * @return the description, all values checked
   * @throws InvalidConfig if it is the description of another library
   * @throws WorkFailed if it is missing, damaged, or has an impossible value
   */
  public static TimmConfig read(Path file, Object origin) {
    return TimmConfigReader.read(file, origin);
  }
}
