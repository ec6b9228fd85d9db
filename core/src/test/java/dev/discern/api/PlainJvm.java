package dev.discern.api;

import dev.discern.run.RunListener;
import java.nio.file.Path;

/** A program that trains, for a process of its own: see {@link PlainJvmTest}. */
public final class PlainJvm {
  private PlainJvm() {}

  /**
   * Trains on digits.
   *
   * @param args the run's directory
   */
  public static void main(String... args) {
    RunListener notes =
        new RunListener() {
          @Override
          public void onNote(String sentence) {
            System.out.println("note: " + sentence);
          }
        };
    Run run = Training.on(Data.named("digits")).epochs(2).listener(notes).into(Path.of(args[0]));
    System.out.println("images " + run.result().test().images());
  }
}
