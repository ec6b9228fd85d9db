package dev.discern.api;

import dev.discern.compare.CompareListener;
import dev.discern.compare.Plan;
import dev.discern.compare.RunState;
import dev.discern.config.Check;
import dev.discern.config.RunConfig;
import dev.discern.data.Datasets;
import dev.discern.data.LoadListener;
import dev.discern.head.OwnLosses;
import dev.discern.loss.Loss;
import dev.discern.report.Report;
import dev.discern.run.Defaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A comparison of losses to run: an immutable request, of which each method returns a changed copy.
 * Every loss trains with every seed; nothing else differs.
 */
public final class Comparison {
  private static final int SEEDS = 5;
  private static final int MOST_JOBS = 256;

  private final Request request;
  private final Design design;
  private final CompareListener listener;
  private final BooleanSupplier stop;

  /** What is compared, and how. */
  private record Design(List<String> losses, int seeds, boolean controls, int jobs) {
    Design with(String loss) {
      List<String> more = new ArrayList<>(losses);
      more.add(loss);
      return new Design(List.copyOf(more), seeds, controls, jobs);
    }
  }

  private Comparison(
      Request request, Design design, CompareListener listener, BooleanSupplier stop) {
    this.request = request;
    this.design = design;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Starts a request.
   *
   * @param data the images to train on
   * @return a comparison of the losses that suit these images, with 5 seeds each
   */
  public static Comparison on(Data data) {
    return new Comparison(
        Request.on(data),
        new Design(List.of(), SEEDS, true, 1),
        new CompareListener() {},
        () -> false);
  }

  private Comparison with(Request changed) {
    return new Comparison(changed, design, listener, stop);
  }

  private Comparison with(Design changed) {
    return new Comparison(request, changed, listener, stop);
  }

  /**
   * Adds a loss; the first one added is the baseline.
   *
   * @param spelling a method of the catalogue, a control such as {@code ce@gain(crl)}, or a loss
   *     with a curriculum such as {@code ce@class-expansion}
   * @return a changed copy
   */
  public Comparison loss(String spelling) {
    return with(design.with(spelling));
  }

  /**
   * Adds a loss.
   *
   * @param loss a loss of the catalogue, or one of the user's own that has a {@link Loss#name}
   * @return a changed copy
   * @throws dev.discern.config.InvalidConfig if the loss has no name, or a name of another form
   */
  public Comparison loss(Loss loss) {
    return loss(Request.Named.of(loss, request.losses()));
  }

  /**
   * Adds a loss of the user's own.
   *
   * @param name under which its runs record it
   * @param loss the loss
   * @return a changed copy
   * @throws dev.discern.config.InvalidConfig if the name has another form
   */
  public Comparison loss(String name, Loss loss) {
    return loss(Request.Named.of(name, loss, request.losses()));
  }

  private Comparison loss(Request.Named named) {
    return with(request.with(named.losses())).loss(named.spelling());
  }

  /**
   * The runs per loss.
   *
   * @param count from 1 to 1,000; five or more for a test that can find something
   * @return a changed copy
   */
  public Comparison seeds(int count) {
    return with(new Design(design.losses(), count, design.controls(), design.jobs()));
  }

  /**
   * Whether a gain-matched control is added for each loss that has a gain.
   *
   * @param added true unless this is called
   * @return a changed copy
   */
  public Comparison controls(boolean added) {
    return with(new Design(design.losses(), design.seeds(), added, design.jobs()));
  }

  /**
   * How many runs train at once, which share the processor.
   *
   * @param count from 1 to 256
   * @return a changed copy
   */
  public Comparison jobs(int count) {
    Check.that(count >= 1 && count <= MOST_JOBS, "The number of jobs", count, "must be 1 to 256");
    return with(new Design(design.losses(), design.seeds(), design.controls(), count));
  }

  /**
   * The length of every run.
   *
   * @param epochs passes over the training images, at least 1
   * @return a changed copy
   */
  public Comparison epochs(int epochs) {
    return set("train.epochs", epochs);
  }

  /**
   * Any setting of all runs but the loss, as in {@code config.yaml}.
   *
   * @param key such as {@code model.name}
   * @param value a number, text, boolean or list
   * @return a changed copy
   * @throws dev.discern.config.InvalidConfig if there is no such key, it takes another kind of
   *     value, or it is {@code loss.spec}
   */
  public Comparison set(String key, Object value) {
    Check.that(!key.equals("loss.spec"), key, value, "is what is compared: add it by loss");
    Check.that(
        !key.equals("train.budget"), key, value, "differs from run to run: set train.epochs");
    return with(
        key.equals("model.weights")
            ? request.withWeights(value.toString())
            : request.with(key, value));
  }

  /**
   * Receives the events of the comparison; with several jobs, from several threads.
   *
   * @param events numbers and sentences; must return quickly
   * @return a changed copy
   */
  public Comparison listener(CompareListener events) {
    return new Comparison(request, design, events, stop);
  }

  /**
   * Lets another thread cancel the comparison.
   *
   * @param cancellation usually a {@link Cancellation}
   * @return a changed copy
   */
  public Comparison cancelledBy(BooleanSupplier cancellation) {
    return new Comparison(request, design, listener, cancellation);
  }

  /**
   * Trains the runs that are missing and writes a report. The same request resumes a comparison
   * that was stopped; finished runs are never repeated.
   *
   * @param folder the comparison's folder; new, or of a comparison with the same settings
   * @return the figures; if it was cancelled, only what is finished, without a verdict
   * @throws dev.discern.config.InvalidConfig if the request is wrong, or the folder is of another
   *     comparison
   * @throws dev.discern.config.WorkFailed if the work fails, or this thread is interrupted; the
   *     runs then save and can be resumed
   */
  public ComparisonResult into(Path folder) {
    OwnLosses own = request.losses();
    Plan plan = plan(own);
    Map<RunState, Integer> states =
        dev.discern.compare.Comparison.run(plan, own, folder, design.jobs(), listener, stop);
    boolean finished = !states.containsKey(RunState.STOPPED);
    return finished
        ? ComparisonReading.of(folder, Report.write(folder, plan.entries(folder), ""))
        : new ComparisonResult(folder, Optional.empty(), List.of(), List.of(), List.of());
  }

  private Plan plan(OwnLosses own) {
    RunConfig base = request.config(LoadListener.NONE, note -> {});
    List<String> losses =
        design.losses().isEmpty() ? Defaults.compared(Datasets.task(base.data())) : design.losses();
    return Plan.of(base, losses, own, design.seeds(), design.controls());
  }
}
