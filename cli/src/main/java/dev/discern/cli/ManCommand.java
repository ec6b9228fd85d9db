package dev.discern.cli;

import dev.discern.config.AtomicFiles;
import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code discern man}. */
@Command(
    name = "man",
    description = {
      "Prints the manual page of discern, or of a command, for man(1).",
      "",
      "Read it:    discern man train | man -l -",
      "Install it: discern man > ~/.local/share/man/man1/discern.1"
    },
    mixinStandardHelpOptions = true)
final class ManCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command of the page.")
  private @Nullable String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the pages of discern and all its commands into this folder instead.")
  private @Nullable Path out;

  @Override
  public void run() {
    CommandLine main = Console.root(spec);
    if (out == null) {
      Console.out(spec).print(ManPage.of(HelpCommand.find(main, name)));
      return;
    }
    if (!Files.isDirectory(out)) {
      throw new InvalidConfig("--out " + out + " is not a folder: create it first.");
    }
    write(out, main);
    main.getSubcommands().values().forEach(command -> write(out, command));
  }

  private static void write(Path folder, CommandLine command) {
    Path file = folder.resolve(command.getCommandSpec().qualifiedName("-") + ".1");
    try {
      Files.writeString(file, ManPage.of(command));
    } catch (IOException e) {
      throw new WorkFailed("Could not write " + file + " (" + AtomicFiles.reason(e) + ").", e);
    }
  }
}
