package dev.discern.config;

/**
 * The complete configuration of a run: two runs of one configuration on one machine give the same
 * weights.
 *
 * @param data the data to train on
 * @param model the network
 * @param loss the loss to minimize
 * @param optim how training updates the weights
 * @param train how long, how, and on which device to train
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
    Check.that(
        train.patience() == 0 || factors == 0,
        "train.patience",
        train.patience(),
        "may end a run before another whose gain it follows: leave out one of"
            + " train.patience and the gain-matched control");
  }

  /**
   * The images of one step of the optimizer.
   *
   * @return those of one batch, or of the batches that a step accumulates
   */
  public int imagesPerStep() {
    return train.batchSize() * optim.accumulate();
  }

  /**
   * The name under which a comparison shows the run: its loss, the loss whose gain a gain-matched
   * control follows, and its curriculum, if any.
   *
   * @return such as {@code crl(alpha=1.5,beta=1)}, {@code ce@gain(crl(alpha=1.5,beta=1))} or {@code
   *     ce@class-expansion(stages=3,warmup=1)}
   */
  public String method() {
    String gain = optim.lrFactorsOf().isEmpty() ? "" : "@gain(" + optim.lrFactorsOf() + ")";
    return loss.spec() + gain + (train.hasCurriculum() ? "@" + train.curriculum() : "");
  }
}
