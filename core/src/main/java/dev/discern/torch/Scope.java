package dev.discern.torch;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Owns every native object made on this thread while it is open, and frees them when it closes.
 * Scopes nest. A training step runs in one scope, so nothing of a step outlives it; what must (a
 * parameter, a running statistic) is released with {@link #keep}.
 */
public final class Scope implements AutoCloseable {
  private final PointerScope scope;

  /** Opens a scope on the calling thread. */
  public Scope() {
    Natives.load();
    scope = new PointerScope();
  }

  /**
   * Lets a native object outlive this scope. Its next owner is the garbage collector, or whoever
   * calls {@code close()} on it.
   *
   * @param pointer an object made in this scope
   * @param <P> its type
   * @return the same object
   */
  public <P extends Pointer> P keep(P pointer) {
    // Closing takes one reference of each object; detaching would free this one at once.
    pointer.retainReference();
    return pointer;
  }

  /** Frees what was made in this scope and not kept. */
  @Override
  public void close() {
    scope.close();
  }
}
