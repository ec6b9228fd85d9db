package dev.discern.cli;

import dev.discern.card.ModelFile;
import dev.discern.config.Check;
import dev.discern.config.InvalidConfig;
import dev.discern.export.Export;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code discern export}. */
@Command(
    name = "export",
    description = {
      "Writes a run's network for other tools: ONNX, timm, PyTorch.",
      "",
      "An ONNX file maps decoded images of any size to calibrated probabilities. Every file is"
          + " compared with the network on test images before it takes its name."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A run directory, a weights file or checkpoint, or efficientnet-lite0.")
  private Path run = Path.of("");

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = ModelFile.BEST,
      description = "best (by validation, the default) or last.")
  private String checkpoint = ModelFile.BEST;

  @Option(names = "--onnx", paramLabel = "FILE", description = "Write an ONNX file (opset 18).")
  private @Nullable Path onnx;

  @Option(
      names = "--float16",
      description = "Store the weights of the ONNX file as float16, which halves it.")
  private boolean half;

  @Option(
      names = "--timm",
      paramLabel = "DIR",
      description = "Write config.json and model.safetensors for timm into this folder.")
  private @Nullable Path timm;

  @Option(
      names = "--torch",
      paramLabel = "FILE",
      description = "Write the state dict as a safetensors file.")
  private @Nullable Path torch;

  @Option(names = "--force", description = "Replace files that exist.")
  private boolean force;

  @Override
  public Integer call() {
    Check.oneOf(checkpoint, "--checkpoint", List.of(ModelFile.BEST, ModelFile.LAST));
    requireTargets();
    PrintWriter out = Console.out(spec);
    PrintWriter err = Console.err(spec);
    Export export = open();
    export.notes().forEach(note -> err.println(Flags.in(note)));
    if (onnx != null) {
      print(out, "ONNX", export.toOnnx(onnx, half, force));
    }
    if (timm != null) {
      print(out, "timm", export.toTimm(timm, force));
    }
    if (torch != null) {
      print(out, "PyTorch", export.toTorch(torch, force));
    }
    return 0;
  }

  // All at once, before minutes are spent on loading data.
  private void requireTargets() {
    if (onnx == null && timm == null && torch == null) {
      throw new InvalidConfig(
          "There is nothing to write: name a target with --onnx, --timm or --torch.");
    }
    if (half && onnx == null) {
      throw new InvalidConfig("--float16 is for ONNX files: add --onnx, or leave it out.");
    }
    if (onnx != null) {
      requireFree(onnx);
      Export.requireFree(onnx, force);
    }
    if (timm != null) {
      Export.timmFiles(timm).forEach(this::requireFree);
      Export.requireFreeTimm(timm, force);
    }
    if (torch != null) {
      requireFree(torch);
      Export.requireFree(torch, force);
    }
  }

  // As the library does, but naming the option.
  private void requireFree(Path file) {
    if (!force && Files.exists(file)) {
      throw new InvalidConfig(
          file + " exists: choose another name, or allow replacing it with --force.");
    }
  }

  private Export open() {
    try (StatusLine status = Console.status(spec)) {
      return Export.open(
          run,
          checkpoint,
          (activity, done, total) -> status.show(activity, total > 0 ? (double) done / total : 0));
    }
  }

  private static void print(PrintWriter out, String format, Export.Done done) {
    out.printf(
        Locale.ROOT,
        "%-10s %s%n           largest difference of probabilities %.1e on %d %s%n",
        format,
        done.path(),
        done.difference(),
        done.images(),
        done.kind());
    if (done.scaledDifference() > done.difference()) {
      out.printf(
          Locale.ROOT,
          "           %.1e where the file scales the images itself%n",
          done.scaledDifference());
    }
  }
}
