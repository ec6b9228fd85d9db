package dev.discern.cli;

import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The streams of a command: those that its command line was given. */
final class Console {
  private Console() {}

  /** Receives results. */
  static PrintWriter out(@Nullable CommandSpec spec) {
    return required(spec).commandLine().getOut();
  }

  /** Receives failures. */
  static PrintWriter err(@Nullable CommandSpec spec) {
    return required(spec).commandLine().getErr();
  }

  /** Receives progress and notes: standard error, or nothing under {@code --quiet}. */
  static PrintWriter notes(@Nullable CommandSpec spec) {
    return verbosity(spec) == Verbosity.QUIET ? new PrintWriter(Writer.nullWriter()) : err(spec);
  }

  /** A line for progress, which is never shown under {@code --quiet}. */
  static StatusLine status(@Nullable CommandSpec spec) {
    return new StatusLine(verbosity(spec), err(spec));
  }

  /** The command line that a command belongs to. */
  static CommandLine root(@Nullable CommandSpec spec) {
    return required(spec).root().commandLine();
  }

  static Verbosity verbosity(@Nullable CommandSpec spec) {
    return ((Main) required(spec).root().userObject()).verbosity();
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
