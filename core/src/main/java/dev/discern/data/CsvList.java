package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One CSV file of labels. It is read once to learn its format, and once for its images. */
final class CsvList {
  private static final String HINT =
      "Write path,label or path,label;label on each line, or path, for an image without labels.";

  private final Path file;
  private final CsvTable table;
  private final CsvColumns columns;
  private final LabelSyntax syntax;
  private final boolean oneEach;
  private final List<String> problems = new ArrayList<>();

  private CsvList(
      Path file, CsvTable table, CsvColumns columns, LabelSyntax syntax, boolean oneEach) {
    this.file = file;
    this.table = table;
    this.columns = columns;
    this.syntax = syntax;
    this.oneEach = oneEach;
  }

  /**
   * Learns a file's format from all of its rows.
   *
   * @param file the file
   * @param asked how many labels the user says each image has, if given
   * @throws WorkFailed if it is unreadable or ambiguous
   */
  static CsvList of(Path file, Optional<Task> asked) {
    CsvTable table = CsvTable.of(file);
    CsvColumns columns = CsvColumns.of(file, table.sample());
    // The distinct fields of labels of each part; with columns of 0 and 1, their sums.
    Map<Part, Set<String>> fields = new EnumMap<>(Part.class);
    table.forEach(
        row -> {
          if (isBody(columns, row)) {
            Set<String> ofPart =
                fields.computeIfAbsent(part(columns, row, Part.TRAIN), p -> new TreeSet<>());
            if (columns.oneHot().isEmpty()) {
              columns.labels().forEach(c -> ofPart.add(row.fields().get(c)));
            } else {
              ofPart.add(flagged(columns, row).size() + "");
            }
          }
          return true;
        });
    boolean flags = !columns.oneHot().isEmpty();
    String none = flags ? "0" : "";
    fields.entrySet().removeIf(e -> e.getKey() != Part.TRAIN && e.getValue().equals(Set.of(none)));
    Set<String> all = new TreeSet<>();
    fields.values().forEach(all::addAll);
    LabelSyntax syntax = LabelSyntax.of(file, flags ? Set.of() : all, asked);
    boolean oneEach =
        flags
            ? all.equals(Set.of("1"))
            : columns.labels().size() == 1
                && all.stream().allMatch(field -> syntax.labels(field).size() == 1);
    return new CsvList(file, table, columns, syntax, oneEach);
  }

  private static boolean isBody(CsvColumns columns, CsvTable.Row row) {
    return row.fields().size() == columns.width() && !isHeader(columns, row);
  }

  private static boolean isHeader(CsvColumns columns, CsvTable.Row row) {
    return columns.header() && row.fields().equals(columns.names());
  }

  /** Whether each image has one label. */
  boolean oneEach() {
    if (columns.boxes()) {
      return byImage().values().stream().allMatch(labels -> labels.size() == 1);
    }
    return oneEach;
  }

  /** What the user should know about the file's format. */
  Optional<String> note() {
    return syntax.note();
  }

  /**
   * Adds the images to lists.
   *
   * @param lists receives them
   * @param part the part of images for which the file names none
   * @throws WorkFailed if lines are invalid; the message names the first few
   */
  void addTo(ImageLists lists, Part part) {
    ImageFinder finder = new ImageFinder(ImageFinder.around(file, likely()), false);
    if (columns.boxes()) {
      byImage().forEach((name, labels) -> lists.add(part, finder, name, labels, file.toString()));
    } else {
      body(
          row ->
              lists.add(
                  part(columns, row, part),
                  finder,
                  row.fields().get(columns.path()),
                  labels(row),
                  "line " + row.line()));
    }
    if (!problems.isEmpty()) {
      throw new WorkFailed(
          FirstFew.of(problems, "such lines") + (problems.size() == 1 ? " " : "\n") + HINT);
    }
  }

  // train.csv lists the images in train, or in train_images.
  private List<String> likely() {
    String name = String.valueOf(file.getFileName());
    String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    List<String> likely = new ArrayList<>(List.of(stem, stem + "_images"));
    Part.of(stem)
        .ifPresent(
            named -> {
              String part = named.part() == Part.TRAIN ? "train" : named.part().word();
              likely.addAll(List.of(part, part + "_images"));
            });
    return likely;
  }

  private Map<String, Set<String>> byImage() {
    Map<String, Set<String>> labels = new LinkedHashMap<>();
    body(
        row ->
            labels
                .computeIfAbsent(row.fields().get(columns.path()), name -> new LinkedHashSet<>())
                .addAll(labels(row)));
    return labels;
  }

  /** Receives rows of images. */
  @FunctionalInterface
  private interface Body {
    void add(CsvTable.Row row);
  }

  private void body(Body body) {
    problems.clear();
    table.forEach(
        row -> {
          Optional<String> problem = problem(row);
          if (problem.isPresent()) {
            problems.add("Line " + row.line() + " of " + file + " " + problem.get() + ".");
          } else if (!isHeader(columns, row)) {
            body.add(row);
          }
          return true;
        });
  }

  private Optional<String> problem(CsvTable.Row row) {
    int size = row.fields().size();
    if (size != columns.width()) {
      return Optional.of(
          "has "
              + size
              + (size == 1 ? " field" : " fields")
              + (columns.width() == 2 ? "" : ", not " + columns.width()));
    }
    if (isHeader(columns, row)) {
      return Optional.empty();
    }
    if (row.fields().get(columns.path()).isEmpty()) {
      return Optional.of("names no file");
    }
    if (columns.part() >= 0 && Part.exactly(row.fields().get(columns.part())).isEmpty()) {
      return Optional.of(
          "has the part '" + row.fields().get(columns.part()) + "', not train, val or test");
    }
    for (int k = 0; k < columns.oneHot().size(); k++) {
      String field = row.fields().get(columns.labels().get(k));
      if (CsvColumns.flag(field).isEmpty()) {
        return Optional.of(
            "has '" + field + "' for " + columns.oneHot().get(k) + ", which is neither 0 nor 1");
      }
    }
    return Optional.empty();
  }

  private static Part part(CsvColumns columns, CsvTable.Row row, Part otherwise) {
    return columns.part() < 0
        ? otherwise
        : Part.exactly(row.fields().get(columns.part())).orElse(otherwise);
  }

  private Set<String> labels(CsvTable.Row row) {
    if (!columns.oneHot().isEmpty()) {
      return flagged(columns, row);
    }
    Set<String> labels = new LinkedHashSet<>();
    columns.labels().forEach(c -> labels.addAll(syntax.labels(row.fields().get(c))));
    return labels;
  }

  private static Set<String> flagged(CsvColumns columns, CsvTable.Row row) {
    Set<String> labels = new LinkedHashSet<>();
    for (int k = 0; k < columns.oneHot().size(); k++) {
      String field = row.fields().get(columns.labels().get(k));
      if (CsvColumns.flag(field).orElse(false)) {
        labels.add(columns.oneHot().get(k));
      }
    }
    return labels;
  }
}
