package dev.discern.curriculum;

import dev.discern.config.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Progressive class-based expansion, a reconstruction. A warm-up trains on all classes and shows
 * how confusing each class is. Then stage t of S trains on {@code ⌈K·t/S⌉} classes: those of the
 * previous stages, plus the most confusing of the remaining classes. The last stage includes all
 * classes.
 *
 * <p>Source: Wang, Zhao, Li, "Progressive class-based expansion learning for image classification",
 * arXiv 2106.14412 (2021). The growth by classes, most confusing first, comes from the paper; the
 * schedule and the criterion are ours.
 *
 * @param stages S, a whole number of 1 to 1000
 * @param warmup epochs on all classes before the first stage, a whole number of at least 1
 */
public record ClassExpansion(double stages, double warmup) {
  /**
   * Checks the numbers.
   *
   * @throws dev.discern.config.InvalidConfig if one is outside its range
   */
  public ClassExpansion {
    Check.that(
        stages >= 1 && stages <= 1000 && stages == Math.rint(stages),
        "Parameter stages of class-expansion",
        stages,
        "must be a whole number of 1 to 1000");
    Check.that(
        warmup >= 1 && warmup <= 100_000 && warmup == Math.rint(warmup),
        "Parameter warmup of class-expansion",
        warmup,
        "must be a whole number of at least 1: the warm-up measures which classes are confusing");
  }

  /**
   * Rejects a training that is too short for the warm-up and all stages.
   *
   * @param epochs the number of epochs of the whole training
   * @throws dev.discern.config.InvalidConfig if there is not at least one epoch per stage
   */
  public void requireFits(int epochs) {
    Check.that(
        warmup + stages <= epochs,
        "train.epochs",
        epochs,
        "must be at least "
            + (int) (warmup + stages)
            + " with class-expansion, for its warm-up and one epoch per stage");
  }

  /**
   * Returns the stage of an epoch.
   *
   * @param epoch the epoch, counted from 0
   * @param epochs the number of epochs of the whole training
   * @return 0 in the warm-up, then 1 to S; the stages have equal numbers of epochs, up to a
   *     difference of one
   */
  public int stageOf(int epoch, int epochs) {
    int after = epoch - (int) warmup;
    return after < 0 ? 0 : 1 + (int) (after * (long) stages / (epochs - (int) warmup));
  }

  /**
   * Selects the classes of the next stage.
   *
   * @param before the classes of the previous stage, in the order in which they were added; empty
   *     for the first stage
   * @param confusion the mean competing mass per class, in [0, 1]
   * @param stage the next stage, counted from 1
   * @return the classes of the previous stage, then the added classes; of equally confusing
   *     classes, the lower index comes first
   */
  public List<Integer> expand(List<Integer> before, double[] confusion, int stage) {
    int classes = confusion.length;
    int wanted = Math.max(Math.min(2, classes), (int) Math.ceil(classes * (double) stage / stages));
    List<Integer> active = new ArrayList<>(before);
    IntStream.range(0, classes)
        .boxed()
        .filter(k -> !before.contains(k))
        .sorted(Comparator.comparingDouble(k -> -confusion[k]))
        .limit(Math.max(0, wanted - before.size()))
        .forEach(active::add);
    return active;
  }
}
