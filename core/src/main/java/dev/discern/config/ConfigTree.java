package dev.discern.config;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A configuration under construction: defaults, then a file, then single options, each overriding
 * the one before; finally a {@link RunConfig}. Keys are paths such as {@code optim.lr}.
 */
public final class ConfigTree {
  private static final String VERSION_KEY = "version";

  /** The version of written files; files without a version have version 1. */
  private static final int VERSION = 2;

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .build();

  private final ObjectNode root;

  private ConfigTree(ObjectNode root) {
    this.root = root;
  }

  /**
   * Creates a tree with the default of every setting.
   *
   * @return a complete tree
   */
  public static ConfigTree defaults() {
    ObjectNode root = YAML.createObjectNode();
    for (Setting setting : Settings.all()) {
      root.withObjectProperty(setting.section())
          .set(setting.name(), YAML.valueToTree(setting.fallback()));
    }
    return new ConfigTree(root);
  }

  /**
   * Creates a tree from a complete configuration.
   *
   * @param config the defaults
   * @return a tree to override
   */
  public static ConfigTree of(RunConfig config) {
    return new ConfigTree(YAML.valueToTree(config));
  }

  /**
   * Reads a YAML file, which may contain only some keys.
   *
   * @param file the file
   * @return its content; keys are not checked yet
   * @throws InvalidConfig if it is missing, unreadable or not a YAML mapping
   */
  public static ConfigTree read(Path file) {
    try {
      JsonNode node = YAML.readTree(AtomicFiles.readText(file));
      if (node instanceof ObjectNode object) {
        return new ConfigTree(current(object, file));
      }
      throw new InvalidConfig(
          file + " is not a configuration: it must have keys such as 'train:' with values below.");
    } catch (NoSuchFileException e) {
      throw new InvalidConfig("The configuration file " + file + " does not exist.", e);
    } catch (IOException e) {
      throw new InvalidConfig(file + " cannot be read (" + AtomicFiles.reason(e) + ").", e);
    } catch (DatabindException e) {
      throw new InvalidConfig(
          file + " holds more than one YAML document, but a configuration is one: keep one.", e);
    } catch (JacksonException e) {
      throw new InvalidConfig(
          file
              + " is not valid YAML (line "
              + e.getLocation().getLineNr()
              + "): "
              + AtomicFiles.reason(e),
          e);
    }
  }

  // Files of every version become trees of the current version.
  private static ObjectNode current(ObjectNode root, Path file) {
    JsonNode version = root.remove(VERSION_KEY);
    int written = version == null ? 1 : version.asInt(0);
    if (written < 1 || written > VERSION) {
      throw new InvalidConfig(
          file
              + " has the version "
              + version
              + ", but this Discern reads versions 1 to "
              + VERSION
              + ": use the Discern that wrote it, or a newer one.");
    }
    if (written == 1 && root.get("data") instanceof ObjectNode data) {
      joinAugmentation(data);
    }
    return root;
  }

  // Version 1 had a key for each of its two augmentations.
  private static void joinAugmentation(ObjectNode data) {
    JsonNode padding = data.remove("cropPadding");
    JsonNode flip = data.remove("flip");
    if (padding == null && flip == null) {
      return;
    }
    ArrayNode augment = data.putArray("augment");
    if (padding != null && padding.asInt(0) > 0) {
      augment.add("crop(padding=" + padding.asInt() + ")");
    }
    if (flip != null && flip.asBoolean(false)) {
      augment.add("flip");
    }
  }

  /**
   * Overrides this tree's values with another tree's.
   *
   * @param over the tree that takes precedence
   * @param origin its name for messages
   * @return a new tree
   * @throws InvalidConfig if it has a key that this tree does not; the message names the key's path
   */
  public ConfigTree with(ConfigTree over, String origin) {
    ObjectNode merged = root.deepCopy();
    merge(merged, over.root, "", origin);
    return new ConfigTree(merged);
  }

  private static void merge(ObjectNode into, ObjectNode over, String path, String origin) {
    for (Map.Entry<String, JsonNode> entry : over.properties()) {
      String name = path + entry.getKey();
      JsonNode mine = into.get(entry.getKey());
      if (mine == null) {
        throw new InvalidConfig(
            origin
                + " has the unknown key '"
                + name
                + "'."
                + Nearest.question(entry.getKey(), into.propertyNames())
                + " Known keys "
                + (path.isEmpty() ? "at the top" : "below " + path.substring(0, path.length() - 1))
                + ": "
                + String.join(", ", into.propertyNames())
                + ".");
      }
      if (mine instanceof ObjectNode section) {
        if (!(entry.getValue() instanceof ObjectNode inner)) {
          throw new InvalidConfig(origin + ": '" + name + "' must have keys, not a value.");
        }
        merge(section, inner, name + ".", origin);
      } else {
        requireKind(name, entry.getValue(), origin);
        into.set(entry.getKey(), entry.getValue());
      }
    }
  }

  private static void requireKind(String key, JsonNode value, String origin) {
    for (Setting setting : Settings.all()) {
      if (setting.key().equals(key) && !isOf(setting.kind(), value)) {
        throw new InvalidConfig(
            origin
                + ": '"
                + key
                + "' is "
                + (value.isValueNode() ? value.asString() : value.toString())
                + ", but it takes "
                + setting.kind().words()
                + ".");
      }
    }
  }

  private static boolean isOf(Setting.Kind kind, JsonNode value) {
    return switch (kind) {
      case TEXT -> value.isString() || value.isNumber();
      case WHOLE -> value.isIntegralNumber() && value.canConvertToInt();
      case LONG -> value.isIntegralNumber() && value.canConvertToLong();
      case NUMBER -> value.isNumber();
      case SWITCH -> value.isBoolean();
      case WHOLES -> isListOf(Setting.Kind.WHOLE, value);
      case NUMBERS -> isListOf(Setting.Kind.NUMBER, value);
      case SPECS -> isListOf(Setting.Kind.TEXT, value);
    };
  }

  private static boolean isListOf(Setting.Kind kind, JsonNode value) {
    return value.isArray() && value.valueStream().allMatch(element -> isOf(kind, element));
  }

  /**
   * Sets one value.
   *
   * @param path the key, such as {@code optim.lr}
   * @param value a number, text, boolean or list
   * @return a new tree
   * @throws InvalidConfig if there is no such key; the message lists the known ones
   */
  public ConfigTree with(String path, Object value) {
    ObjectNode over = YAML.createObjectNode();
    int dot = path.indexOf('.');
    if (dot < 0) {
      over.set(path, YAML.valueToTree(value));
    } else {
      over.putObject(path.substring(0, dot)).set(path.substring(dot + 1), YAML.valueToTree(value));
    }
    return with(new ConfigTree(over), "The configuration");
  }

  /**
   * Sets several values.
   *
   * @param values by key
   * @return a new tree
   * @throws InvalidConfig if there is no such key; the message lists the known ones
   */
  public ConfigTree with(Map<String, ?> values) {
    ConfigTree tree = this;
    for (Map.Entry<String, ?> value : values.entrySet()) {
      tree = tree.with(value.getKey(), value.getValue());
    }
    return tree;
  }

  /**
   * Whether a key was given.
   *
   * @param path the key, such as {@code data.source}
   * @return its value as text, or an empty string
   */
  public String text(String path) {
    return root.at("/" + path.replace('.', '/')).asString("");
  }

  /**
   * The checked configuration.
   *
   * @param origin the name of this configuration, for messages
   * @return the configuration record
   * @throws InvalidConfig if a value is of the wrong kind or outside its range
   */
  public RunConfig toConfig(String origin) {
    try {
      return YAML.treeToValue(root, RunConfig.class);
    } catch (DatabindException e) {
      if (e.getCause() instanceof InvalidConfig refusal) {
        throw refusal;
      }
      String path = pathOf(e);
      throw new InvalidConfig(
          origin
              + ": '"
              + path
              + "' is "
              + text(path)
              + ", which is not the kind of value it takes.",
          e);
    }
  }

  private static String pathOf(DatabindException e) {
    StringBuilder path = new StringBuilder();
    e.getPath().stream()
        .filter(part -> part.getPropertyName() != null)
        .forEach(part -> path.append(path.isEmpty() ? "" : ".").append(part.getPropertyName()));
    return path.toString();
  }

  /**
   * Every value by its path.
   *
   * @return values as text, by path in alphabetical order
   */
  public Map<String, String> flat() {
    Map<String, String> flat = new TreeMap<>();
    for (Map.Entry<String, JsonNode> section : root.properties()) {
      for (Map.Entry<String, JsonNode> entry : section.getValue().properties()) {
        JsonNode value = entry.getValue();
        flat.put(
            section.getKey() + "." + entry.getKey(),
            value.isValueNode() ? value.asString() : value.toString());
      }
    }
    return new LinkedHashMap<>(flat);
  }

  /** The tree as YAML, with the format version. */
  @Override
  public String toString() {
    ObjectNode versioned = YAML.createObjectNode().put(VERSION_KEY, VERSION);
    versioned.setAll(root);
    return YAML.writeValueAsString(versioned);
  }
}
