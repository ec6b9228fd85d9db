package discern.cli;

import discern.compare.CompareListener;
import discern.compare.Plan;
import discern.compare.PlannedRun;
import discern.compare.RunState;
import discern.run.RunListener;
import discern.run.Session;
import discern.train.EpochResult;
import discern.train.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows a comparison: the plan, one bar over all epochs of all runs on a terminal, a line a run.
 * Called from several threads at once.
 */
final class CompareProgress implements CompareListener, AutoCloseable {
  private final PrintWriter out;
  private final Interruption interruption;
  private final BiFunction<PlannedRun, RunListener, RunListener> wrapped;
  private final boolean terminal = Boolean.getBoolean("discern.terminal");
  private @Nullable ProgressBar bar;
  private int total;
  private int epochs;
  private long epochsLeft;
  private long epochsDone;
  private long startNanos;

  /**
   * Starts silent.
   *
   * @param out receives the lines
   * @param interruption told once there is something to save
   * @param wrapped what else listens to a run: given the run and its listener, the one to use
   */
  CompareProgress(
      PrintWriter out,
      Interruption interruption,
      BiFunction<PlannedRun, RunListener, RunListener> wrapped) {
    this.out = out;
    this.interruption = interruption;
    this.wrapped = wrapped;
  }

  @Override
  public synchronized void onPlan(Plan plan, int done, double expectedSeconds) {
    total = plan.runs().size();
    epochs = plan.base().train().epochs();
    epochsLeft = (long) (total - done) * epochs;
    startNanos = System.nanoTime();
    out.printf(
        Locale.ROOT,
        "Comparing %s%nTraining  %s on %s, %d epochs, seeds %s: %d runs%s%n",
        plan.methods().stream().map(Object::toString).collect(Collectors.joining("  ")),
        plan.base().model().name(),
        plan.base().data().source(),
        epochs,
        plan.seeds().stream().map(Object::toString).collect(Collectors.joining(" ")),
        total,
        done == 0 ? "" : ", " + done + " of them done");
    if (expectedSeconds > 0) {
      out.printf("Expected  about %s%n", TrainProgress.duration(expectedSeconds));
    }
    out.flush();
    if (terminal && epochsLeft > 0) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("epochs")
              .setInitialMax(epochsLeft)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .clearDisplayOnFinish()
              .build();
    }
  }

  @Override
  public RunListener onRun(PlannedRun run, int number) {
    return wrapped.apply(run, shown(run, number));
  }

  private RunListener shown(PlannedRun run, int number) {
    return new RunListener() {
      @Override
      public void onStart(Session session, Progress start) {
        interruption.trainingBegins();
        areDone(start.epoch());
      }

      @Override
      public void onNote(String sentence) {
        line(run + ": " + sentence);
      }

      @Override
      public void onEpoch(EpochResult result) {
        epochs(1);
        if (result.epoch() == epochs) {
          line(
              String.format(
                  Locale.ROOT,
                  "%3d/%d  %-44s validation %.2f %%  %s left",
                  number,
                  total,
                  run,
                  100 * result.validation().top1(),
                  TrainProgress.duration(secondsLeft())));
        }
      }
    };
  }

  @Override
  public void onEnd(PlannedRun run, RunState state, String note) {
    if (!note.isEmpty()) {
      line(run + ": " + note);
    }
  }

  private synchronized void epochs(int more) {
    epochsDone += more;
    if (bar != null) {
      bar.stepTo(epochsDone);
    }
  }

  // Of an earlier sitting: they tell nothing of today's pace.
  private synchronized void areDone(int before) {
    epochsLeft -= before;
    if (bar != null) {
      bar.maxHint(epochsLeft);
    }
  }

  private synchronized double secondsLeft() {
    double elapsed = (System.nanoTime() - startNanos) / 1e9;
    return elapsed / epochsDone * Math.max(0, epochsLeft - epochsDone);
  }

  // The bar redraws itself below what is printed above it.
  private synchronized void line(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
