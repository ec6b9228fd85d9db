package dev.discern.cli;

import dev.discern.card.EmbeddedModels;
import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.config.InvalidConfig;
import dev.discern.model.Models;
import dev.discern.pretrained.WeightSource;
import dev.discern.weights.CachedModel;
import dev.discern.weights.Hub;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code discern weights}. */
@Command(
    name = "weights",
    description = {
      "Lists the trained networks on this machine; with SOURCE, shows what weights hold.",
      "",
      "The list has the embedded networks, and the models in timm's layout that are in the cache of"
          + " the Hugging Face hub."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class WeightsCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.shared();

  @CommandLine.Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE",
      description =
          "A file (safetensors, .pth), a run, the name of an embedded network, or hf:OWNER/NAME.")
  private @Nullable String source;

  @Option(names = "--all", description = "Show all tensors, not only the first.")
  private boolean all;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Console.out(spec);
    if (source == null) {
      list(out);
      return 0;
    }
    if (source.equals(WeightSource.NONE)) {
      throw new InvalidConfig("none names no weights: name a source, or leave it out for a list.");
    }
    try (StatusLine status = Console.status(spec)) {
      WeightsContent content =
          WeightsContent.of(
              WeightSource.find(
                  source,
                  (activity, done, total) -> {
                    if (total > 0) {
                      status.show(activity, (double) done / total);
                    }
                  }));
      status.close();
      content.notes().forEach(note -> Console.notes(spec).println(note));
      out.println(json ? content.json().toPrettyString() : content.text(all));
    }
    return 0;
  }

  private void list(PrintWriter out) {
    List<ModelFile> embedded =
        EmbeddedModels.names().stream()
            .map(n -> ModelFile.find(Path.of(n), ModelFile.BEST))
            .toList();
    List<CachedModel> cached = Hub.from(System.getenv()).cached();
    if (json) {
      ObjectNode node = JSON.createObjectNode();
      ArrayNode first = node.putArray("embedded");
      embedded.forEach(model -> describe(first.addObject(), model));
      ArrayNode second = node.putArray("cached");
      cached.forEach(model -> describe(second.addObject(), model));
      out.println(node.toPrettyString());
      return;
    }
    out.println("Embedded:");
    embedded.forEach(model -> print(out, model));
    out.println();
    if (cached.isEmpty()) {
      out.println("The cache of the Hugging Face hub has no models in timm's layout.");
    } else {
      out.println("In the cache of the Hugging Face hub:");
      cached.forEach(model -> print(out, model));
    }
    out.println();
    out.println(
        "weights SOURCE shows the tensors of one; train DATA --weights SOURCE starts from it.");
  }

  private static void print(PrintWriter out, ModelFile model) {
    ModelCard card = model.card();
    out.printf(
        Locale.ROOT,
        "  %-40s %-24s %s%n  %-40s %,d classes of %s%n  %-40s %s%n",
        name(model),
        architecture(card.architecture()),
        size(bytes(model.file())),
        "",
        card.classNames().size(),
        card.provenance().getOrDefault("data", "unknown data"),
        "",
        card.provenance().getOrDefault("source", ""));
  }

  private static void print(PrintWriter out, CachedModel model) {
    out.printf(
        "  %-40s %-24s %s, commit %s%s%n",
        model.name(),
        model.architecture(),
        size(bytes(model.weights())),
        model.commit().substring(0, 7),
        isKnown(model) ? "" : " (not an architecture of Discern)");
  }

  private static void describe(ObjectNode node, ModelFile model) {
    ModelCard card = model.card();
    node.put("name", name(model))
        .put("architecture", architecture(card.architecture()))
        .put("classes", card.classNames().size())
        .put("bytes", bytes(model.file()))
        .put("data", card.provenance().getOrDefault("data", ""))
        .put("source", card.provenance().getOrDefault("source", ""));
  }

  private static void describe(ObjectNode node, CachedModel model) {
    node.put("name", model.name().toString())
        .put("architecture", model.architecture())
        .put("known", isKnown(model))
        .put("commit", model.commit())
        .put("bytes", bytes(model.weights()));
  }

  private static boolean isKnown(CachedModel model) {
    return Models.CATALOGUE.has(model.architecture());
  }

  private static String name(ModelFile model) {
    return String.valueOf(model.file().getFileName()).replaceFirst("\\.safetensors$", "");
  }

  // Rates of dropout are of no interest here.
  private static String architecture(String spec) {
    return dev.discern.config.Spec.parse(spec).name();
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String size(long bytes) {
    return bytes >= 1e6
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
  }
}
