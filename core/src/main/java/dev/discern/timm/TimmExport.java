package dev.discern.timm;

import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.card.Preprocessing;
import dev.discern.config.AtomicFiles;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Spec;
import dev.discern.head.Methods;
import dev.discern.image.Pixels;
import dev.discern.layer.Architecture;
import dev.discern.layer.Conv;
import dev.discern.model.Models;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Exports a network as a folder that timm reads: {@code model.safetensors} for {@code
 * timm.create_model(..., checkpoint_path=...)}, and {@code config.json}, with which the folder is a
 * model of the hub.
 */
public final class TimmExport {
  /** The file of the description. */
  public static final String CONFIG = "config.json";

  /** The file of the weights. */
  public static final String WEIGHTS = "model.safetensors";

  /** The architectures of the catalog that timm has, under the same names. */
  static final Set<String> ARCHITECTURES =
      Set.of(
          "resnet18",
          "resnet34",
          "resnet50",
          "resnet101",
          "resnext50_32x4d",
          "wide_resnet50_2",
          "seresnet50",
          "densenet121",
          "mobilenetv2_100",
          "mobilenetv3_small_100",
          "mobilenetv3_large_100",
          "efficientnet_b0",
          "efficientnet_lite0",
          "tf_efficientnet_lite0",
          "tf_efficientnet_lite1",
          "tf_efficientnet_lite2",
          "tf_efficientnet_lite3",
          "tf_efficientnet_lite4",
          "convnext_atto",
          "convnext_femto",
          "convnext_pico",
          "convnext_nano",
          "convnext_tiny",
          "vit_tiny_patch16_224",
          "vit_small_patch16_224");

  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private TimmExport() {}

  /**
   * Refuses networks that timm does not have.
   *
   * @param card the network's model card
   * @throws InvalidConfig if timm lacks the architecture or its heads cannot be the method's
   */
  public static void requireKnown(ModelCard card) {
    String architecture = Spec.parse(card.architecture()).name();
    if (!ARCHITECTURES.contains(architecture)) {
      throw new InvalidConfig(
          "timm has no "
              + architecture
              + ": export ONNX or a PyTorch state dict, or train one of "
              + ARCHITECTURES.stream().sorted().toList()
              + ".");
    }
    if (!Methods.CATALOGUE.create(Spec.parse(card.method())).predictsLinearly()) {
      throw new InvalidConfig(
          "timm's heads are linear layers, but "
              + Spec.parse(card.method()).name()
              + " predicts in another way: export ONNX or a PyTorch state dict.");
    }
  }

  /**
   * Writes both files; the weights as {@link StateExport} does.
   *
   * @param model the network's weights
   * @param images at least one image of any size, with the network's channels
   * @param folder an existing folder, in which files are replaced
   * @return the largest difference of probabilities, which is 0
   * @throws InvalidConfig if timm does not have such a network
   * @throws dev.discern.config.WorkFailed if a file cannot be written
   */
  public static double write(ModelFile model, List<Pixels> images, Path folder) {
    requireKnown(model.card());
    double difference = StateExport.writeLinear(model, images, folder.resolve(WEIGHTS));
    AtomicFiles.writeText(
        folder.resolve(CONFIG), PRETTY.writeValueAsString(config(model.card())) + "\n");
    return difference;
  }

  private static ObjectNode config(ModelCard card) {
    Preprocessing steps = card.preprocessing();
    Architecture architecture =
        Models.CATALOGUE.create(Spec.parse(card.architecture())).build(steps.shape().channels());
    boolean transformer = card.architecture().startsWith("vit");
    ObjectNode node = PRETTY.createObjectNode();
    node.put("architecture", Spec.parse(card.architecture()).name());
    node.put("num_classes", card.classNames().size());
    node.put("num_features", architecture.featureCount());
    node.put("global_pool", transformer ? "token" : "avg");
    ObjectNode arguments = node.putObject("model_args");
    if (steps.shape().channels() != 3) {
      arguments.put("in_chans", steps.shape().channels());
    }
    if (transformer && !isPublishedSize(steps, architecture)) {
      arguments.put("dynamic_img_size", true);
    }
    addPretrained(node.putObject("pretrained_cfg"), card, architecture);
    return node;
  }

  private static boolean isPublishedSize(Preprocessing steps, Architecture architecture) {
    return steps.shape().height() == architecture.imageSide()
        && steps.shape().width() == architecture.imageSide();
  }

  private static void addPretrained(ObjectNode node, ModelCard card, Architecture architecture) {
    Preprocessing steps = card.preprocessing();
    node.put("num_classes", card.classNames().size());
    node.putArray("input_size")
        .add(steps.shape().channels())
        .add(steps.shape().height())
        .add(steps.shape().width());
    node.put("interpolation", steps.interpolation().name().toLowerCase(Locale.ROOT));
    node.put("crop_pct", steps.cropRatio());
    node.put("crop_mode", "center");
    numbers(node.putArray("mean"), steps.normalization().mean());
    numbers(node.putArray("std"), steps.normalization().std());
    node.put("first_conv", firstConvolution(architecture));
    node.put("classifier", architecture.classifier());
    card.classNames().forEach(node.putArray("label_names")::add);
  }

  private static String firstConvolution(Architecture architecture) {
    return architecture.leaves().stream()
        .filter(Conv.class::isInstance)
        .map(layer -> ((Conv) layer).name())
        .findFirst()
        .orElseThrow();
  }

  private static void numbers(ArrayNode array, float[] values) {
    for (float value : values) {
      array.add(value);
    }
  }
}
