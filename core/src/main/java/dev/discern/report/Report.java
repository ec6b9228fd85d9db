package dev.discern.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.discern.config.AtomicFiles;
import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.Datasets;
import dev.discern.data.Fingerprint;
import dev.discern.data.Split;
import dev.discern.head.Methods;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.report.Pictures.Detail;
import dev.discern.view.View;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code results.json}, {@code results.csv} and {@code report.html} for a list of runs.
 * Reads the run directories and, for the pictures, the data set; does not run a network.
 */
public final class Report {
  private static final int MOST_NAMED = 4;
  private static final int LONGEST_TITLE = 80;
  private static final int MOST_LISTED = 12;
  // Pictures that come before those of the map: of photographs, about half of what the page holds.
  private static final int FIRST_PICTURES = 240;
  private final List<Group> groups;
  private final Results results;
  private final RunConfig shared;
  private final String command;
  private final Path folder;

  private Report(Path folder, List<Group> groups, String command) {
    this.folder = folder;
    this.groups = groups;
    this.results = Results.of(groups);
    this.shared = Groups.shared(groups);
    this.command = command;
  }

  /**
   * Writes the three files.
   *
   * @param folder the output folder; must exist
   * @param entries the runs to report
   * @param command the command that reproduces the runs, as typed in a shell
   * @return the content of {@code results.json}
   * @throws InvalidConfig if the runs cannot be compared; the message names the difference
   * @throws WorkFailed if a file of a run is missing or damaged, or the folder cannot be written
   */
  public static JsonNode write(Path folder, List<Entry> entries, String command) {
    List<Group> groups = Groups.of(entries.stream().map(RunRecord::read).toList());
    Report report = new Report(folder, groups, command);
    JsonNode json = report.json();
    AtomicFiles.writeText(folder.resolve("results.json"), json.toPrettyString() + "\n");
    AtomicFiles.writeText(folder.resolve("results.csv"), report.csv());
    AtomicFiles.writeText(folder.resolve("report.html"), Page.render(report.page()));
    return json;
  }

  private ObjectNode json() {
    ObjectNode node = Json.object();
    node.set("verdict", results.verdict());
    node.set("setting", setting());
    node.set("methods", results.methods());
    node.set("pairs", results.pairNodes());
    return node;
  }

  private String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      results.table().forEach(csv::writeRecord);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder.resolve("results.csv"), e);
    }
    return text.toString();
  }

  private ObjectNode setting() {
    ObjectNode node =
        Json.object()
            .put("data", shared.data().source())
            .put("score", results.score().key())
            .put("compose", shared.data().compose())
            .put("model", shared.model().name())
            .put("epochs", shared.train().epochs())
            .put("patience", shared.train().patience());
    ArrayNode seeds = node.putArray("seeds");
    groups.stream()
        .flatMap(group -> group.runs().stream())
        .map(run -> run.entry().seed())
        .distinct()
        .sorted()
        .forEach(seeds::add);
    JsonNode images = environment().path("images");
    node.set("trainImages", images.path("train"));
    node.set("validationImages", images.path("validation"));
    node.set("testImages", images.path("test"));
    node.set("classes", environment().path("classes"));
    node.put("command", command);
    return node;
  }

  private JsonNode environment() {
    return groups.stream()
        .flatMap(group -> group.runs().stream())
        .map(RunRecord::environment)
        .filter(JsonNode::isObject)
        .findFirst()
        .orElseThrow(
            () -> new WorkFailed("None of these runs has reached its first step: resume them."));
  }

  private List<String> classNames() {
    return environment().path("classes").valueStream().map(JsonNode::asString).toList();
  }

  private ObjectNode page() {
    ObjectNode page = Json.object().put("kind", groups.size() > 1 ? "comparison" : "run");
    page.put("title", title()).put("score", results.score().key());
    page.set("verdict", results.verdict());
    page.set("setting", setting());
    ArrayNode losses = page.putArray("losses");
    ArrayNode methods = results.methods();
    for (int g = 0; g < groups.size(); g++) {
      losses.add(loss(groups.get(g), (ObjectNode) methods.get(g)));
    }
    page.set("pairs", results.pairNodes());
    MoreImages.of(groups).ifPresent(curve -> page.set("sizeCurve", curve));
    if (results.score().task() == Task.ONE_LABEL) {
      page.set("order", Json.MAPPER.valueToTree(order()));
      addClassPairs((ArrayNode) page.path("pairs"));
    }
    addFromData(page, losses);
    page.set("provenance", provenance());
    page.put("config", ConfigTree.of(shared).toString());
    return page;
  }

  private String title() {
    String data = Datasets.nameOf(shared.data().source());
    if (groups.size() == 1 && !groups.get(0).finished().isEmpty()) {
      return new SingleVerdict(groups.get(0)).title() + " on " + data;
    }
    String named = String.join(", ", groups.stream().map(Group::label).toList());
    return groups.size() > 1 && (groups.size() > MOST_NAMED || named.length() > LONGEST_TITLE)
        ? groups.size() + " methods on " + data
        : named + " on " + data;
  }

  private ObjectNode loss(Group group, ObjectNode node) {
    node.set("epochs", LearningCurves.of(group));
    node.set("curve", curve(group));
    if (!group.finished().isEmpty()) {
      addOutcomes(group, node);
    }
    return node;
  }

  // The map colors each point by its class, and curricula need one class per image.
  private void addOutcomes(Group group, ObjectNode node) {
    if (results.score().task() == Task.MANY_LABELS) {
      new LabelOutcomes(group, classNames()).addTo(node);
      return;
    }
    new TestOutcomes(group, classNames()).addTo(node);
    node.set("map", FeatureMap.of(group.finished().get(0)));
    node.set("stages", stages(group));
  }

  private static ArrayNode stages(Group group) {
    ArrayNode all = Json.array();
    for (RunRecord run : group.finished()) {
      run.stages()
          .forEach(
              stage -> all.add(((ObjectNode) stage.deepCopy()).put("seed", run.entry().seed())));
    }
    return all;
  }

  private static JsonNode curve(Group group) {
    Optional<ProbabilityCurve> curve = Methods.create(group.loss()).curve();
    if (curve.isEmpty()) {
      return Json.MAPPER.nullNode();
    }
    ArrayNode points = Json.array();
    for (int percent = 1; percent < 100; percent++) {
      double lp = Math.log(percent / 100.0);
      points
          .addObject()
          .put("p", percent / 100.0)
          .put("value", curve.get().value().applyAsDouble(lp))
          .put("gain", curve.get().gain().applyAsDouble(lp));
    }
    return points;
  }

  private List<Integer> order() {
    int classes = classNames().size();
    long[][] sum = new long[classes][classes];
    for (Group group : groups) {
      long[][] counts = new TestOutcomes(group, classNames()).confusion();
      for (int a = 0; a < classes; a++) {
        for (int b = 0; b < classes; b++) {
          sum[a][b] += counts[a][b];
        }
      }
    }
    return ClassOrder.of(sum);
  }

  private void addClassPairs(ArrayNode nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      ((ObjectNode) nodes.get(i))
          .set("classPairs", ClassPairs.of(results.pairs().get(i), classNames().size()));
    }
  }

  // The data may have moved; the page then has no pictures and says so.
  private void addFromData(ObjectNode page, ArrayNode losses) {
    Pictures pictures;
    try {
      Split split = Datasets.load(shared.data());
      if (!Fingerprint.of(split).equals(environment().path("dataFingerprint").asString())) {
        throw new WorkFailed("The data has changed since these runs.");
      }
      View view = Datasets.evaluationView(shared.data(), split.shape());
      pictures = new Pictures(split.test(), view);
      addExplanations(page, new Explanations(view), split);
      page.set("dataFacts", DataFacts.of(shared.data().source(), split, folder));
    } catch (WorkFailed | InvalidConfig e) {
      ((ArrayNode) page.at("/verdict/warnings"))
          .add("This page has no pictures: " + e.getMessage());
      return;
    }
    for (JsonNode loss : losses) {
      TestOutcomes.imagesOf(loss).stream()
          .limit(FIRST_PICTURES / losses.size())
          .forEach(image -> pictures.add(image, Detail.FULL));
    }
    losses.forEach(
        loss -> loss.at("/map/images").forEach(image -> pictures.add(image.asInt(), Detail.HALF)));
    losses.forEach(
        loss -> TestOutcomes.imagesOf(loss).forEach(image -> pictures.add(image, Detail.FULL)));
    page.put("pictureSide", pictures.side());
    page.set("images", pictures.uris());
    page.set("imageNames", pictures.names());
  }

  // Beside other methods, one method's images would say little.
  private void addExplanations(ObjectNode page, Explanations explanations, Split split) {
    if (groups.size() == 1 && !groups.get(0).finished().isEmpty()) {
      explanations.addTests(page, groups.get(0).finished().get(0).entry().path(), split);
    }
  }

  private ArrayNode provenance() {
    ArrayNode rows = Json.array();
    environment()
        .properties()
        .forEach(
            fact -> {
              if (!fact.getKey().equals("classes")) {
                rows.addArray().add(fact.getKey()).add(words(fact.getValue()));
              }
            });
    return rows;
  }

  // Long lists, such as processor flags, would fill the page; environment.json has them in full.
  private static String words(JsonNode value) {
    if (value.isArray()) {
      return value.size() > MOST_LISTED
          ? value.size() + " (in environment.json)"
          : String.join(", ", value.valueStream().map(Report::words).toList());
    }
    return value.isObject()
        ? String.join(
            ", ",
            value.properties().stream()
                .map(entry -> entry.getKey() + " " + words(entry.getValue()))
                .toList())
        : value.asString();
  }
}
