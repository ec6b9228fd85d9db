package dev.discern.cli;

import dev.discern.compare.CompareListener;
import dev.discern.compare.Plan;
import dev.discern.compare.PlannedRun;
import dev.discern.compare.RunState;
import dev.discern.run.RunListener;
import dev.discern.run.RunStart;
import dev.discern.train.EpochResult;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Shows a comparison: the plan, one line over all epochs of all runs on a terminal, one line per
 * run in the order of their numbers. Called from several threads at once.
 */
final class CompareProgress implements CompareListener, AutoCloseable {
  private final PrintWriter notes;
  private final Interruption interruption;
  private final BiFunction<PlannedRun, RunListener, RunListener> wrapped;
  private final StatusLine status;
  private final Map<PlannedRun, Integer> made = new HashMap<>();
  private final Map<PlannedRun, Double> scores = new HashMap<>();
  private final Map<Integer, String> ended = new HashMap<>();
  private int total;
  private int epochs;
  private int printed;
  private boolean paced;
  private long epochsLeft;
  private long epochsDone;
  private long startNanos;

  /**
   * Starts silent.
   *
   * @param spec the command, which says where progress goes and how much of it
   * @param interruption told once there is something to save
   * @param wrapped what else listens to a run: given the run and its listener, the one to use
   */
  CompareProgress(
      @Nullable CommandSpec spec,
      Interruption interruption,
      BiFunction<PlannedRun, RunListener, RunListener> wrapped) {
    notes = Console.notes(spec);
    status = Console.status(spec);
    this.interruption = interruption;
    this.wrapped = wrapped;
  }

  @Override
  public synchronized void onPlan(Plan plan, int done, double expectedSeconds) {
    total = plan.runs().size();
    epochs = plan.base().train().epochs();
    epochsLeft = (long) (total - done) * epochs;
    startNanos = System.nanoTime();
    notes.printf(
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
      notes.printf("Expected  about %s%n", TrainProgress.duration(expectedSeconds));
    }
    notes.flush();
    show();
  }

  @Override
  public RunListener onRun(PlannedRun run, int number) {
    return wrapped.apply(run, shown(run));
  }

  private RunListener shown(PlannedRun run) {
    return new RunListener() {
      @Override
      public void onStart(RunStart start) {
        interruption.trainingBegins();
        areDone(run, start.epochsDone());
      }

      @Override
      public void onNote(String sentence) {
        line(run + ": " + sentence);
      }

      @Override
      public void onEpoch(EpochResult result) {
        epochDone(run, result);
      }
    };
  }

  @Override
  public synchronized void onEnd(PlannedRun run, int number, RunState state, String note) {
    willNotBe(run, state);
    paced |= state == RunState.FINISHED && scores.containsKey(run);
    ended.put(number, note.isEmpty() ? result(run, number, state) : run + ": " + note);
    // A run that ended before one of a lower number waits for it.
    for (String text = ended.remove(printed + 1); text != null; text = ended.remove(printed + 1)) {
      printed++;
      if (!text.isEmpty()) {
        line(text);
      }
    }
  }

  // Nothing of a run that was found finished, or is to be resumed.
  private String result(PlannedRun run, int number, RunState state) {
    return state == RunState.FINISHED && scores.containsKey(run)
        ? String.format(
            Locale.ROOT,
            "%3d/%d  %-38s validation %.2f %%%s",
            number,
            total,
            run,
            100 * scores.getOrDefault(run, 0.0),
            epochsDone < epochsLeft ? "  " + left() : "")
        : "";
  }

  private synchronized void epochDone(PlannedRun run, EpochResult result) {
    made.merge(run, 1, Integer::sum);
    scores.put(run, result.validation().score());
    epochsDone++;
    show();
  }

  // Of an earlier sitting: they say nothing of today's pace.
  private synchronized void areDone(PlannedRun run, int before) {
    made.put(run, before);
    leave(before);
  }

  // A run that ends early makes no more epochs. One that diverged in an earlier sitting was never
  // counted as left.
  private void willNotBe(PlannedRun run, RunState state) {
    boolean counted = state != RunState.DIVERGED || made.containsKey(run);
    if (state != RunState.FINISHED && counted) {
      leave(epochs - made.getOrDefault(run, 0));
    }
  }

  private void leave(long count) {
    epochsLeft -= count;
    show();
  }

  private void show() {
    if (epochsLeft > 0) {
      status.show(
          String.format(Locale.ROOT, "%,d/%,d epochs", epochsDone, epochsLeft),
          (double) epochsDone / epochsLeft,
          paced ? left() : "");
    }
  }

  private String left() {
    double elapsed = (System.nanoTime() - startNanos) / 1e9;
    double seconds = elapsed / Math.max(1, epochsDone) * Math.max(0, epochsLeft - epochsDone);
    return TrainProgress.duration(seconds) + " left";
  }

  // A line takes the status line's place, which is drawn anew below it.
  private synchronized void line(String text) {
    status.close();
    notes.println(Flags.in(text));
    notes.flush();
    show();
  }

  @Override
  public synchronized void close() {
    status.close();
  }
}
