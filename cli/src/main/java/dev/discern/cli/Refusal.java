package dev.discern.cli;

import dev.discern.config.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a wrong command line gets: a sentence, the nearest right word, and where help is. */
final class Refusal {
  private Refusal() {}

  /**
   * Prints why a command line is wrong.
   *
   * @return the exit code, 2
   */
  static int print(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("discern: " + sentence(failure));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return 2;
  }

  private static String sentence(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched, unmatched.getUnmatched().get(0));
    }
    // The parser's messages name Java types; users know numbers.
    return String.valueOf(failure.getMessage())
        .replaceFirst("is not a (double|float)$", "is not a number")
        .replaceFirst("is not an? (int|long)$", "is not a whole number")
        .replaceFirst("(?<![.?])$", ".");
  }

  private static String unmatched(UnmatchedArgumentException failure, String given) {
    CommandLine command = failure.getCommandLine();
    if (failure.isUnknownOption()) {
      String name = given.replaceFirst("=.*", "");
      return "Unknown option '" + name + "'." + Nearest.question(name, options(command));
    }
    if (command.getSubcommands().isEmpty()) {
      return "'" + given + "' is one argument too many.";
    }
    return noCommand(given, command);
  }

  /** Says that a command is unknown, and which one may be meant. */
  static String noCommand(String given, CommandLine main) {
    String name = Console.printable(given);
    return "There is no command '"
        + name
        + "'."
        + Nearest.question(name, main.getSubcommands().keySet());
  }

  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
    names.addAll(command.getCommandSpec().negatedOptionsMap().keySet());
    return names;
  }
}
