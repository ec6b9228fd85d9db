package dev.discern.cli;

import dev.discern.config.RunConfig;
import dev.discern.metric.MultiLabelResult;
import dev.discern.run.ImageRate;
import dev.discern.run.RunListener;
import dev.discern.run.RunStart;
import dev.discern.train.EpochResult;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Shows training: a line that moves on a terminal, and one line per epoch everywhere. */
final class TrainProgress implements RunListener, AutoCloseable {
  private static final long LINE_EVERY_NANOS = 30_000_000_000L;
  private static final long VERBOSE_LINE_EVERY_NANOS = 2_000_000_000L;

  private final PrintWriter notes;
  private final Interruption interruption;
  private final long lineEveryNanos;
  // The status line has the clock.
  private final boolean terminal = Boolean.getBoolean("discern.terminal");
  private final StatusLine status;
  private int epochs;
  private long firstStep;
  private ImageRate rate = new ImageRate(0, 0);
  private long startNanos;
  private long lineNanos;

  /**
   * Starts silent.
   *
   * @param spec the command, which says where progress goes and how much of it
   * @param interruption told once there is something to save
   */
  TrainProgress(@Nullable CommandSpec spec, Interruption interruption) {
    notes = Console.notes(spec);
    status = Console.status(spec);
    lineEveryNanos =
        Console.verbosity(spec) == Verbosity.VERBOSE ? VERBOSE_LINE_EVERY_NANOS : LINE_EVERY_NANOS;
    this.interruption = interruption;
  }

  @Override
  public void onNote(String sentence) {
    status.close();
    notes.println(Flags.in(sentence));
    notes.flush();
  }

  @Override
  public void onLoad(String activity, long done, long total) {
    if (total > 0 && done < total) {
      status.show(activity, (double) done / total);
    } else {
      status.close();
      startNanos = System.nanoTime(); // the clock of the steps
    }
  }

  @Override
  public void onStart(RunStart start) {
    status.close();
    RunConfig config = start.config();
    epochs = config.train().epochs();
    firstStep = (long) start.epochsDone() * start.stepsPerEpoch() + start.stepsDone();
    rate = new ImageRate(start.trainImages(), config.imagesPerStep());
    startNanos = System.nanoTime();
    lineNanos = startNanos;
    notes.printf(
        Locale.ROOT,
        "Training %s (%,d parameters) with %s on %s%s: %,d images to train, %,d to validate, %,d to"
            + " test, %d classes%n",
        config.model().name(),
        start.parameters(),
        config.loss().spec(),
        config.data().source(),
        config.data().compose() > 0
            ? ", 2 to " + config.data().compose() + " images per picture"
            : "",
        start.trainImages(),
        start.validationImages(),
        start.testImages(),
        start.classes());
    start.notes().forEach(notes::println);
    if (start.epochsDone() > 0 || start.stepsDone() > 0) {
      notes.printf("Resuming after epoch %d, step %d%n", start.epochsDone(), start.stepsDone());
    }
    notes.flush();
    interruption.trainingBegins();
  }

  @Override
  public void onStep(int epoch, int step, int stepsPerEpoch, double loss) {
    long now = System.nanoTime();
    rate.step(epoch, step, now);
    long made = (long) (epoch - 1) * stepsPerEpoch + step;
    double perStep = (now - startNanos) / 1e9 / (made - firstStep);
    String left = duration(perStep * ((long) epochs * stepsPerEpoch - made)) + " left";
    String pace =
        rate.perSecond().isPresent()
            ? String.format(Locale.ROOT, "%,.0f images/s", rate.perSecond().getAsDouble())
            : "";
    String lossNow = String.format(Locale.ROOT, "loss %.4f", loss);
    if (terminal) {
      status.show(
          "epoch " + epoch + "/" + epochs, (double) step / stepsPerEpoch, lossNow, pace, left);
    } else if (now - lineNanos > lineEveryNanos) {
      lineNanos = now;
      notes.printf(
          "epoch %d/%d  step %d/%d  %s%s  %s%n",
          epoch, epochs, step, stepsPerEpoch, lossNow, pace.isEmpty() ? "" : "  " + pace, left);
      notes.flush();
    }
  }

  @Override
  public void onEpoch(EpochResult result) {
    status.close();
    lineNanos = System.nanoTime();
    double perStep = (lineNanos - startNanos) / 1e9 / (result.steps() - firstStep);
    boolean several = result.validation() instanceof MultiLabelResult;
    long stepsLeft = result.steps() / result.epoch() * (epochs - result.epoch());
    notes.printf(
        Locale.ROOT,
        "epoch %d/%d  loss %.4f  train %s%.2f %%  validation %s%.2f %%  %,.0f images/s%s%n",
        result.epoch(),
        epochs,
        result.trainLoss(),
        several ? "top-1 " : "",
        100 * result.trainTop1(),
        several ? "mAP " : "",
        100 * result.validation().score(),
        result.imagesPerSecond(),
        terminal ? "" : "  " + duration(perStep * stepsLeft) + " left");
    notes.flush();
  }

  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  @Override
  public void close() {
    status.close();
  }
}
