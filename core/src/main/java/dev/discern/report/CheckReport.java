package dev.discern.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.discern.check.CheckedData;
import dev.discern.check.ClassRow;
import dev.discern.check.Finding;
import dev.discern.check.Finding.Member;
import dev.discern.check.Kind;
import dev.discern.check.LabelScores;
import dev.discern.check.Pool;
import dev.discern.config.AtomicFiles;
import dev.discern.config.FileNames;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.Datasets;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The files that a check writes: {@code check.json} and {@code check.html}. */
public final class CheckReport {
  private static final int VERSION = 1;

  private CheckReport() {}

  /**
   * A free folder for a check, numbered if necessary.
   *
   * @param parent the folder of runs
   * @param source the data set
   * @return a path that does not exist
   */
  public static Path free(Path parent, String source) {
    String name = "check-" + FileNames.of(Datasets.nameOf(source));
    Path path = parent.resolve(name);
    for (int n = 2; Files.exists(path, LinkOption.NOFOLLOW_LINKS); n++) {
      path = parent.resolve(name + "-" + n);
    }
    return path;
  }

  /**
   * Refuses an existing path before any work is wasted.
   *
   * @param path the folder of a new check
   * @throws InvalidConfig if it exists
   */
  public static void requireFree(Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new InvalidConfig(
          path + " exists, and a check never writes over anything: choose another folder.");
    }
  }

  /**
   * Creates the folder and writes the files.
   *
   * @param path the folder; must not exist
   * @param checked what was found
   * @param command what the user typed, for the page
   * @throws WorkFailed if the folder cannot be written
   */
  public static void write(Path path, CheckedData checked, String command) {
    requireFree(path);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(path, e);
    }
    AtomicFiles.writeText(path.resolve("check.json"), json(checked).toPrettyString() + "\n");
    AtomicFiles.writeText(
        path.resolve("check.html"), Page.renderCheck(CheckPage.of(checked, command)));
  }

  /**
   * Writes the unreadable images and the files that are not read, for a program: one per line, its
   * path below the data set, a tab, and the reason. Control characters and backslashes in a path
   * are escaped as in Java.
   *
   * @param file the file to write
   * @param checked what was found
   * @throws WorkFailed if it cannot be written
   */
  public static void writeList(Path file, CheckedData checked) {
    String lines =
        checked.findings().stream()
            .filter(f -> f.kind() == Kind.UNREADABLE || f.kind() == Kind.ODD)
            .map(f -> escaped(f.members().get(0).file()) + "\t" + escaped(f.text()) + "\n")
            .collect(Collectors.joining());
    AtomicFiles.writeText(file, lines);
  }

  /**
   * Writes how every label was judged, as CSV: path, part, label, fold, suspicion, and the
   * cross-validated probability of each class.
   *
   * @param file the file to write
   * @param checked what was found
   * @throws WorkFailed if images have several labels each, or the file cannot be written
   */
  public static void writeScores(Path file, CheckedData checked) {
    LabelScores scores =
        checked
            .scores()
            .orElseThrow(
                () ->
                    new WorkFailed(
                        "Images of "
                            + checked.source()
                            + " have several labels each, so there are no scores of labels to"
                            + " write."));
    Pool pool = checked.pool();
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      List<String> header = new ArrayList<>(List.of("path", "part", "label", "fold", "suspicion"));
      pool.classNames().forEach(name -> header.add("p " + name));
      csv.writeRecord(header);
      for (int i = 0; i < pool.size(); i++) {
        csv.writeRecord(row(pool, scores, i));
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
    AtomicFiles.writeText(file, text.toString());
  }

  private static List<String> row(Pool pool, LabelScores scores, int i) {
    List<String> row = new ArrayList<>();
    row.add(pool.file(i));
    row.add(pool.part(i));
    row.add(pool.classNames().get(scores.labels()[i]));
    row.add(Integer.toString(scores.folds()[i]));
    row.add(Double.toString(scores.suspicion(i)));
    for (int k = 0; k < pool.classNames().size(); k++) {
      row.add(Float.toString(scores.predicted().of(i, k)));
    }
    return row;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (c == '\\') {
                escaped.append("\\\\");
              } else if (Character.isISOControl(c)) {
                escaped.append(String.format("\\u%04x", c));
              } else {
                escaped.append((char) c);
              }
            });
    return escaped.toString();
  }

  /**
   * The content of {@code check.json}.
   *
   * @param checked what was found
   * @return the data set, its classes, the number of findings of each kind, and every finding
   */
  public static ObjectNode json(CheckedData checked) {
    ObjectNode node = Json.object().put("version", VERSION).put("data", checked.source());
    node.put("task", checked.task() == Task.ONE_LABEL ? "one-label" : "several-labels");
    node.set("images", Json.MAPPER.valueToTree(checked.images()));
    node.put("faults", checked.faults());
    ObjectNode counts = node.putObject("counts");
    for (Kind kind : Kind.values()) {
      counts.put(kind.key(), checked.of(kind).size());
    }
    node.set("notes", Json.MAPPER.valueToTree(checked.notes()));
    ArrayNode classes = node.putArray("classes");
    for (ClassRow row : checked.classes()) {
      ObjectNode each = classes.addObject().put("name", row.name()).put("images", row.images());
      Json.put(each, "recall", row.recall());
      each.put("suspects", row.suspects());
    }
    ArrayNode findings = node.putArray("findings");
    checked.findings().forEach(finding -> findings.add(json(finding)));
    return node;
  }

  private static ObjectNode json(Finding finding) {
    ObjectNode node = Json.object().put("kind", finding.kind().key());
    node.put("fault", finding.kind().isStrict()).put("text", finding.text());
    node.put("score", finding.score());
    ArrayNode files = node.putArray("files");
    for (Member member : finding.members()) {
      ObjectNode file = files.addObject().put("path", member.file()).put("part", member.part());
      file.set("labels", Json.MAPPER.valueToTree(member.labels()));
      file.put("note", member.note());
    }
    return node;
  }
}
