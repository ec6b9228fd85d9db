package dev.discern.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

  @Override
  public void run() {
    Console.out(spec).print(ManPage.of(HelpCommand.find(Console.root(spec), name)));
  }
}
