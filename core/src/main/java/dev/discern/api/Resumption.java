package dev.discern.api;

import dev.discern.head.OwnLosses;
import dev.discern.loss.Loss;
import dev.discern.run.RunListener;
import dev.discern.run.TrainingRun;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** A run to resume: an immutable request, of which each method returns a changed copy. */
public final class Resumption {
  private final Path run;
  private final OwnLosses losses;
  private final RunListener listener;
  private final BooleanSupplier stop;

  private Resumption(Path run, OwnLosses losses, RunListener listener, BooleanSupplier stop) {
    this.run = run;
    this.losses = losses;
    this.listener = listener;
    this.stop = stop;
  }

  static Resumption of(Path run) {
    return new Resumption(run, OwnLosses.NONE, new RunListener() {}, () -> false);
  }

  /**
   * Supplies the user's own loss that the run records.
   *
   * @param loss a loss with the same {@link Loss#name}; one of the catalogue is not needed here
   * @return a changed copy
   * @throws dev.discern.config.InvalidConfig if the loss has no name
   */
  public Resumption loss(Loss loss) {
    return new Resumption(run, Request.Named.of(loss, losses).losses(), listener, stop);
  }

  /**
   * Supplies the user's own loss that the run records.
   *
   * @param name the recorded name, without its prefix
   * @param loss the loss
   * @return a changed copy
   */
  public Resumption loss(String name, Loss loss) {
    return new Resumption(run, losses.with(name, loss), listener, stop);
  }

  /**
   * Receives the events of the run on the training thread.
   *
   * @param events numbers and sentences; must return quickly
   * @return a changed copy
   */
  public Resumption listener(RunListener events) {
    return new Resumption(run, losses, events, stop);
  }

  /**
   * Lets another thread cancel the training.
   *
   * @param cancellation usually a {@link Cancellation}
   * @return a changed copy
   */
  public Resumption cancelledBy(BooleanSupplier cancellation) {
    return new Resumption(run, losses, listener, cancellation);
  }

  /**
   * Trains the rest. A finished run is left as it is.
   *
   * @return the run
   * @throws dev.discern.config.InvalidConfig if there is no such run, or it was trained with a loss
   *     of the user's own that is not supplied under that name
   * @throws dev.discern.config.WorkFailed if data, disk, device or training fail
   */
  public Run run() {
    return Ending.of(TrainingRun.resume(run, tree -> tree, losses, listener, stop), listener, stop);
  }
}
