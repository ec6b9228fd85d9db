package dev.discern.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The streams of a command: those that its command line was given. */
final class Console {
  private Console() {}

  static PrintWriter out(@Nullable CommandSpec spec) {
    return required(spec).commandLine().getOut();
  }

  static PrintWriter err(@Nullable CommandSpec spec) {
    return required(spec).commandLine().getErr();
  }

  /**
   * Text without control characters, which a terminal would interpret and which could break a line.
   */
  static String printable(String text) {
    return text.codePoints().anyMatch(Character::isISOControl)
        ? text.replaceAll("\\p{Cntrl}", "?")
        : text;
  }

  private static CommandSpec required(@Nullable CommandSpec spec) {
    if (spec == null) {
      throw new IllegalStateException("A command runs only through its command line.");
    }
    return spec;
  }
}
