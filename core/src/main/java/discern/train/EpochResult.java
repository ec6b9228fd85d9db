package discern.train;

import discern.metric.ClassificationResult;
import java.util.Map;

/**
 * What one epoch came to.
 *
 * @param epoch counted from 1
 * @param steps optimizer steps since the run began
 * @param lr the learning rate of the epoch's last step
 * @param trainLoss mean training loss over the epoch, as weights moved
 * @param trainTop1 share of training images classified rightly, as weights moved
 * @param batchTerms means of the head's batch terms over the epoch's steps
 * @param validation measured after the epoch
 * @param seconds of training and validation
 * @param imagesPerSecond training images over the seconds of training alone
 */
public record EpochResult(
    int epoch,
    long steps,
    double lr,
    double trainLoss,
    double trainTop1,
    Map<String, Double> batchTerms,
    ClassificationResult validation,
    double seconds,
    double imagesPerSecond) {}
