package dev.discern.cli;

import dev.discern.card.ModelFile;
import dev.discern.config.Check;
import dev.discern.config.InvalidConfig;
import dev.discern.config.TrainConfig;
import dev.discern.torch.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that open trained weights. */
final class ModelOptions {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description =
          "A run directory, a weights file or checkpoint, or efficientnet-lite0, which knows"
              + " ImageNet's 1,000 classes.")
  private @Nullable Path run;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "best (by validation, the default) or last.")
  private @Nullable String checkpoint;

  @Option(
      names = "--device",
      paramLabel = "D",
      defaultValue = "auto",
      description = "auto (the default), cpu, cuda or cuda:N, whatever it was trained on.")
  private String device = "auto";

  @Option(names = "--precision", paramLabel = "P", description = "auto, fp32 or bf16.")
  private @Nullable String precision;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = Threads.AUTO,
      description = "Threads per operation; auto, the default, uses the free cores.")
  private String threads = Threads.AUTO;

  /** Sets the engine's threads. */
  void useThreads() {
    Threads.use(Threads.choose(threads));
  }

  /**
   * Opens the weights, and says so if the arguments are swapped.
   *
   * @param command the name of the command, for messages
   * @param others the arguments after RUN
   * @param opening opens what is at a path
   * @return what was opened
   * @throws InvalidConfig if there are no weights at RUN
   */
  <T> T open(String command, List<Path> others, Function<Path, T> opening) {
    Path asked = path();
    try {
      return opening.apply(asked);
    } catch (InvalidConfig e) {
      if (ModelFile.isIn(asked)) {
        throw e;
      }
      throw others.stream()
          .filter(ModelFile::isIn)
          .findFirst()
          .map(
              path ->
                  new InvalidConfig(
                      e.getMessage()
                          + " RUN comes first: "
                          + String.join(" ", command, path.toString(), asked.toString())
                          + ".",
                      e))
          .orElse(e);
    }
  }

  private Path path() {
    if (run == null) {
      throw new IllegalStateException("RUN is required.");
    }
    if (checkpoint != null && Files.isRegularFile(run)) {
      throw new InvalidConfig(
          "--checkpoint chooses a file of a run, but " + run + " is a file itself: leave it out.");
    }
    return run;
  }

  /** The last part of the path, for names of files. */
  String name() {
    return String.valueOf(path().toAbsolutePath().normalize().getFileName());
  }

  String checkpoint() {
    String name = checkpoint == null ? ModelFile.BEST : checkpoint;
    Check.oneOf(name, "--checkpoint", List.of(ModelFile.BEST, ModelFile.LAST));
    return name;
  }

  String device() {
    return device;
  }

  Optional<String> precision() {
    if (precision != null) {
      Check.oneOf(precision, "--precision", TrainConfig.PRECISIONS);
    }
    return Optional.ofNullable(precision);
  }
}
