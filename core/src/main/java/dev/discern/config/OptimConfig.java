package dev.discern.config;

import java.util.List;

/**
 * How training updates the weights.
 *
 * @param optimizer {@code sgd} or {@code adamw}
 * @param lr the peak learning rate
 * @param momentum of SGD; AdamW's β₁ is .9, its β₂ .999
 * @param nesterov whether SGD uses Nesterov momentum
 * @param weightDecay L2 term of SGD, decoupled decay of AdamW
 * @param decayNormsAndBiases whether one-dimensional parameters decay too
 * @param layerDecay the factor of the learning rate from each block of the network to the one
 *     before it, in (0, 1]
 * @param schedule {@code cosine}, {@code multi-step}, {@code one-cycle} or {@code constant}
 * @param warmupEpochs epochs of linear warm-up, possibly a fraction
 * @param milestones epochs after which {@code multi-step} multiplies the rate by {@code gamma}
 * @param gamma the factor of {@code multi-step}
 * @param clipNorm largest joint norm of all gradients; 0 turns clipping off
 * @param accumulate batches per step, whose gradients add up to those of one large batch
 * @param ema the share of the moving average of the weights that a step keeps; 0 turns averaging
 *     off
 * @param lrFactors one factor per epoch for the scheduled rate; empty for none
 * @param lrFactorsOf the loss whose mean gain the factors follow, for a gain-matched control; empty
 *     for none
 */
public record OptimConfig(
    String optimizer,
    double lr,
    double momentum,
    boolean nesterov,
    double weightDecay,
    boolean decayNormsAndBiases,
    double layerDecay,
    String schedule,
    double warmupEpochs,
    List<Integer> milestones,
    double gamma,
    double clipNorm,
    int accumulate,
    double ema,
    List<Double> lrFactors,
    String lrFactorsOf) {
  /** The known optimizers. */
  public static final List<String> OPTIMIZERS = List.of("sgd", "adamw");

  /** The known schedules. */
  public static final List<String> SCHEDULES =
      List.of("cosine", "multi-step", "one-cycle", "constant");

  /** Refuses values outside their range. */
  public OptimConfig {
    milestones = List.copyOf(milestones);
    lrFactors = List.copyOf(lrFactors);
    Check.oneOf(optimizer, "optim.optimizer", OPTIMIZERS);
    Check.that(lr > 0 && Double.isFinite(lr), "optim.lr", lr, "must be above 0 and finite");
    Check.that(momentum >= 0 && momentum < 1, "optim.momentum", momentum, "must lie in [0, 1)");
    Check.that(!nesterov || momentum > 0, "optim.nesterov", nesterov, "needs a momentum above 0");
    Check.that(
        weightDecay >= 0 && Double.isFinite(weightDecay),
        "optim.weightDecay",
        weightDecay,
        "must be 0 or more, and finite");
    Check.that(
        layerDecay > 0 && layerDecay <= 1, "optim.layerDecay", layerDecay, "must lie in (0, 1]");
    Check.oneOf(schedule, "optim.schedule", SCHEDULES);
    Check.that(
        warmupEpochs >= 0 && Double.isFinite(warmupEpochs),
        "optim.warmupEpochs",
        warmupEpochs,
        "must be 0 or more");
    for (int i = 0; i < milestones.size(); i++) {
      Check.that(
          milestones.get(i) > (i == 0 ? 0 : milestones.get(i - 1)),
          "optim.milestones",
          milestones,
          "must be positive and strictly increasing");
    }
    Check.that(gamma > 0 && gamma <= 1, "optim.gamma", gamma, "must lie in (0, 1]");
    Check.that(
        clipNorm >= 0 && Double.isFinite(clipNorm),
        "optim.clipNorm",
        clipNorm,
        "must be 0 (off) or more");
    Check.that(
        accumulate >= 1 && accumulate <= 1024,
        "optim.accumulate",
        accumulate,
        "must be 1 (off) to 1024 batches per step");
    Check.that(ema >= 0 && ema < 1, "optim.ema", ema, "must be 0 (off), or lie in (0, 1)");
    Check.that(
        lrFactors.stream().allMatch(factor -> factor > 0 && Double.isFinite(factor)),
        "optim.lrFactors",
        lrFactors,
        "must be numbers above 0, and finite");
    Check.that(
        lrFactorsOf.isEmpty() || !lrFactors.isEmpty(),
        "optim.lrFactorsOf",
        lrFactorsOf,
        "also needs optim.lrFactors");
  }
}
