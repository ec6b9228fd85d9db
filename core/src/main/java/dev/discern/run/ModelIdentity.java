package dev.discern.run;

import dev.discern.config.WorkFailed;
import dev.discern.data.Normalization;
import dev.discern.image.ImageShape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a set of weights is for: enough to predict with it, wherever the training data are. Stands
 * in the metadata of every checkpoint and of {@code weights.safetensors}.
 *
 * @param model catalogue name of the architecture
 * @param loss the loss it was trained with, in canonical spelling
 * @param shape of the images it takes
 * @param classNames in the order of the logits
 * @param normalization of the pixels
 */
public record ModelIdentity(
    String model,
    String loss,
    ImageShape shape,
    List<String> classNames,
    Normalization normalization) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FORMAT = "discern-1";

  /**
   * As metadata of a tensor file.
   *
   * @return text by key
   */
  public Map<String, String> toMetadata() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("format", FORMAT);
    metadata.put("model", model);
    metadata.put("loss", loss);
    metadata.put("shape", JSON.writeValueAsString(shape));
    metadata.put("classNames", JSON.writeValueAsString(classNames));
    metadata.put("normalization", JSON.writeValueAsString(normalization));
    return metadata;
  }

  /**
   * Reads what {@link #toMetadata} wrote.
   *
   * @param metadata text by key
   * @param origin the file, for the message
   * @return the identity
   * @throws WorkFailed if the file was not written by Discern
   */
  public static ModelIdentity of(Map<String, String> metadata, Object origin) {
    if (!FORMAT.equals(metadata.get("format"))) {
      throw new WorkFailed(origin + " was not written by this version of Discern.");
    }
    try {
      return new ModelIdentity(
          metadata.getOrDefault("model", ""),
          metadata.getOrDefault("loss", ""),
          JSON.readValue(metadata.getOrDefault("shape", ""), ImageShape.class),
          JSON.readValue(
              metadata.getOrDefault("classNames", ""), new TypeReference<List<String>>() {}),
          JSON.readValue(metadata.getOrDefault("normalization", ""), Normalization.class));
    } catch (JacksonException e) {
      throw new WorkFailed(origin + " has damaged metadata: use an intact copy.", e);
    }
  }
}
