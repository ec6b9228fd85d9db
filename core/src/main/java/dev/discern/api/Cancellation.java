package dev.discern.api;

import java.util.function.BooleanSupplier;

/**
 * Cancels training from another thread. The training saves its state within a step or an evaluated
 * batch and returns; it can be resumed. An interrupt of the training thread does the same.
 */
public final class Cancellation implements BooleanSupplier {
  private volatile boolean cancelled;

  /** Creates a token that is not cancelled. */
  public Cancellation() {}

  /** Asks the training to save and return. Safe from any thread; a second call does nothing. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Whether {@link #cancel} was called.
   *
   * @return true from then on
   */
  @Override
  public boolean getAsBoolean() {
    return cancelled;
  }
}
