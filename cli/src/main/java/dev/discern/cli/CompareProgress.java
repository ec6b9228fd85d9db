package dev.discern.cli;

import dev.discern.compare.CompareListener;
import dev.discern.compare.Plan;
import dev.discern.compare.PlannedRun;
import dev.discern.compare.RunState;
import dev.discern.run.RunListener;
import dev.discern.run.Session;
import dev.discern.train.EpochResult;
import dev.discern.train.Progress;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows a comparison: the plan, one bar over all epochs of all runs on a terminal, a line a run.
 * Called from several threads at once.
 */
final class CompareProgress implements CompareListener, AutoCloseable {
  private static final String CLEARED = "\r\u001b[2K";

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
  private final Map<PlannedRun, Integer> made = new HashMap<>();

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
              // The bar's usual way, moving the cursor up, would write over the lines between.
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
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
        areDone(run, start.epoch());
      }

      @Override
      public void onNote(String sentence) {
        line(run + ": " + sentence);
      }

      @Override
      public void onEpoch(EpochResult result) {
        epochDone(run);
        if (result.epoch() == epochs) {
          line(
              String.format(
                  Locale.ROOT,
                  "%3d/%d  %-44s validation %.2f %%  %s left",
                  number,
                  total,
                  run,
                  100 * result.validation().score(),
                  TrainProgress.duration(secondsLeft())));
        }
      }
    };
  }

  @Override
  public void onEnd(PlannedRun run, RunState state, String note) {
    willNotBe(run, state);
    if (!note.isEmpty()) {
      line(run + ": " + note);
    }
  }

  private synchronized void epochDone(PlannedRun run) {
    made.merge(run, 1, Integer::sum);
    epochsDone++;
    if (bar != null) {
      bar.stepTo(epochsDone);
    }
  }

  // Of an earlier sitting: they tell nothing of today's pace.
  private synchronized void areDone(PlannedRun run, int before) {
    made.put(run, before);
    leave(before);
  }

  // A run that ends early makes no more epochs. One that diverged in an earlier sitting was never
  // counted as left.
  private synchronized void willNotBe(PlannedRun run, RunState state) {
    boolean counted = state != RunState.DIVERGED || made.containsKey(run);
    if (state != RunState.FINISHED && counted) {
      leave(epochs - made.getOrDefault(run, 0));
    }
  }

  private void leave(long out) {
    epochsLeft -= out;
    if (bar != null) {
      bar.maxHint(epochsLeft);
    }
  }

  private synchronized double secondsLeft() {
    double elapsed = (System.nanoTime() - startNanos) / 1e9;
    return elapsed / epochsDone * Math.max(0, epochsLeft - epochsDone);
  }

  // A line takes the bar's place, and the bar draws itself anew below it.
  private synchronized void line(String text) {
    out.println(bar == null ? text : CLEARED + text);
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
