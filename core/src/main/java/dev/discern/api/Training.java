package dev.discern.api;

import dev.discern.config.Check;
import dev.discern.config.RunConfig;
import dev.discern.head.OwnLosses;
import dev.discern.loss.Loss;
import dev.discern.run.Budget;
import dev.discern.run.Defaults;
import dev.discern.run.RunListener;
import dev.discern.run.Supplied;
import dev.discern.run.TrainingRun;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * A training to start: an immutable request, of which each method returns a changed copy. What is
 * not asked for follows from the data, as for the command line.
 *
 * <p>Safe to share between threads. Several trainings may run in one process, each on its thread;
 * set {@code train.threads} for each, or they compete for the same cores.
 */
public final class Training {
  private final Request request;
  private final RunListener listener;
  private final BooleanSupplier stop;

  private Training(Request request, RunListener listener, BooleanSupplier stop) {
    this.request = request;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Starts a request.
   *
   * @param data the images to train on
   * @return a training with the defaults of these images
   */
  public static Training on(Data data) {
    return new Training(Request.on(data), new RunListener() {}, () -> false);
  }

  /**
   * Resumes a run that was cancelled, interrupted or killed.
   *
   * @param run its directory
   * @return the run to resume
   */
  public static Resumption resume(Path run) {
    return Resumption.of(run);
  }

  private Training with(Request changed) {
    return new Training(changed, listener, stop);
  }

  /**
   * The network.
   *
   * @param name of the catalogue, such as {@code resnet20}
   * @return a changed copy
   */
  public Training model(String name) {
    return set("model.name", name);
  }

  /**
   * The weights to start from.
   *
   * @param source {@code efficientnet-lite0}, {@code hf:OWNER/NAME}, the path of a file or a run,
   *     or {@code none}
   * @return a changed copy
   */
  public Training weights(String source) {
    return with(request.withWeights(source));
  }

  /**
   * The weights to start from.
   *
   * @param source a weights file or a run
   * @return a changed copy
   */
  public Training weights(Path source) {
    return weights(source.toString());
  }

  /**
   * The loss.
   *
   * @param spelling a method of the catalogue, such as {@code crl} or {@code arcface(margin=0.3)}
   * @return a changed copy
   */
  public Training loss(String spelling) {
    return set("loss.spec", spelling);
  }

  /**
   * The loss.
   *
   * @param loss a loss of the catalogue, or one of the user's own that has a {@link Loss#name},
   *     under which the run records it
   * @return a changed copy
   * @throws dev.discern.config.InvalidConfig if the loss has no name, or a name of another form
   */
  public Training loss(Loss loss) {
    return loss(Request.Named.of(loss, request.losses()));
  }

  /**
   * A loss of the user's own.
   *
   * @param name under which the run records it: lowercase letters, digits, dashes and underscores,
   *     and numbers if the loss has parameters, such as {@code margin(m=2)}
   * @param loss the loss
   * @return a changed copy
   * @throws dev.discern.config.InvalidConfig if the name has another form
   */
  public Training loss(String name, Loss loss) {
    return loss(Request.Named.of(name, loss, request.losses()));
  }

  private Training loss(Request.Named named) {
    return with(request.with(named.losses()).with("loss.spec", named.spelling()));
  }

  /**
   * The length.
   *
   * @param epochs passes over the training images, at least 1
   * @return a changed copy
   */
  public Training epochs(int epochs) {
    return set("train.epochs", epochs);
  }

  /**
   * The images per step.
   *
   * @param images at least 1
   * @return a changed copy
   */
  public Training batchSize(int images) {
    return set("train.batchSize", images);
  }

  /**
   * The seed of weights, order and augmentation.
   *
   * @param seed any number
   * @return a changed copy
   */
  public Training seed(long seed) {
    return set("train.seed", seed);
  }

  /**
   * Any setting, as in {@code config.yaml}.
   *
   * @param key such as {@code optim.lr}
   * @param value a number, text, boolean or list
   * @return a changed copy
   * @throws dev.discern.config.InvalidConfig if there is no such key, or it takes another kind of
   *     value
   */
  public Training set(String key, Object value) {
    return with(request.with(key, value));
  }

  /**
   * Receives the events of the run on the training thread.
   *
   * @param events numbers and sentences; must return quickly
   * @return a changed copy
   */
  public Training listener(RunListener events) {
    return new Training(request, events, stop);
  }

  /**
   * Lets another thread cancel the training.
   *
   * @param cancellation usually a {@link Cancellation}; asked after every step and evaluated batch
   * @return a changed copy
   */
  public Training cancelledBy(BooleanSupplier cancellation) {
    return new Training(request, listener, cancellation);
  }

  /**
   * Trains, tests and writes a report.
   *
   * @param directory the run's directory; must not exist
   * @return the run; if it was cancelled or the thread interrupted, it is not finished and can be
   *     resumed
   * @throws dev.discern.config.InvalidConfig if the request is wrong; nothing is then written
   * @throws dev.discern.config.WorkFailed if data, disk, device or training fail
   */
  public Run into(Path directory) {
    RunConfig asked = Defaults.named(request.config(listener::onLoad, listener::onNote));
    requireNoBudgetForOwnLosses(asked);
    RunConfig config =
        Budget.plan(asked, request.settings().keySet(), 0, directory, listener::onLoad)
            .map(
                plan -> {
                  listener.onNote(plan.words());
                  return plan.config();
                })
            .orElse(asked);
    Supplied supplied = Supplied.of(request.losses());
    return Ending.of(
        TrainingRun.start(config, directory, supplied, listener, stop), listener, stop);
  }

  private static void requireNoBudgetForOwnLosses(RunConfig asked) {
    Check.that(
        asked.train().budgetSeconds().isEmpty() || !OwnLosses.isOne(asked.loss().spec()),
        "train.budget",
        asked.train().budget(),
        "rehearses losses of the catalogue alone: set train.epochs");
  }
}
