package dev.discern.config;

/**
 * Everything that was asked of a run, without gaps: two runs of one configuration on one machine
 * give the same weights.
 *
 * @param data what to train on
 * @param model the network
 * @param loss what is minimised
 * @param optim how weights are updated
 * @param train how long, how, and on what
 */
public record RunConfig(
    DataConfig data, ModelConfig model, LossConfig loss, OptimConfig optim, TrainConfig train) {
  /** Refuses parts that contradict each other. */
  public RunConfig {
    int factors = optim.lrFactors().size();
    Check.that(
        factors == 0 || factors == train.epochs(),
        "optim.lrFactors",
        factors + " numbers",
        "must be one for each of the " + train.epochs() + " epochs");
  }

  /**
   * What is compared: the loss, for a gain-matched control whose gain it was given, and the
   * curriculum, if there is one.
   *
   * @return such as {@code crl(alpha=1.5,beta=1)}, {@code ce@gain(crl(alpha=1.5,beta=1))} or {@code
   *     ce@class-expansion(stages=3,warmup=1)}
   */
  public String method() {
    String gain = optim.lrFactorsOf().isEmpty() ? "" : "@gain(" + optim.lrFactorsOf() + ")";
    return loss.spec() + gain + (train.hasCurriculum() ? "@" + train.curriculum() : "");
  }
}
