package dev.discern;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The direction of the packages, as docs/architecture.md draws it. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.discern");

  private static final List<String> LAYERED = List.of("config", "torch");

  /** The packages that do not import the root of all failures. */
  private static final List<String> WITHOUT_FAILURES = List.of("codec", "scale", "graph");

  /** What each package may import besides itself and the root of all failures. */
  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          // The module runtime, which cannot import anything else.
          Map.entry("failure", List.of()),
          Map.entry("codec", List.of("scale")),
          Map.entry("scale", List.of()),
          Map.entry("certainty", List.of("failure")),
          Map.entry("graph", List.of()),
          Map.entry("runtime", List.of("failure", "codec", "scale", "certainty", "graph")),
          // The module core.
          Map.entry("config", List.of()),
          Map.entry("torch", List.of("config")),
          Map.entry("image", List.of("config", "torch", "codec")),
          Map.entry("view", List.of("config", "torch", "image", "scale")),
          Map.entry("mix", List.of("config", "torch", "loss")),
          Map.entry("fetch", List.of("config")),
          Map.entry("data", List.of("config", "torch", "image", "view", "fetch")),
          Map.entry("weights", List.of("config", "torch", "fetch")),
          Map.entry("layer", List.of("config")),
          Map.entry(
              "pretrained",
              List.of(
                  "config", "torch", "image", "data", "fetch", "weights", "layer", "model",
                  "card")),
          Map.entry("model", List.of("config", "layer")),
          Map.entry("backbone", List.of("config", "torch", "layer")),
          Map.entry("loss", LAYERED),
          Map.entry("optim", List.of("config", "torch", "layer")),
          Map.entry("metric", LAYERED),
          Map.entry("curriculum", List.of("config")),
          Map.entry("stats", List.of("config")),
          Map.entry("embedding", List.of("config")),
          Map.entry(
              "check",
              List.of(
                  "config", "torch", "image", "view", "data", "metric", "card", "train",
                  "feature")),
          Map.entry(
              "report",
              List.of(
                  "check",
                  "config",
                  "image",
                  "view",
                  "data",
                  "loss",
                  "head",
                  "metric",
                  "run",
                  "stats",
                  "embedding")),
          Map.entry(
              "compare",
              List.of(
                  "config",
                  "torch",
                  "image",
                  "view",
                  "mix",
                  "data",
                  "layer",
                  "model",
                  "backbone",
                  "loss",
                  "curriculum",
                  "head",
                  "card",
                  "metric",
                  "train",
                  "run",
                  "report")),
          Map.entry("head", List.of("config", "torch", "loss")),
          Map.entry(
              "card",
              List.of(
                  "config",
                  "torch",
                  "image",
                  "view",
                  "data",
                  "layer",
                  "model",
                  "head",
                  "certainty")),
          Map.entry(
              "train",
              List.of(
                  "config",
                  "torch",
                  "image",
                  "view",
                  "mix",
                  "data",
                  "layer",
                  "model",
                  "backbone",
                  "loss",
                  "optim",
                  "metric",
                  "head",
                  "card")),
          Map.entry(
              "run",
              List.of(
                  "config",
                  "torch",
                  "image",
                  "view",
                  "mix",
                  "data",
                  "layer",
                  "model",
                  "backbone",
                  "loss",
                  "optim",
                  "metric",
                  "curriculum",
                  "head",
                  "fetch",
                  "pretrained",
                  "card",
                  "certainty",
                  "train",
                  "feature",
                  "explain",
                  "stats")),
          Map.entry(
              "explain",
              List.of(
                  "config",
                  "torch",
                  "image",
                  "data",
                  "layer",
                  "backbone",
                  "head",
                  "card",
                  "certainty",
                  "train",
                  "stats",
                  "feature")),
          Map.entry(
              "feature",
              List.of(
                  "config",
                  "torch",
                  "image",
                  "view",
                  "data",
                  "layer",
                  "backbone",
                  "head",
                  "card",
                  "stats",
                  "train")),
          Map.entry(
              "api",
              List.of(
                  "config",
                  "data",
                  "loss",
                  "head",
                  "pretrained",
                  "stats",
                  "run",
                  "report",
                  "compare")),
          Map.entry(
              "onnx",
              List.of(
                  "runtime",
                  "config",
                  "image",
                  "torch",
                  "view",
                  "data",
                  "layer",
                  "backbone",
                  "head",
                  "card",
                  "certainty",
                  "train",
                  "predict")),
          Map.entry(
              "timm",
              List.of(
                  "config",
                  "image",
                  "torch",
                  "view",
                  "data",
                  "layer",
                  "model",
                  "backbone",
                  "head",
                  "weights",
                  "card",
                  "train",
                  "predict")),
          Map.entry(
              "export",
              List.of("config", "image", "view", "data", "card", "train", "run", "onnx", "timm")),
          Map.entry("watch", List.of("config", "run")),
          Map.entry(
              "predict",
              // Never run: inference knows neither configurations nor run directories.
              List.of(
                  "runtime",
                  "config",
                  "torch",
                  "image",
                  "view",
                  "data",
                  "backbone",
                  "head",
                  "card",
                  "certainty",
                  "train")));

  @Test
  void packagesImportOnlyWhatIsBelowThem() {
    ALLOWED.forEach(
        (name, allowed) ->
            ALLOWED.keySet().stream()
                .filter(other -> !other.equals(name) && !allowed.contains(other))
                .filter(other -> !other.equals("failure") || WITHOUT_FAILURES.contains(name))
                .forEach(
                    other ->
                        noClasses()
                            .that()
                            .resideInAPackage("dev.discern." + name)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("dev.discern." + other)
                            .check(CLASSES)));
  }

  @Test
  void everyPackageHasARule() {
    List<String> unknown =
        CLASSES.stream()
            .map(c -> c.getPackageName())
            .distinct()
            .filter(name -> !ALLOWED.containsKey(name.replace("dev.discern.", "")))
            .toList();
    org.assertj.core.api.Assertions.assertThat(unknown).isEmpty();
  }

  @Test
  void theEngineStaysOutOfConfigurationFiguresAndPages() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.discern.failure",
            "dev.discern.codec",
            "dev.discern.scale",
            "dev.discern.graph",
            "dev.discern.runtime",
            "dev.discern.config",
            "dev.discern.layer",
            "dev.discern.model",
            "dev.discern.fetch",
            "dev.discern.metric",
            "dev.discern.curriculum",
            "dev.discern.stats",
            "dev.discern.certainty",
            "dev.discern.embedding",
            "dev.discern.report",
            "dev.discern.compare",
            "dev.discern.export",
            "dev.discern.watch")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.discern.(*)").should().beFreeOfCycles().check(CLASSES);
  }
}
