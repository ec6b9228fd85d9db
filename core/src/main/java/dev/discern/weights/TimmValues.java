package dev.discern.weights;

import dev.discern.weights.TimmConfig.InputSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checked values of a JSON object. An absent value and a null are empty; a wrong one is an {@link
 * IllegalArgumentException} with a clause that names the key.
 */
record TimmValues(JsonNode object) {
  static final int MOST_CHANNELS = 64;
  private static final int LONGEST_SIDE = 8192;
  private static final int LONGEST_TEXT = 10_000;

  TimmValues {
    boolean absent = object.isMissingNode() || object.isNull();
    require(absent || object.isObject(), "pretrained_cfg or model_args is not an object");
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  JsonNode node(String key) {
    return object.path(key);
  }

  boolean has(String key) {
    return object.hasNonNull(key);
  }

  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    return Optional.of(text(node(key), key)).filter(text -> !text.isBlank());
  }

  private static String text(JsonNode node, String key) {
    require(node.isString(), key + " is not a text");
    require(node.stringValue().length() <= LONGEST_TEXT, key + " is too long");
    return node.stringValue();
  }

  Optional<String> oneOf(String key, List<String> known) {
    Optional<String> text = text(key);
    text.ifPresent(
        value ->
            require(
                known.contains(value),
                key + " is '" + value + "', but must be one of " + String.join(", ", known)));
    return text;
  }

  Optional<Integer> whole(String key, int least, int most) {
    return has(key) ? Optional.of(whole(node(key), key, least, most)) : Optional.empty();
  }

  private static int whole(JsonNode node, String key, int least, int most) {
    require(
        node.isInt() && node.intValue() >= least && node.intValue() <= most,
        key + " is not a whole number from " + least + " to " + most);
    return node.intValue();
  }

  /** A number above 0. */
  Optional<Double> number(String key, double most) {
    if (!has(key)) {
      return Optional.empty();
    }
    double value = number(node(key));
    require(value > 1e-3 && value <= most, key + " is not a number above 0 and at most " + most);
    return Optional.of(value);
  }

  // Jackson throws for whole numbers beyond a double.
  private static double number(JsonNode node) {
    return node.isNumber() && !node.isBigInteger() ? node.doubleValue() : Double.NaN;
  }

  /** Channels, height and width. */
  Optional<InputSize> size(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    JsonNode node = node(key);
    require(node.isArray() && node.size() == 3, key + " is not [channels, height, width]");
    return Optional.of(
        new InputSize(
            whole(node.path(0), key, 1, MOST_CHANNELS),
            whole(node.path(1), key, 1, LONGEST_SIDE),
            whole(node.path(2), key, 1, LONGEST_SIDE)));
  }

  /** A size with the sides of a key: one number, or height and width. */
  InputSize side(String key, InputSize otherwise) {
    JsonNode node = node(key);
    if (!has(key)) {
      return otherwise;
    }
    if (node.isArray()) {
      require(node.size() == 2, key + " is neither a side nor [height, width]");
      return new InputSize(
          otherwise.channels(),
          whole(node.path(0), key, 1, LONGEST_SIDE),
          whole(node.path(1), key, 1, LONGEST_SIDE));
    }
    int side = whole(node, key, 1, LONGEST_SIDE);
    return new InputSize(otherwise.channels(), side, side);
  }

  /** One number per channel, or one for all. */
  Optional<List<Float>> channels(String key, int channels, float least) {
    if (!has(key)) {
      require(channels == 3, key + " is missing, and the input has " + channels + " channels");
      return Optional.empty();
    }
    JsonNode node = node(key);
    require(
        node.isArray() && (node.size() == channels || node.size() == 1),
        key + " does not have one number for each of " + channels + " channels");
    List<Float> values = new ArrayList<>();
    for (JsonNode each : node) {
      float value = (float) number(each);
      require(value >= least && value <= 1000, key + " has a value that is impossible");
      values.add(value);
    }
    return Optional.of(
        values.size() == channels ? values : Collections.nCopies(channels, values.get(0)));
  }

  /** A name, or several. */
  List<String> names(String key) {
    if (!has(key)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (JsonNode each : node(key).isArray() ? node(key) : List.of(node(key))) {
      names.add(text(each, key));
    }
    return names;
  }

  /** One name per class: a list, or an object from class numbers to names. */
  List<String> labels(String key, int classes) {
    if (!has(key)) {
      return List.of();
    }
    JsonNode node = node(key);
    require(node.isArray() || node.isObject(), key + " is not a list of names");
    require(
        node.size() == classes,
        key + " has " + node.size() + " names, but num_classes is " + classes);
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      String label = text(node.isArray() ? node.path(i) : node.path(Integer.toString(i)), key);
      require(!label.isBlank(), key + " has a blank name");
      labels.add(label);
    }
    return labels;
  }

  Map<String, String> texts(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    require(!has(key) || node(key).isObject(), key + " is not an object");
    node(key).properties().forEach(e -> texts.put(e.getKey(), text(e.getValue(), key)));
    return texts;
  }

  /** All values as Java's, nulls left out. */
  Map<String, Object> plain() {
    Map<String, Object> values = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            e -> {
              if (!e.getValue().isNull()) {
                values.put(e.getKey(), JsonMapper.shared().treeToValue(e.getValue(), Object.class));
              }
            });
    return values;
  }
}
