package dev.discern.torch;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Random streams as pure functions of a path such as (seed, epoch, step): no generator keeps state
 * between steps, so a resumed run draws the same numbers as an uninterrupted one.
 */
public final class Seeds {
  private Seeds() {}

  /**
   * Mixes a seed with a path into an independent seed.
   *
   * @param seed the run's seed
   * @param path the purpose of the numbers, outermost first
   * @return a well-mixed 64-bit seed
   */
  public static long mix(long seed, long... path) {
    long state = finish(seed + 0x9E3779B97F4A7C15L);
    for (long part : path) {
      state = finish(state * 31 + part + 0x9E3779B97F4A7C15L);
    }
    return state;
  }

  /**
   * Mixes a seed with a name, for streams of a named object such as a parameter.
   *
   * @param seed the run's seed
   * @param name the object's name
   * @return a well-mixed 64-bit seed
   */
  public static long mix(long seed, String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001B3L;
    }
    return mix(seed, hash);
  }

  /**
   * A generator for the given path.
   *
   * @param seed the run's seed
   * @param path the purpose of the numbers, outermost first
   * @return a fresh generator, not shared
   */
  public static SplittableRandom random(long seed, long... path) {
    return new SplittableRandom(mix(seed, path));
  }

  // The 64-bit finalizer of MurmurHash3 (variant 13 of Stafford).
  private static long finish(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
