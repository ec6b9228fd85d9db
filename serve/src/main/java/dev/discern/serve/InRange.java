package dev.discern.serve;

import dev.discern.failure.InvalidRequest;

/** Checks options. */
final class InRange {
  private InRange() {}

  static void check(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new InvalidRequest(
          what + " is " + value + ", but must be from " + least + " to " + most + ".");
    }
  }
}
