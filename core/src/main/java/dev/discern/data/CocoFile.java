package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of COCO annotations. It is read as a stream, since the segmentations, which are skipped,
 * account for most of its hundreds of megabytes. Ids are numbers or strings.
 */
final class CocoFile {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern LISTS =
      Pattern.compile("\"(images|annotations|categories)\"\\s*:\\s*\\[");
  private static final int START_BYTES = 1 << 16;

  private final Path file;
  private final Names images = new Names();
  private final Names fileNames = new Names();
  private final Map<String, String> categories = new LinkedHashMap<>();
  // The categories of each image that annotations name: images and categories by their ids.
  private final Names annotated = new Names();
  private final List<Set<String>> carried = new ArrayList<>();
  private final Set<String> problems = new TreeSet<>();
  private boolean hasAnnotations;

  private CocoFile(Path file) {
    this.file = file;
  }

  /** Whether a file begins like COCO annotations. */
  static boolean looksLike(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(START_BYTES), StandardCharsets.UTF_8);
      return LISTS.matcher(start).find();
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads a file and checks that its lists agree with each other. */
  static CocoFile read(Path file) {
    CocoFile coco = new CocoFile(file);
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JSON.createParser(in)) {
      coco.read(json);
    } catch (IOException e) {
      throw new WorkFailed(file + " cannot be read: " + AtomicFiles.reason(e) + ".", e);
    } catch (JacksonException e) {
      throw new WorkFailed(
          file
              + " is not valid JSON"
              + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")")
              + ": "
              + AtomicFiles.reason(e).lines().findFirst().orElse("")
              + ".",
          e);
    }
    coco.requireKnownIds();
    return coco;
  }

  /** The path it was read from. */
  Path file() {
    return file;
  }

  /** The number of images. */
  int size() {
    return images.size();
  }

  /** An image's file name, as spelled. */
  String fileName(int i) {
    return fileNames.get(i);
  }

  /** The names of an image's categories. */
  Set<String> labels(int i) {
    int k = annotated.indexOf(images.get(i));
    return k < 0
        ? Set.of()
        : carried.get(k).stream()
            .map(id -> categories.getOrDefault(id, id))
            .collect(Collectors.toSet());
  }

  /** The names of the categories, by increasing id; ids that are strings come last. */
  Set<String> classes() {
    return categories.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, String>>comparingLong(e -> number(e.getKey()))
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getValue)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static long number(String id) {
    return id.matches("\\d{1,18}") ? Long.parseLong(id) : Long.MAX_VALUE;
  }

  /** Whether the file has annotations at all: those of test images are often withheld. */
  boolean hasAnnotations() {
    return hasAnnotations;
  }

  private void read(JsonParser json) {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw lacking("images, annotations, categories");
    }
    Set<String> seen = new HashSet<>();
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      JsonToken value = json.nextToken();
      seen.add(key);
      switch (key) {
        case "images" -> entries(json, key, Set.of("id", "file_name"), this::addImage);
        case "annotations" -> {
          if (value != JsonToken.VALUE_NULL) {
            entries(json, key, Set.of("image_id", "category_id"), this::addAnnotation);
          }
        }
        case "categories" -> entries(json, key, Set.of("id", "name"), this::addCategory);
        default -> json.skipChildren();
      }
    }
    if (json.currentToken() != JsonToken.END_OBJECT) {
      throw lacking("its end");
    }
    String missing =
        List.of("images", "categories").stream()
            .filter(key -> !seen.contains(key))
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw lacking(missing);
    }
  }

  private WorkFailed lacking(String what) {
    return new WorkFailed(
        file
            + " is not a file of COCO annotations: it lacks "
            + what
            + ". Give one such as instances_train2017.json.");
  }

  private void entries(JsonParser json, String list, Set<String> wanted, Consumer<CocoEntry> add) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new WorkFailed(file + ": " + list + " is not a list.");
    }
    int number = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      number++;
      String place = "number " + number + " of " + list;
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new WorkFailed(file + ": " + place + " is not an object.");
      }
      add.accept(CocoEntry.read(json, file, place, wanted));
    }
  }

  private void addImage(CocoEntry entry) {
    int i = images.size();
    if (images.add(entry.text("id")) != i) {
      throw entry.twice("id");
    }
    if (fileNames.add(entry.text("file_name")) != i) {
      throw entry.twice("file_name");
    }
  }

  // Two categories may share a name: Roboflow lists a project's as a category above its own.
  private void addCategory(CocoEntry entry) {
    if (categories.put(entry.text("id"), entry.text("name").strip()) != null) {
      throw entry.twice("id");
    }
  }

  private void addAnnotation(CocoEntry entry) {
    hasAnnotations = true;
    int before = annotated.size();
    int k = annotated.add(entry.text("image_id"));
    if (k == before) {
      carried.add(Set.of());
    }
    Set<String> known = carried.get(k);
    String category = entry.text("category_id");
    if (!known.contains(category)) {
      Set<String> more = new HashSet<>(known);
      more.add(category);
      carried.set(k, Set.copyOf(more));
    }
  }

  // The lists may come in any order, so this cannot be checked while reading.
  private void requireKnownIds() {
    for (int k = 0; k < annotated.size(); k++) {
      if (images.indexOf(annotated.get(k)) < 0) {
        problems.add("the image " + annotated.get(k));
      }
      for (String category : carried.get(k)) {
        if (!categories.containsKey(category)) {
          problems.add("the category " + category);
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new WorkFailed(
          file
              + ": annotations are of "
              + FirstFew.inLine(List.copyOf(problems))
              + ", which the file does not list.");
    }
  }
}
