package dev.discern.data;

import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The meaning of each column of a CSV file.
 *
 * @param names the first row, if it names the columns; else empty
 * @param width how many fields a row has
 * @param path the column of images
 * @param labels the columns of labels; with {@code oneHot}, those that say whether an image carries
 *     one
 * @param oneHot the labels of the columns; empty unless they hold 0 and 1
 * @param part the column that says which part an image belongs to; -1 for none
 * @param boxes whether a row is one object in an image, so that an image may have several rows
 */
record CsvColumns(
    List<String> names,
    int width,
    int path,
    List<Integer> labels,
    List<String> oneHot,
    int part,
    boolean boxes) {
  private static final List<String> PATHS =
      List.of(
          "path",
          "paths",
          "filepath",
          "filepaths",
          "imagepath",
          "imagepaths",
          "imgpath",
          "filename",
          "filenames",
          "file",
          "files",
          "imagefile",
          "imagefilename",
          "imagename",
          "imgname",
          "image",
          "images",
          "img",
          "photo",
          "picture",
          "relpath",
          "relativepath",
          "fname",
          "uri",
          "url",
          "imageid",
          "imgid",
          "id");
  private static final Set<String> LABELS =
      Set.of(
          "label",
          "labels",
          "class",
          "classes",
          "classname",
          "category",
          "categories",
          "categoryname",
          "target",
          "targets",
          "tag",
          "tags",
          "labelname");
  private static final Set<String> SURE_PARTS =
      Set.of("split", "splits", "subset", "part", "partition", "datasplit");
  private static final Set<String> PARTS =
      Set.of("set", "dataset", "phase", "usage", "mode", "type", "datatype");
  private static final Set<String> YES_OR_NO =
      Set.of("0", "1", "0.0", "1.0", "true", "false", "0.", "1.");

  /** Whether the first row names the columns. */
  boolean header() {
    return !names.isEmpty();
  }

  /**
   * Recognizes the columns by their names and contents.
   *
   * @param file the file, for messages
   * @param rows its first rows
   * @throws WorkFailed if that is ambiguous
   */
  static CsvColumns of(Path file, List<CsvTable.Row> rows) {
    return new Reading(file, rows).columns();
  }

  /** Whether a field says that an image carries the label of a column; none if it says neither. */
  static Optional<Boolean> flag(String field) {
    String plain = field.toLowerCase(Locale.ROOT);
    return YES_OR_NO.contains(plain)
        ? Optional.of(plain.startsWith("1") || plain.equals("true"))
        : Optional.empty();
  }

  /** A recognition in progress. */
  private static final class Reading {
    private final Path file;
    private final List<List<String>> all;
    private final int width;

    Reading(Path file, List<CsvTable.Row> rows) {
      this.file = file;
      all = rows.stream().map(CsvTable.Row::fields).toList();
      width = CsvTable.width(rows);
    }

    CsvColumns columns() {
      if (all.isEmpty() || width < 2) {
        return new CsvColumns(List.of(), 2, 0, List.of(1), List.of(), -1, false);
      }
      List<String> names = all.get(0).stream().map(Reading::plain).toList();
      int images = columnOfImages(all.subList(1, all.size()));
      boolean header = isHeader(names, images);
      return header ? named(names, images) : unnamed(columnOfImages(all));
    }

    private boolean isHeader(List<String> names, int images) {
      boolean startsWithImage = all.get(0).stream().anyMatch(ImageFiles::looksLikeImage);
      boolean known =
          names.stream().anyMatch(n -> PATHS.contains(n) || LABELS.contains(n) || isNumbered(n));
      return !startsWithImage && (known || images >= 0);
    }

    private static String plain(String name) {
      return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static boolean isNumbered(String name) {
      return name.matches("(label|class|tag|category|target)\\d+");
    }

    // The column with the most names of images, or -1.
    private int columnOfImages(List<List<String>> rows) {
      int best = -1;
      long most = 0;
      for (int c = 0; c < width; c++) {
        int column = c;
        long count =
            rows.stream()
                .filter(r -> r.size() > column && ImageFiles.looksLikeImage(r.get(column)))
                .count();
        if (count > most) {
          best = c;
          most = count;
        }
      }
      return best;
    }

    private CsvColumns named(List<String> names, int images) {
      int path = pathColumn(names, images);
      int part = partColumn(names, path);
      List<Integer> labels =
          where(names, c -> c != path && c != part && LABELS.contains(names.get(c)));
      if (labels.isEmpty()) {
        labels = where(names, c -> c != path && c != part && isNumbered(names.get(c)));
      } else if (labels.size() > 1) {
        throw ambiguous(labels, "could each hold the label");
      }
      boolean boxes = names.contains("xmin") && names.contains("ymin");
      int columns = all.get(0).size();
      return labels.isEmpty()
          ? others(names, path, part)
          : new CsvColumns(all.get(0), columns, path, labels, List.of(), part, boxes);
    }

    // Columns without a known name: the only one holds labels, several must be 0 and 1.
    private CsvColumns others(List<String> names, int path, int part) {
      List<Integer> rest =
          where(
              names,
              c ->
                  c != path
                      && c != part
                      && !names.get(c).isEmpty()
                      && !names.get(c).matches("unnamed\\d*|index|idx|rowid"));
      int columns = names.size();
      if (rest.size() == 1) {
        return new CsvColumns(all.get(0), columns, path, rest, List.of(), part, false);
      }
      if (rest.isEmpty()) {
        throw new WorkFailed(
            file + " has no column of labels: add one, and name it label in the first line.");
      }
      if (!rest.stream().allMatch(this::holdsFlags)) {
        throw ambiguous(rest, "could each hold the label");
      }
      List<String> labels = rest.stream().map(c -> all.get(0).get(c)).toList();
      return new CsvColumns(all.get(0), columns, path, rest, labels, part, false);
    }

    private boolean holdsFlags(int column) {
      return all.stream()
          .skip(1)
          .allMatch(r -> r.size() <= column || flag(r.get(column)).isPresent());
    }

    private int pathColumn(List<String> names, int images) {
      List<Integer> known = where(names, c -> PATHS.contains(names.get(c)));
      if (images >= 0 && (known.isEmpty() || known.contains(images))) {
        return images;
      }
      if (!known.isEmpty()) {
        return known.stream()
            .min((a, b) -> PATHS.indexOf(names.get(a)) - PATHS.indexOf(names.get(b)))
            .orElseThrow();
      }
      List<Integer> rest =
          where(names, c -> !LABELS.contains(names.get(c)) && !SURE_PARTS.contains(names.get(c)));
      if (rest.size() != 1) {
        throw ambiguous(rest, "could each hold the images");
      }
      return rest.get(0);
    }

    private int partColumn(List<String> names, int path) {
      List<Integer> sure = where(names, c -> c != path && SURE_PARTS.contains(names.get(c)));
      if (!sure.isEmpty()) {
        return sure.get(0);
      }
      return where(names, c -> c != path && PARTS.contains(names.get(c)) && holdsParts(c, 1))
          .stream()
          .findFirst()
          .orElse(-1);
    }

    private boolean holdsParts(int column, int skipped) {
      return all.size() > skipped
          && all.stream()
              .skip(skipped)
              .allMatch(r -> r.size() > column && Part.exactly(r.get(column)).isPresent());
    }

    private CsvColumns unnamed(int images) {
      List<Integer> filled =
          IntStream.range(0, width)
              .filter(c -> all.stream().anyMatch(r -> r.size() > c && !r.get(c).isEmpty()))
              .boxed()
              .toList();
      List<Integer> parts = filled.stream().filter(c -> holdsParts(c, 0)).toList();
      int part = filled.size() == 3 && parts.size() == 1 ? parts.get(0) : -1;
      int path = images >= 0 ? images : 0;
      List<Integer> labels =
          IntStream.range(0, width)
              .filter(c -> c != path && c != part && (filled.contains(c) || width == 2))
              .boxed()
              .toList();
      if (labels.size() != 1) {
        throw new WorkFailed(
            file
                + " has "
                + width
                + " columns but no header: add a first line such as path,label.");
      }
      return new CsvColumns(List.of(), width, path, labels, List.of(), part, false);
    }

    private List<Integer> where(List<String> names, IntPredicate wanted) {
      return IntStream.range(0, names.size()).filter(wanted).boxed().toList();
    }

    private WorkFailed ambiguous(List<Integer> columns, String what) {
      List<String> names =
          new ArrayList<>(columns.stream().map(c -> "'" + all.get(0).get(c) + "'").toList());
      return new WorkFailed(
          file
              + " has columns that "
              + what
              + " ("
              + FirstFew.inLine(names)
              + "): in its first line, call the one with images path, and the one with labels"
              + " label.");
    }
  }
}
