package dev.discern.train;

import dev.discern.metric.EvaluationResult;
import java.util.Map;

/**
 * The results of one epoch.
 *
 * @param epoch counted from 1
 * @param steps optimizer steps since the run began
 * @param lr the learning rate of the epoch's last step
 * @param trainLoss mean training loss of the samples during the epoch, while weights changed,
 *     without batch terms
 * @param trainTop1 share of training images whose likeliest class is theirs, or one of theirs,
 *     while weights changed; an image without labels never counts
 * @param terms the method's own logged values, each a mean over the steps that had it: batch terms,
 *     figures, and the gain of a loss that has one
 * @param validation the measurement after the epoch
 * @param seconds the duration of training and validation, in seconds
 * @param imagesPerSecond training images over the seconds of training alone
 */
public record EpochResult(
    int epoch,
    long steps,
    double lr,
    double trainLoss,
    double trainTop1,
    Map<String, Double> terms,
    EvaluationResult validation,
    double seconds,
    double imagesPerSecond) {}
