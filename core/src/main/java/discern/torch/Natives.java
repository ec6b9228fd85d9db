package discern.torch;

/** Loads the engine's native libraries, once. */
public final class Natives {
  private Natives() {}

  /** Loads the engine if it is not loaded yet. */
  public static void load() {}
}
