package dev.discern.curriculum;

import dev.discern.config.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Progressive class-based expansion, a reconstruction. A warm-up trains on all classes and so tells
 * how confusing each is; then stage t of S trains on the {@code ⌈K·t/S⌉} most confusing classes:
 * those of the stages before, and of the rest those that are now the most confusing. The last stage
 * has all classes.
 *
 * <p>Source: Wang, Zhao, Li, "Progressive class-based expansion learning for image classification",
 * arXiv 2106.14412 (2021). The growth class by class, most confusing first, is the paper's;
 * schedule and criterion are ours.
 *
 * @param stages S, a whole number of 1 to 1000
 * @param warmup epochs on all classes before the first stage, a whole number of at least 1
 */
public record ClassExpansion(double stages, double warmup) {
  /**
   * Checks the numbers.
   *
   * @throws dev.discern.config.InvalidConfig if one lies outside its range
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
   * Refuses to be crammed.
   *
   * @param epochs of the whole training
   * @throws dev.discern.config.InvalidConfig if there is no epoch for a stage
   */
  public void requireFits(int epochs) {
    Check.that(
        warmup + stages <= epochs,
        "train.epochs",
        epochs,
        "must be at least "
            + (int) (warmup + stages)
            + " with class-expansion: its warm-up and an epoch for each stage");
  }

  /**
   * The stage that an epoch belongs to.
   *
   * @param epoch from 0
   * @param epochs of the whole training
   * @return 0 in the warm-up, then 1 to S, each of as many epochs as the others, or one more
   */
  public int stageOf(int epoch, int epochs) {
    int after = epoch - (int) warmup;
    return after < 0 ? 0 : 1 + (int) (after * (long) stages / (epochs - (int) warmup));
  }

  /**
   * The classes of the next stage.
   *
   * @param before those of the stage before, in the order in which they came; empty for the first
   * @param confusion each class's mean competing mass, in [0, 1]
   * @param stage from 1
   * @return the classes before, then those that come; of equally confusing ones the lower index
   *     first
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
