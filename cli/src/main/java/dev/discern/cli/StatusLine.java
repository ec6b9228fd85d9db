package dev.discern.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A line at the bottom of a terminal, on standard error, that is overwritten and never wraps.
 * Without a terminal it shows nothing. Safe for use by several threads.
 */
final class StatusLine implements AutoCloseable {
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 6;

  // The launcher knows; System.console() answers differently from one Java to the next.
  private final boolean terminal;
  private final boolean timed;
  private final PrintWriter err;
  private volatile String label = "";
  private volatile List<String> facts = List.of();
  private volatile double share;
  private @Nullable ProgressBar drawn;
  private long startNanos;

  /**
   * Starts hidden.
   *
   * @param verbosity {@code QUIET} for never shown; with {@code VERBOSE}, each activity ends with a
   *     line that says how long it took
   * @param err receives those lines
   */
  StatusLine(Verbosity verbosity, PrintWriter err) {
    terminal = verbosity != Verbosity.QUIET && Boolean.getBoolean("discern.terminal");
    timed = verbosity == Verbosity.VERBOSE;
    this.err = err;
  }

  /**
   * Shows or updates the line.
   *
   * @param what the current activity
   * @param done the completed share of it, in [0, 1]
   * @param more facts to show beside it, the most important last: the first are left out if the
   *     terminal is narrow
   */
  synchronized void show(String what, double done, String... more) {
    if (!what.equals(label)) {
      tellTime();
      label = what;
      startNanos = System.nanoTime();
    }
    share = done;
    facts = Stream.of(more).filter(fact -> !fact.isEmpty()).toList();
    if (terminal && drawn == null) {
      drawn =
          new ProgressBarBuilder()
              .setUpdateIntervalMillis(200)
              .setRenderer((state, width) -> fitted(label, share, facts, width))
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .clearDisplayOnFinish()
              .build();
    }
  }

  /** Clears the line until it is shown again. */
  @Override
  public synchronized void close() {
    if (drawn != null) {
      drawn.close();
      drawn = null;
    }
    tellTime();
    label = "";
  }

  private void tellTime() {
    if (timed && !label.isEmpty()) {
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      err.printf(Locale.ROOT, "%s: %.1f s%n", label, seconds);
    }
  }

  /** The line in at most the given number of columns. */
  static String fitted(String label, double share, List<String> facts, int width) {
    for (int from = 0; from <= facts.size(); from++) {
      String text = String.join("  ", facts.subList(from, facts.size()));
      String line = text.isEmpty() ? label : label + "  " + text;
      if (line.length() <= width) {
        int room = Math.min(LONGEST_BAR, width - line.length() - 4);
        return room < SHORTEST_BAR
            ? line
            : label + "  " + bar(share, room) + (text.isEmpty() ? "" : "  " + text);
      }
    }
    return label.substring(0, Math.max(0, Math.min(label.length(), width)));
  }

  private static String bar(double share, int room) {
    int inner = room - 2;
    int full = (int) Math.round(Math.max(0, Math.min(1, share)) * inner);
    return "[" + "=".repeat(full) + " ".repeat(inner - full) + "]";
  }
}
