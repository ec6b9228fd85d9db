package dev.discern.run;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.data.Datasets;
import dev.discern.data.LoadListener;
import dev.discern.layer.Architecture;
import dev.discern.layer.Shape;
import dev.discern.torch.Threads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fits a run into a time. A rehearsal measures this machine's steps; from them follow the image
 * size, the number of epochs, and whether there is time for more than a head on features.
 *
 * <p>Large images come first, as long as there is time for more than half of the recipe's epochs;
 * then more epochs, up to three times the recipe's; then smaller images; then the head alone.
 */
public final class Budget {
  /** Room for what the rehearsal cannot see. */
  private static final double SHARE = 0.93;

  private static final double ENOUGH = 0.6;
  private static final int MOST = 3;
  private static final int STEP = 32;
  private static final int SMALLEST = 128;

  private final RunConfig asked;
  private final Set<String> fixed;
  private final Rehearsal rehearsal;
  private final double seconds;

  private Budget(RunConfig asked, Set<String> fixed, Rehearsal rehearsal, double seconds) {
    this.asked = asked;
    this.fixed = fixed;
    this.rehearsal = rehearsal;
    this.seconds = seconds;
  }

  /**
   * A run that fits.
   *
   * @param config what to train
   * @param seconds the expected time from now to the end of the run
   * @param words the plan as a sentence
   */
  public record Plan(RunConfig config, double seconds, String words) {}

  /**
   * Plans a run.
   *
   * @param asked the configuration; its {@code train.budget} is the time
   * @param fixed keys of settings that the user chose, which the plan does not change
   * @param spent seconds of the budget that are already gone
   * @param out the run's directory, which need not exist
   * @param listener receives the progress
   * @return the plan; empty if the configuration has no budget
   * @throws InvalidConfig if the time is too short for anything, or the epochs are given too
   */
  public static Optional<Plan> plan(
      RunConfig asked, Set<String> fixed, double spent, Path out, LoadListener listener) {
    if (asked.train().budgetSeconds().isEmpty()) {
      return Optional.empty();
    }
    if (fixed.contains("train.epochs")) {
      throw new InvalidConfig(
          "train.budget decides how many epochs there is time for: leave out train.epochs, or the"
              + " budget.");
    }
    long startNanos = System.nanoTime();
    Rehearsal rehearsal;
    try (Threads.Claim claim = Threads.claim()) {
      Threads.use(Threads.choose(asked.train().threads()));
      rehearsal = Rehearsal.of(CanonicalConfig.of(asked), out, listener);
    }
    double gone = spent + (System.nanoTime() - startNanos) / 1e9;
    double left = asked.train().budgetSeconds().getAsDouble() * SHARE - gone;
    return Optional.of(of(asked, fixed, rehearsal, left));
  }

  static Plan of(RunConfig asked, Set<String> fixed, Rehearsal rehearsal, double seconds) {
    return new Budget(asked, fixed, rehearsal, seconds).best();
  }

  private Plan best() {
    List<Plan> fitting = new ArrayList<>();
    boolean frozen = asked.model().freeze().equals(Freezing.BACKBONE);
    if (!frozen) {
      for (int side : sides()) {
        Optional<Plan> plan = tuned(side);
        if (plan.isPresent() && epochs(plan.get()) >= ENOUGH * asked.train().epochs()) {
          return plan.get();
        }
        plan.ifPresent(fitting::add);
      }
    }
    if (!fitting.isEmpty()) {
      return fitting.get(fitting.size() - 1); // the smallest images, with the most epochs
    }
    boolean mayFreeze = asked.model().hasWeights() && (frozen || !fixed.contains("model.freeze"));
    double head = rehearsal.frozen();
    if (mayFreeze && head <= seconds) {
      return plan(frozenConfig(), head);
    }
    double least = mayFreeze ? head : rehearsal.tuned(1, 1, asked.train().headEpochs());
    throw new InvalidConfig(
        String.format(
            Locale.ROOT,
            "train.budget is %s, but %s takes about %.0f s more on this machine, and %.0f s are"
                + " left: allow more time, or use fewer images (data.limitTrain).",
            asked.train().budget(),
            mayFreeze ? "a head on the features of all images" : "one epoch",
            Math.ceil(least),
            Math.max(0, Math.floor(seconds))));
  }

  private List<Integer> sides() {
    int own = asked.data().imageSize();
    List<Integer> sides = new ArrayList<>(List.of(own));
    boolean chosen = fixed.contains("data.imageSize") || Datasets.isNamed(asked.data().source());
    if (!chosen && asked.model().hasWeights()) {
      for (int side = own - STEP; side >= SMALLEST; side -= STEP) {
        if (fits(side)) {
          sides.add(side);
        }
      }
    }
    return sides;
  }

  private boolean fits(int side) {
    try {
      rehearsal.architecture().requireFits(new Shape.Grid(3, side, side));
      return true;
    } catch (Architecture.UnfitImage e) {
      return false;
    }
  }

  // As many epochs as there is time for.
  private Optional<Plan> tuned(int side) {
    double scale = Math.pow((double) side / asked.data().imageSize(), 2);
    int heads = asked.train().headEpochs();
    double one = rehearsal.tuned(1, scale, heads);
    double each = rehearsal.tuned(2, scale, heads) - one;
    int epochs =
        (int) Math.min(MOST * asked.train().epochs(), 1 + Math.floor((seconds - one) / each));
    if (epochs < 1) {
      return Optional.empty();
    }
    ConfigTree tree =
        ConfigTree.of(asked).with("data.imageSize", side).with("train.epochs", epochs);
    return Optional.of(plan(tree.toConfig("The plan"), rehearsal.tuned(epochs, scale, heads)));
  }

  private RunConfig frozenConfig() {
    ConfigTree tree = ConfigTree.of(asked).with("model.freeze", Freezing.BACKBONE);
    for (Map.Entry<String, Object> setting : Recipe.frozen(rehearsal.amount()).entrySet()) {
      if (!fixed.contains(setting.getKey())) {
        tree = tree.with(setting.getKey(), setting.getValue());
      }
    }
    return tree.with("train.headEpochs", 0).toConfig("The plan");
  }

  private static int epochs(Plan plan) {
    return plan.config().train().epochs();
  }

  private static Plan plan(RunConfig config, double seconds) {
    boolean frozen = config.model().freeze().equals(Freezing.BACKBONE);
    String words =
        String.format(
            Locale.ROOT,
            "Plan for %s: %s at %d pixels, about %.0f s from here.",
            config.train().budget(),
            frozen
                ? "a head on features"
                : (config.train().headEpochs() > 0 ? "a head on features, then " : "")
                    + config.train().epochs()
                    + (config.train().epochs() == 1 ? " epoch" : " epochs"),
            config.data().imageSize(),
            seconds);
    return new Plan(config, seconds, words);
  }
}
