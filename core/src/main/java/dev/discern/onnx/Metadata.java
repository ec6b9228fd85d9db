package dev.discern.onnx;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.certainty.Calibration;
import dev.discern.certainty.Conformity;
import dev.discern.certainty.Temperature;
import dev.discern.config.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A model card as the metadata of an ONNX file: text by key, as {@code docs/export.md} says. */
final class Metadata {
  private static final String FORMAT = "1";

  private Metadata() {}

  static Map<String, String> of(ModelCard card, String version) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("version", version);
    metadata.put("task", card.task() == Task.ONE_LABEL ? "one-label" : "several-labels");
    metadata.put("classes", lines(card.classNames()));
    if (!card.classIds().isEmpty()) {
      metadata.put("class-ids", lines(card.classIds()));
    }
    addPreprocessing(metadata, card.preprocessing());
    metadata.put("architecture", card.architecture());
    metadata.put("method", card.method());
    metadata.put(
        "temperature",
        Double.toString(
            card.calibration().map(Calibration::temperature).orElse(Temperature.NONE).value()));
    card.calibration().ifPresent(c -> metadata.put("conformity", scores(c.conformity())));
    new TreeMap<>(card.provenance())
        .forEach((key, value) -> metadata.put("provenance." + key, value));
    Map<String, String> named = new LinkedHashMap<>();
    metadata.forEach((key, value) -> named.put("discern." + key, value));
    return named;
  }

  private static void addPreprocessing(Map<String, String> metadata, Preprocessing steps) {
    metadata.put("channels", Integer.toString(steps.shape().channels()));
    metadata.put("height", Integer.toString(steps.shape().height()));
    metadata.put("width", Integer.toString(steps.shape().width()));
    metadata.put("crop-ratio", Double.toString(steps.cropRatio()));
    metadata.put("interpolation", steps.interpolation().name().toLowerCase(Locale.ROOT));
    metadata.put("mean", numbers(steps.normalization().mean()));
    metadata.put("std", numbers(steps.normalization().std()));
    int shorter = Math.min(steps.shape().height(), steps.shape().width());
    metadata.put("scaled-side", Long.toString(ImageNodes.cover(shorter, steps)));
  }

  /** Names on lines of their own. */
  static String lines(List<String> names) {
    return names.stream()
        .map(name -> name.replace("\\", "\\\\").replace("\n", "\\n"))
        .collect(Collectors.joining("\n"));
  }

  private static String numbers(float[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> Float.toString(values[i]))
        .collect(Collectors.joining(","));
  }

  // One score for each image that the sets were calibrated on, in increasing order.
  private static String scores(Conformity conformity) {
    StringBuilder text = new StringBuilder();
    int before = 0;
    for (Conformity.Step step : conformity.steps()) {
      String score = Double.toString(step.score());
      for (; before < step.images(); before++) {
        text.append(text.isEmpty() ? "" : ",").append(score);
      }
    }
    return text.toString();
  }
}
