package discern.config;

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
    DataConfig data, ModelConfig model, LossConfig loss, OptimConfig optim, TrainConfig train) {}
