package dev.discern.cli;

import dev.discern.config.RunConfig;
import dev.discern.metric.MultiLabelResult;
import dev.discern.run.ImageRate;
import dev.discern.run.RunListener;
import dev.discern.run.RunStart;
import dev.discern.train.EpochResult;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows training: a line that moves on a terminal, and one line per epoch everywhere. */
final class TrainProgress implements RunListener, AutoCloseable {
  private static final long LINE_EVERY_NANOS = 30_000_000_000L;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Interruption interruption;
  // The status line has the clock.
  private final boolean terminal = Boolean.getBoolean("discern.terminal");
  private final StatusLine status = new StatusLine();
  private int epochs;
  private long firstStep;
  private ImageRate rate = new ImageRate(0, 0);
  private long startNanos;
  private long lineNanos;

  /**
   * Starts silent.
   *
   * @param out receives a line per epoch
   * @param err receives notes, and progress within an epoch
   * @param interruption told once there is something to save
   */
  TrainProgress(PrintWriter out, PrintWriter err, Interruption interruption) {
    this.out = out;
    this.err = err;
    this.interruption = interruption;
  }

  @Override
  public void onNote(String sentence) {
    status.close();
    out.println(Flags.in(sentence));
    out.flush();
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
    out.printf(
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
    start.notes().forEach(out::println);
    if (start.epochsDone() > 0 || start.stepsDone() > 0) {
      out.printf("Resuming after epoch %d, step %d%n", start.epochsDone(), start.stepsDone());
    }
    out.flush();
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
    } else if (now - lineNanos > LINE_EVERY_NANOS) {
      lineNanos = now;
      err.printf(
          "epoch %d/%d  step %d/%d  %s%s  %s%n",
          epoch, epochs, step, stepsPerEpoch, lossNow, pace.isEmpty() ? "" : "  " + pace, left);
      err.flush();
    }
  }

  @Override
  public void onEpoch(EpochResult result) {
    status.close();
    lineNanos = System.nanoTime();
    double perStep = (lineNanos - startNanos) / 1e9 / (result.steps() - firstStep);
    boolean several = result.validation() instanceof MultiLabelResult;
    long stepsLeft = result.steps() / result.epoch() * (epochs - result.epoch());
    out.printf(
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
    out.flush();
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
