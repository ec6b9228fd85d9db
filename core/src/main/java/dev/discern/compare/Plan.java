package dev.discern.compare;

import dev.discern.config.Check;
import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.data.Datasets;
import dev.discern.head.Methods;
import dev.discern.head.OwnLosses;
import dev.discern.report.Entry;
import dev.discern.run.CanonicalConfig;
import dev.discern.run.Defaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The runs of a comparison: every method with every seed; nothing else differs.
 *
 * @param base the shared configuration of all runs; its loss and seed are placeholders
 * @param methods in display order; controls come after what they control for
 * @param seeds of weights, order and augmentation
 */
public record Plan(RunConfig base, List<Method> methods, List<Long> seeds) {
  /** Keeps unmodifiable copies. */
  public Plan {
    methods = List.copyOf(methods);
    seeds = List.copyOf(seeds);
  }

  /**
   * Plans a comparison.
   *
   * @param base what all runs share
   * @param losses in the user's spelling, such as {@code crl}, {@code ce@gain(crl)} or {@code
   *     ce@class-expansion}
   * @param seedCount the number of seeds, counting up from the base's
   * @param withControls whether a gain-matched control is added for each loss that has a gain
   * @return the plan
   * @throws InvalidConfig if a loss is unknown or occurs twice, or a control lacks its pair
   */
  public static Plan of(RunConfig base, List<String> losses, int seedCount, boolean withControls) {
    return of(base, losses, OwnLosses.NONE, seedCount, withControls);
  }

  /**
   * Plans a comparison that includes losses of the user's own.
   *
   * @param base as above
   * @param losses as above; an own loss by the spelling that runs record
   * @param own the user's own losses
   * @param seedCount as above
   * @param withControls as above
   * @return the plan
   * @throws InvalidConfig as above, or if an own loss is not given
   */
  public static Plan of(
      RunConfig base, List<String> losses, OwnLosses own, int seedCount, boolean withControls) {
    Check.that(
        seedCount >= 1 && seedCount <= 1000, "The number of seeds", seedCount, "must be 1 to 1000");
    Set<Method> methods = new LinkedHashSet<>();
    for (String loss : losses) {
      Method method = Method.parse(loss);
      if (!methods.add(method)) {
        throw new InvalidConfig(
            "The losses name " + method + " twice: each loss is compared once, so leave one out.");
      }
    }
    requireNoSharedCurriculum(base);
    requireOneSampler(base, methods);
    // Smoothed targets also rotate the gradient, so that no factor on cross-entropy's rate would
    // match it.
    // A run that ends early has no gain to follow in the epochs after that.
    boolean matched = base.loss().labelSmoothing() == 0 && base.train().patience() == 0;
    if (withControls && matched) {
      List.copyOf(methods).forEach(method -> method.control(own).ifPresent(methods::add));
    }
    if (methods.size() < 2) {
      throw new InvalidConfig(
          "The losses are only "
              + methods.iterator().next()
              + ": there is nothing to compare it with. Name two or more, such as "
              + String.join(",", Defaults.compared(Datasets.task(base.data())))
              + ".");
    }
    requirePairs(methods);
    requireAllowed(base, methods, own);
    long first = base.train().seed();
    return new Plan(
        neutral(base),
        methods.stream().sorted((a, b) -> rank(a) - rank(b)).toList(),
        LongStream.range(first, first + seedCount).boxed().toList());
  }

  // Refuses what training would refuse before the first run.
  private static void requireAllowed(RunConfig base, Set<Method> methods, OwnLosses own) {
    for (Method method : methods) {
      boolean soft = base.loss().labelSmoothing() > 0 || !base.train().mix().isEmpty();
      if (method.gainOf().isPresent() && soft) {
        throw new InvalidConfig(
            method
                + " cannot be matched with smoothed or mixed targets, which rotate the gradient"
                + " rather than only scale it: leave out the control, or loss.labelSmoothing and"
                + " train.mix.");
      }
      if (method.gainOf().isPresent() && base.train().patience() > 0) {
        throw new InvalidConfig(
            method
                + " needs the gain of every epoch, but train.patience may end the runs that it"
                + " follows early: leave out the control, or train.patience.");
      }
      RunConfig unused =
          CanonicalConfig.of(
              ConfigTree.of(base)
                  .with("loss.spec", method.loss())
                  .with("train.curriculum", method.curriculum())
                  .toConfig("The comparison"),
              own);
    }
  }

  // A curriculum has one place, the method's name, so that it can be compared with plain training.
  private static void requireNoSharedCurriculum(RunConfig base) {
    String curriculum = base.train().curriculum();
    Check.that(
        !base.train().hasCurriculum(),
        "train.curriculum",
        curriculum,
        "is a part of what is compared: leave it out, and compare the losses ce and ce@"
            + curriculum);
  }

  private static void requireOneSampler(RunConfig base, Set<Method> methods) {
    if (!base.train().sampler().equals("auto")) {
      return;
    }
    methods.stream()
        .filter(method -> Methods.create(method.loss()).wantsClassBalance())
        .findFirst()
        .ifPresent(
            method -> {
              throw new InvalidConfig(
                  method
                      + " asks for class-balanced batches, but what is compared must see the same"
                      + " ones: set train.sampler to class-balanced or shuffled, for all.");
            });
  }

  private static int rank(Method method) {
    return method.gainOf().isPresent() ? 1 : 0;
  }

  private static void requirePairs(Set<Method> methods) {
    for (Method method : methods) {
      method
          .gainOf()
          .filter(loss -> methods.stream().noneMatch(m -> m.toString().equals(loss)))
          .ifPresent(
              loss -> {
                throw new InvalidConfig(
                    method
                        + " is matched to the gain measured in runs of "
                        + loss
                        + ": add "
                        + loss
                        + " to the losses.");
              });
    }
  }

  /** A configuration with placeholders for loss and seed: the task's baseline and 0. */
  static RunConfig neutral(RunConfig config) {
    return CanonicalConfig.of(
        ConfigTree.of(config)
            .with("loss.spec", Defaults.compared(Datasets.task(config.data())).get(0))
            .with("optim.lrFactors", List.of())
            .with("optim.lrFactorsOf", "")
            .with("train.seed", 0)
            .toConfig("The comparison"));
  }

  /**
   * The runs, seed by seed, in an order in which they can be trained one after another.
   *
   * @return one per method and seed
   */
  public List<PlannedRun> runs() {
    List<PlannedRun> runs = new ArrayList<>();
    for (long seed : seeds) {
      methods.forEach(method -> runs.add(new PlannedRun(method, seed)));
    }
    return runs;
  }

  /**
   * The runs, for a report.
   *
   * @param folder the comparison's
   * @return one per run of {@link #runs}, whether it exists or not
   */
  public List<Entry> entries(Path folder) {
    return runs().stream()
        .map(run -> new Entry(run.method().toString(), run.seed(), run.in(folder)))
        .toList();
  }

  /** The configuration of a run, given its gain factors if it is a control. */
  RunConfig config(PlannedRun run, List<Double> factors) {
    return ConfigTree.of(base)
        .with("loss.spec", run.method().loss())
        .with("optim.lrFactors", factors)
        .with("optim.lrFactorsOf", run.method().gainOf().orElse(""))
        .with("train.curriculum", run.method().curriculum())
        .with("train.seed", run.seed())
        .toConfig("The comparison");
  }
}
