package dev.discern.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code discern help}. */
@Command(name = "help", description = "Explains a command, or lists all.")
final class HelpCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command to explain.")
  private @Nullable String name;

  @Override
  public void run() {
    find(Console.root(spec), name).usage(Console.out(spec));
  }

  /** The command of a name, or the main one without a name. */
  static CommandLine find(CommandLine main, @Nullable String name) {
    if (name == null) {
      return main;
    }
    CommandLine found = main.getSubcommands().get(name);
    if (found == null) {
      throw new ParameterException(main, Refusal.noCommand(name, main));
    }
    return found;
  }
}
