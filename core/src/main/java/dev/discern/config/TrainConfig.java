package dev.discern.config;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long, how, and on which device to train.
 *
 * @param epochs passes over the training images
 * @param headEpochs passes that train the head alone before that, on features of the unchanged
 *     network; 0 for none
 * @param budget the time for the whole run that the other values were chosen for, such as {@code
 *     5m}; {@code none} if they were not
 * @param patience epochs without a better one on the validation images after which training ends; 0
 *     to train all epochs
 * @param batchSize images per batch
 * @param seed of initial weights, order and augmentation
 * @param mix batch mixing, such as {@code mixup(alpha=0.2)}; if there are several, each batch draws
 *     one
 * @param precision {@code auto} (bf16 if the processor supports it), {@code fp32} or {@code bf16}
 * @param device {@code auto} (CUDA if available), {@code cpu} or {@code cuda}, {@code cuda:N}
 * @param threads {@code auto} (the cores that are free when training starts), or a number
 * @param sampler {@code auto} (the method decides), {@code shuffled} (every image once per epoch)
 *     or {@code class-balanced} (several images of each of its classes in every batch)
 * @param curriculum {@code none}, or one of the curricula such as {@code
 *     class-expansion(stages=3,warmup=1)}
 */
public record TrainConfig(
    int epochs,
    int headEpochs,
    String budget,
    int patience,
    int batchSize,
    long seed,
    List<String> mix,
    String precision,
    String device,
    String threads,
    String sampler,
    String curriculum) {
  /** The known precisions. */
  public static final List<String> PRECISIONS = List.of("auto", "fp32", "bf16");

  private static final String NO_BUDGET = "none";
  private static final Pattern BUDGET = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)([smh])");

  /** The known samplers. */
  public static final List<String> SAMPLERS = List.of("auto", "shuffled", "class-balanced");

  /**
   * Whether classes are taught in stages.
   *
   * @return false for {@code none}
   */
  public boolean hasCurriculum() {
    return !curriculum.equals("none");
  }

  /**
   * The time for the whole run.
   *
   * @return seconds; empty if there is no limit
   */
  public OptionalDouble budgetSeconds() {
    Matcher parts = BUDGET.matcher(budget);
    if (!parts.matches()) {
      return OptionalDouble.empty();
    }
    double unit = Map.of("s", 1.0, "m", 60.0, "h", 3600.0).getOrDefault(parts.group(2), 1.0);
    return OptionalDouble.of(Double.parseDouble(parts.group(1)) * unit);
  }

  /**
   * Whether training is over.
   *
   * @param epoch epochs finished
   * @param bestEpoch the best of them by validation, counted from 1; 0 before the first
   * @return true after the last epoch, or after as many without a better one as the patience says
   */
  public boolean isOver(int epoch, int bestEpoch) {
    return epoch >= epochs || (patience > 0 && epoch - bestEpoch >= patience);
  }

  /** Refuses values outside their range. */
  public TrainConfig {
    Check.that(epochs >= 1 && epochs <= 100_000, "train.epochs", epochs, "must be 1 or more");
    Check.that(
        headEpochs >= 0 && headEpochs <= 100_000,
        "train.headEpochs",
        headEpochs,
        "must be 0 (none) or more");
    Check.that(
        budget.equals(NO_BUDGET) || BUDGET.matcher(budget).matches(),
        "train.budget",
        budget,
        "must be none or a time such as 90s, 5m or 1h");
    Check.that(
        patience >= 0 && patience <= 100_000,
        "train.patience",
        patience,
        "must be 0 (off) or more");
    Check.that(
        batchSize >= 2 && batchSize <= 65_536,
        "train.batchSize",
        batchSize,
        "must be 2 to 65536 (batch normalization needs two images)");
    mix = mix.stream().map(spec -> Spec.parse(spec).toString()).toList();
    Check.that(
        threads.equals("auto") || threads.matches("[1-9][0-9]{0,2}"),
        "train.threads",
        threads,
        "must be auto or a number from 1 to 999");
    Check.oneOf(precision, "train.precision", PRECISIONS);
    curriculum = Spec.parse(curriculum).toString();
    Check.that(
        patience == 0 || curriculum.equals("none"),
        "train.patience",
        patience,
        "could end training before train.curriculum "
            + curriculum
            + " has taught all classes: leave one of the two out");
    Check.oneOf(sampler, "train.sampler", SAMPLERS);
  }
}
