package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of COCO instances. It is read as a stream, since the segmentations, which are passed over,
 * make most of its hundreds of megabytes.
 */
final class CocoFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> KEYS = List.of("images", "annotations", "categories");

  private final Path file;
  private final Map<Long, String> images = new LinkedHashMap<>();
  private final Map<Long, String> categories = new TreeMap<>();
  private final Map<Long, Set<Long>> carried = new HashMap<>();

  private CocoFile(Path file) {
    this.file = file;
  }

  /** Reads a file, and checks that it belongs together. */
  static CocoFile read(Path file) {
    CocoFile coco = new CocoFile(file);
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JSON.createParser(in)) {
      coco.read(json);
    } catch (IOException e) {
      throw new WorkFailed(file + " can't be read: " + AtomicFiles.reason(e) + ".", e);
    } catch (JacksonException e) {
      throw new WorkFailed(
          file
              + " is not valid JSON (line "
              + e.getLocation().getLineNr()
              + "): "
              + AtomicFiles.reason(e).lines().findFirst().orElse("")
              + ".",
          e);
    }
    coco.requireKnownIds();
    return coco;
  }

  /** Where it was read from. */
  Path file() {
    return file;
  }

  /** File names by image id, in the file's order. */
  Map<Long, String> images() {
    return images;
  }

  /** Names by category id, rising. */
  Map<Long, String> categories() {
    return categories;
  }

  /** The categories that an image's annotations have. */
  Set<Long> carriedBy(Long image) {
    return carried.getOrDefault(image, Set.of());
  }

  private void read(JsonParser json) {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw lacking(KEYS);
    }
    Set<String> seen = new HashSet<>();
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      json.nextToken();
      seen.add(key);
      switch (key) {
        case "images" -> entries(json, key, Set.of("id", "file_name"), this::addImage);
        case "annotations" ->
            entries(json, key, Set.of("image_id", "category_id"), this::addAnnotation);
        case "categories" -> entries(json, key, Set.of("id", "name"), this::addCategory);
        default -> json.skipChildren();
      }
    }
    if (json.currentToken() != JsonToken.END_OBJECT) {
      throw lacking(KEYS);
    }
    List<String> missing = KEYS.stream().filter(key -> !seen.contains(key)).toList();
    if (!missing.isEmpty()) {
      throw lacking(missing);
    }
  }

  private WorkFailed lacking(List<String> keys) {
    return new WorkFailed(
        file
            + " is no file of COCO instances: it lacks "
            + String.join(", ", keys)
            + ". Give one such as instances_train2017.json.");
  }

  /** One object of a list: its place in messages, and those of its values that are wanted. */
  private record Entry(Path file, String place, Map<String, String> values) {
    String text(String key) {
      String value = values.get(key);
      if (value == null) {
        throw new WorkFailed(file + ": " + place + " has no " + key + ".");
      }
      return value;
    }

    Long id(String key) {
      try {
        return Long.valueOf(text(key));
      } catch (NumberFormatException e) {
        throw new WorkFailed(
            file + ": " + place + " has the " + key + " " + text(key) + ", no whole number.", e);
      }
    }

    WorkFailed twice(String what) {
      return new WorkFailed(file + ": " + place + " has the " + what + " of an earlier one.");
    }
  }

  private void entries(JsonParser json, String list, Set<String> wanted, Consumer<Entry> add) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new WorkFailed(file + ": " + list + " is no list.");
    }
    int number = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      number++;
      String place = "number " + number + " of " + list;
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new WorkFailed(file + ": " + place + " is no object.");
      }
      Map<String, String> values = new HashMap<>();
      for (String key = json.nextName(); key != null; key = json.nextName()) {
        JsonToken value = json.nextToken();
        if (wanted.contains(key) && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
          values.put(key, json.getString());
        } else {
          json.skipChildren();
        }
      }
      add.accept(new Entry(file, place, values));
    }
  }

  private void addImage(Entry entry) {
    if (images.put(entry.id("id"), entry.text("file_name")) != null) {
      throw entry.twice("id");
    }
  }

  private void addCategory(Entry entry) {
    if (categories.containsValue(entry.text("name"))) {
      throw entry.twice("name");
    }
    if (categories.put(entry.id("id"), entry.text("name")) != null) {
      throw entry.twice("id");
    }
  }

  private void addAnnotation(Entry entry) {
    carried
        .computeIfAbsent(entry.id("image_id"), image -> new HashSet<>())
        .add(entry.id("category_id"));
  }

  // The lists may stand in any order, so that this can't be told while reading.
  private void requireKnownIds() {
    carried.forEach(
        (image, ids) -> {
          if (!images.containsKey(image)) {
            throw unknown("image", image);
          }
          for (Long id : ids) {
            if (!categories.containsKey(id)) {
              throw unknown("category", id);
            }
          }
        });
  }

  private WorkFailed unknown(String what, Long id) {
    return new WorkFailed(
        file + ": an annotation is of the " + what + " " + id + ", which the file does not list.");
  }
}
