package dev.discern.weights;

import dev.discern.config.AtomicFiles;
import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.weights.TimmConfig.InputSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads timm's {@code config.json}, as timm's own loader does. */
final class TimmConfigReader {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Names and descriptions of 21,843 classes take 2 MB. */
  private static final long LARGEST = 32_000_000;

  private static final int MOST_CLASSES = 1_000_000;
  private static final List<String> CROP_MODES = List.of("center", "squash", "border");
  private static final List<String> INTERPOLATIONS =
      List.of("bilinear", "bicubic", "nearest", "box", "hamming", "lanczos", "random");
  private static final InputSize USUAL_INPUT = new InputSize(3, 224, 224);
  private static final List<Float> USUAL_MEAN = List.of(0.485f, 0.456f, 0.406f);
  private static final List<Float> USUAL_STD = List.of(0.229f, 0.224f, 0.225f);

  private final TimmValues top;
  private final TimmValues pretrained;

  private TimmConfigReader(JsonNode root) {
    top = new TimmValues(root);
    pretrained = new TimmValues(root.has("pretrained_cfg") ? root.path("pretrained_cfg") : root);
  }

  static TimmConfig read(Path file, Object origin) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new WorkFailed(
            origin + " cannot be used here: " + file + " is too large for a timm config.json.");
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      refuseOthers(root, origin);
      return new TimmConfigReader(root).config();
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw new WorkFailed(
          origin
              + " cannot be used here, because of its "
              + file
              + ": "
              + AtomicFiles.reason(e)
              + ". Fetch it again, or correct it.",
          e);
    }
  }

  private static void refuseOthers(JsonNode root, Object origin) {
    TimmValues.require(root.isObject(), "it is not a JSON object");
    String kind = "";
    if (root.has("_class_name") || root.has("_diffusers_version")) {
      kind = "a model of the diffusers library";
    } else if (!root.has("architecture") && (root.has("model_type") || root.has("architectures"))) {
      kind = "a model of the transformers library";
    } else if (root.has("model_cfg") && root.has("preprocess_cfg")) {
      kind = "a model of the OpenCLIP library";
    }
    if (!kind.isEmpty()) {
      throw new InvalidConfig(
          origin
              + " is "
              + kind
              + ": name a model in timm's layout, such as hf:timm/resnet18.a1_in1k.");
    }
  }

  private TimmConfig config() {
    TimmValues arguments = new TimmValues(top.node("model_args"));
    InputSize input = input(arguments);
    int classes = either("num_classes").whole("num_classes", 0, MOST_CLASSES).orElse(1000);
    List<String> names =
        classes == 0 ? List.of() : either(labelsKey()).labels(labelsKey(), classes);
    return new TimmConfig(
        architecture(),
        classes,
        top.whole("num_features", 1, 1 << 20),
        top.text("global_pool"),
        input,
        pretrained.size("test_input_size").map(size -> resized(size, arguments)),
        pretrained.number("crop_pct", 2).orElse(0.875),
        pretrained.number("test_crop_pct", 2),
        pretrained.oneOf("crop_mode", CROP_MODES).orElse("center"),
        pretrained.oneOf("interpolation", INTERPOLATIONS).orElse("bicubic"),
        pretrained.channels("mean", input.channels(), -1000).orElse(USUAL_MEAN),
        pretrained.channels("std", input.channels(), Float.MIN_NORMAL).orElse(USUAL_STD),
        names,
        either("label_descriptions").texts("label_descriptions"),
        pretrained.names("classifier"),
        pretrained.names("first_conv"),
        arguments.plain(),
        pretrained.text("license"));
  }

  // timm lets a value at the top win.
  private TimmValues either(String key) {
    return top.has(key) ? top : pretrained;
  }

  private String labelsKey() {
    return top.has("label_names") || pretrained.has("label_names") ? "label_names" : "labels";
  }

  private String architecture() {
    String name = either("architecture").text("architecture").orElse("");
    TimmValues.require(
        name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}"),
        "architecture is not the name of a network");
    return name;
  }

  // timm: arguments describe the saved weights, so they win over the source's sizes.
  private InputSize input(TimmValues arguments) {
    InputSize size = resized(pretrained.size("input_size").orElse(USUAL_INPUT), arguments);
    boolean fixed = pretrained.node("fixed_input_size").asBoolean(false);
    return fixed ? arguments.side("img_size", size) : size;
  }

  private static InputSize resized(InputSize size, TimmValues arguments) {
    int channels = arguments.whole("in_chans", 1, TimmValues.MOST_CHANNELS).orElse(size.channels());
    return new InputSize(channels, size.height(), size.width());
  }
}
