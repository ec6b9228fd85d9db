package dev.discern.torch;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Owns every native object created on this thread while it is open, and frees them when it closes.
 * Scopes nest. A training step runs in one scope, so nothing from a step outlives it, except what
 * {@link #keep} releases (a parameter, a running statistic).
 */
public final class Scope implements AutoCloseable {
  private final PointerScope scope;

  /** Opens a scope on the calling thread. */
  public Scope() {
    Natives.load();
    scope = new PointerScope();
  }

  /**
   * Lets a native object outlive this scope. Afterwards, the garbage collector owns it, or the code
   * that calls {@code close()} on it.
   *
   * @param pointer an object created in this scope
   * @param <P> its type
   * @return the same object
   */
  public <P extends Pointer> P keep(P pointer) {
    // Closing takes one reference of each object; detaching would free this one at once.
    pointer.retainReference();
    return pointer;
  }

  /** Frees the objects that were created in this scope and not kept. */
  @Override
  public void close() {
    scope.close();
  }
}
