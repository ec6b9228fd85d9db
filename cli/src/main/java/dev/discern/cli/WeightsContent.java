package dev.discern.cli;

import dev.discern.card.Preprocessing;
import dev.discern.pretrained.Fit;
import dev.discern.pretrained.Pretrained;
import dev.discern.torch.TensorInfo;
import dev.discern.weights.Listing;
import dev.discern.weights.StateDict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a source of weights holds.
 *
 * @param weights the source
 * @param listing the tensors of its file
 * @param fits the tensors against the catalog, best first
 */
record WeightsContent(Pretrained weights, Listing listing, List<Fit> fits) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int SHOWN = 20;
  private static final int LONGEST = 80;

  /** Reads everything but the numbers. */
  static WeightsContent of(Pretrained weights) {
    Listing listing = StateDict.list(weights.file());
    return new WeightsContent(weights, listing, Fit.all(listing));
  }

  List<String> notes() {
    return weights.notes();
  }

  /** For people; all tensors, or the first. */
  String text(boolean all) {
    StringBuilder text = new StringBuilder();
    line(text, "File", weights.file().toString());
    line(text, "Format", listing.format().spelling() + inside());
    weights.architecture().ifPresent(name -> line(text, "Network", name));
    weights.method().ifPresent(method -> line(text, "Loss", method));
    if (!weights.classNames().isEmpty()) {
      line(text, "Classes", classes());
    }
    weights.preprocessing().ifPresent(input -> line(text, "Input", words(input)));
    metadata().forEach((key, value) -> line(text, "Note", key + ": " + shortened(value)));
    line(
        text,
        "Tensors",
        String.format(Locale.ROOT, "%,d with %,d numbers: ", listing.tensors().size(), numbers())
            + dtypes().entrySet().stream()
                .map(e -> e.getValue() + " of " + e.getKey())
                .collect(Collectors.joining(", ")));
    line(text, "Fits", fit());
    text.append('\n');
    int shown = all ? listing.tensors().size() : Math.min(SHOWN, listing.tensors().size());
    for (TensorInfo tensor : listing.tensors().subList(0, shown)) {
      text.append(
          String.format(
              "%-56s %-5s %s%n", Console.printable(tensor.name()), tensor.dtype(), tensor.shape()));
    }
    if (shown < listing.tensors().size()) {
      text.append(listing.tensors().size() - shown).append(" more: --all shows them.\n");
    }
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("%-10s %s%n", name, Console.printable(value)));
  }

  private String inside() {
    return listing.path().isEmpty() ? "" : ", tensors under " + String.join(".", listing.path());
  }

  private String classes() {
    List<String> names = weights.classNames();
    int shown = Math.min(3, names.size());
    return names.size()
        + ": "
        + String.join(", ", names.subList(0, shown))
        + (names.size() > shown ? ", ..." : "");
  }

  private static String words(Preprocessing input) {
    return input.shape()
        + ", crop ratio "
        + input.cropRatio()
        + ", "
        + input.interpolation().name().toLowerCase(Locale.ROOT);
  }

  // The card is shown in parts.
  private Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>(listing.metadata());
    metadata.remove("card");
    return metadata;
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "...";
  }

  private String fit() {
    List<String> whole = Fit.whole(fits);
    return whole.isEmpty()
        ? Fit.nearest(fits)
            .map(
                near ->
                    String.format(
                        "no architecture; nearest is %s, with %d tensors that match, %d missing"
                            + " and %d left over",
                        near.architecture(), near.matched(), near.missing(), near.leftOver()))
            .orElse("no architecture")
        : String.join(", ", whole);
  }

  private long numbers() {
    return listing.tensors().stream().mapToLong(t -> t.bytes() / t.dtype().bytes()).sum();
  }

  private Map<String, Long> dtypes() {
    return listing.tensors().stream()
        .collect(Collectors.groupingBy(t -> t.dtype().name(), TreeMap::new, Collectors.counting()));
  }

  /** For programs: always all tensors. */
  ObjectNode json() {
    ObjectNode node =
        JSON.createObjectNode()
            .put("source", weights.source())
            .put("file", weights.file().toString())
            .put("format", listing.format().spelling());
    node.set("path", JSON.valueToTree(listing.path()));
    weights.architecture().ifPresent(name -> node.put("architecture", name));
    weights.method().ifPresent(method -> node.put("method", method));
    node.set("classes", JSON.valueToTree(weights.classNames()));
    node.set("metadata", JSON.valueToTree(metadata()));
    node.put("numbers", numbers());
    node.set("dtypes", JSON.valueToTree(dtypes()));
    node.set("fits", JSON.valueToTree(Fit.whole(fits)));
    Fit.nearest(fits).ifPresent(near -> node.set("nearest", JSON.valueToTree(near)));
    ArrayNode tensors = node.putArray("tensors");
    listing.tensors().forEach(tensor -> tensors.add(JSON.valueToTree(tensor)));
    return node;
  }
}
