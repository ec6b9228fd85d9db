package dev.discern.api;

import dev.discern.report.Entry;
import dev.discern.report.Report;
import dev.discern.run.ExplainedTests;
import dev.discern.run.RunListener;
import dev.discern.run.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What follows a training: a finished run gets its report, as on the command line. */
final class Ending {
  // A program has no command that would repeat it.
  private static final String NO_COMMAND = "";

  private Ending() {}

  static Run of(TrainingRun.Outcome outcome, RunListener listener, BooleanSupplier stop) {
    Path path = outcome.path();
    if (outcome.finished() && !Files.exists(path.resolve("report.html"))) {
      String note = ExplainedTests.write(path, listener::onLoad, stop);
      if (!note.isEmpty()) {
        listener.onNote(note);
      }
      var unused = Report.write(path, List.of(Entry.of(path)), NO_COMMAND);
    }
    return Run.open(path);
  }
}
