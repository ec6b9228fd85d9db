package dev.discern.card;

import dev.discern.config.Spec;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.Normalization;
import dev.discern.failure.DiscernException;
import dev.discern.head.Methods;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The written form of a {@link ModelCard}. Version 2 is one JSON object under {@code card}; version
 * 1 had a key for each part, and only a full central crop as preprocessing. All values read are
 * validated.
 */
final class CardFormat {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern FORMAT = Pattern.compile("discern-(\\d{1,6})");
  private static final int VERSION = 2;

  private CardFormat() {}

  static Map<String, String> write(ModelCard card) {
    Preprocessing preprocessing = card.preprocessing();
    ObjectNode node = JSON.createObjectNode();
    node.put("architecture", card.architecture()).put("method", card.method());
    node.put("task", name(card.task()));
    node.set("classes", JSON.valueToTree(card.classNames()));
    if (!card.classIds().isEmpty()) {
      node.set("classIds", JSON.valueToTree(card.classIds()));
    }
    ObjectNode input = node.putObject("input");
    input
        .put("channels", preprocessing.shape().channels())
        .put("height", preprocessing.shape().height())
        .put("width", preprocessing.shape().width())
        .put("cropRatio", preprocessing.cropRatio())
        .put("interpolation", name(preprocessing.interpolation()));
    input.set("mean", JSON.valueToTree(preprocessing.normalization().mean()));
    input.set("std", JSON.valueToTree(preprocessing.normalization().std()));
    if (preprocessing.testFlip()) {
      input.put("testFlip", true);
    }
    node.set("provenance", JSON.valueToTree(new TreeMap<>(card.provenance())));
    card.calibration()
        .ifPresent(
            calibration -> CalibrationFormat.write(calibration, node.putObject("calibration")));
    return Map.of("format", "discern-" + VERSION, "card", JSON.writeValueAsString(node));
  }

  static ModelCard read(Map<String, String> metadata, Object origin) {
    int version = version(metadata.getOrDefault("format", ""), origin);
    try {
      return version == 1 ? first(metadata) : second(json(metadata, "card"));
    } catch (DiscernException e) {
      throw new WorkFailed(origin + " cannot be used here: " + e.getMessage(), e);
    } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
      throw new WorkFailed(
          origin
              + " has a damaged model card ("
              + (e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage())
              + "): use an intact copy.",
          e);
    }
  }

  private static int version(String format, Object origin) {
    Matcher form = FORMAT.matcher(format);
    int version = form.matches() ? Integer.parseInt(form.group(1)) : 0;
    if (version < 1) {
      throw new WorkFailed(
          origin
              + " was not written by Discern: it has no model card, so name a file that training"
              + " wrote.");
    }
    if (version > VERSION) {
      throw new WorkFailed(
          origin
              + " was written by a newer Discern (its model card has the form "
              + format
              + ", this one reads up to discern-"
              + VERSION
              + "): use that version or a later one.");
    }
    return version;
  }

  private static ModelCard second(JsonNode card) {
    JsonNode input = card.path("input");
    ModelCard plain =
        card(
            text(card, "architecture"),
            text(card, "method"),
            texts(card.path("classes")),
            texts(card.path("classIds")),
            new Preprocessing(
                shape(input),
                number(input, "cropRatio"),
                named(Interpolation.values(), text(input, "interpolation")),
                new Normalization(floats(input.path("mean")), floats(input.path("std"))),
                flag(input, "testFlip")),
            named(Task.values(), text(card, "task")),
            facts(card.path("provenance")));
    return card.has("calibration")
        ? plain.with(CalibrationFormat.read(card.path("calibration")))
        : plain;
  }

  private static ModelCard first(Map<String, String> metadata) {
    String method = metadata.getOrDefault("loss", "");
    JsonNode normalization = json(metadata, "normalization");
    return card(
        metadata.getOrDefault("model", ""),
        method,
        texts(json(metadata, "classNames")),
        List.of(),
        new Preprocessing(
            shape(json(metadata, "shape")),
            1,
            Interpolation.BILINEAR,
            new Normalization(
                floats(normalization.path("mean")), floats(normalization.path("std")))),
        Methods.taskOf(method),
        Map.of());
  }

  private static ModelCard card(
      String architecture,
      String method,
      List<String> classNames,
      List<String> classIds,
      Preprocessing preprocessing,
      Task task,
      Map<String, String> provenance) {
    String known = Models.CATALOGUE.canonical(Spec.parse(architecture)).toString();
    String canonical = Methods.canonical(method);
    require(Methods.taskOf(method) == task, "its method is for another task");
    return new ModelCard(known, canonical, task, classNames, classIds, preprocessing, provenance);
  }

  private static JsonNode json(Map<String, String> metadata, String key) {
    return JSON.readTree(metadata.getOrDefault(key, ""));
  }

  private static ImageShape shape(JsonNode node) {
    return new ImageShape(whole(node, "channels"), whole(node, "height"), whole(node, "width"));
  }

  private static int whole(JsonNode node, String key) {
    require(node.path(key).isInt(), key + " is not a whole number");
    return node.path(key).intValue();
  }

  private static double number(JsonNode node, String key) {
    require(node.path(key).isNumber(), key + " is not a number");
    return node.path(key).doubleValue();
  }

  // A card without the key was written before there was one, or without what it stands for.
  private static boolean flag(JsonNode node, String key) {
    JsonNode value = node.path(key);
    require(value.isMissingNode() || value.isBoolean(), key + " is not true or false");
    return value.asBoolean(false);
  }

  private static float[] floats(JsonNode node) {
    float[] values = new float[node.size()];
    for (int i = 0; i < values.length; i++) {
      require(node.isArray() && node.path(i).isNumber(), "the normalization has no numbers");
      values[i] = (float) node.path(i).doubleValue();
    }
    return values;
  }

  private static String text(JsonNode node, String key) {
    require(node.path(key).isString(), key + " is not a text");
    return node.path(key).stringValue();
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : node) {
      require(node.isArray() && each.isString(), "the classes are not a list of names");
      texts.add(each.stringValue());
    }
    return texts;
  }

  private static Map<String, String> facts(JsonNode node) {
    Map<String, String> facts = new TreeMap<>();
    node.properties()
        .forEach(
            fact -> {
              if (fact.getValue().isString()) {
                facts.put(fact.getKey(), fact.getValue().stringValue());
              }
            });
    return facts;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E named(E[] values, String name) {
    for (E value : values) {
      if (name(value).equals(name)) {
        return value;
      }
    }
    throw new IllegalArgumentException("'" + name + "' is not known");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
