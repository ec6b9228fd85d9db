package dev.discern.watch;

import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.run.Defaults;
import dev.discern.run.RunDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a trainer writes, at the test's own pace. */
final class RunOnDisk implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  static final int EPOCHS = 8;

  private final RunDirectory directory;

  private RunOnDisk(RunDirectory directory) {
    this.directory = directory;
  }

  /** A run of eight epochs on the digits that has made no step yet. */
  static RunOnDisk create(Path path) {
    return create(path, "crl(alpha=1.5,beta=1)");
  }

  /** The same with another loss. */
  static RunOnDisk create(Path path, String loss) {
    RunConfig config =
        ConfigTree.of(Defaults.of("digits"))
            .with("train.epochs", EPOCHS)
            .with("loss.spec", loss)
            .toConfig("a test");
    RunDirectory directory = RunDirectory.create(path);
    directory.writeConfig(config);
    return new RunOnDisk(directory);
  }

  Path path() {
    return directory.path();
  }

  /** Epoch n validates n tenths rightly, with a training loss of 1/n. */
  void epoch(int n) {
    epoch(n, 20, n / 10.0);
  }

  /** Epoch n, measured on some validation images. */
  void epoch(int n, int images, double top1) {
    directory.appendMetrics(
        JSON.readTree(
            """
            {"epoch":%d,"steps":%d,"lr":%s,"train":{"loss":%s,"top1":%s},
             "validation":{"samples":%d,"loss":%s,"top1":%s,"ece":0.02},
             "seconds":2.0,"imagesPerSecond":900,"time":"%s"}"""
                .formatted(
                    n, 20 * n, 0.1 / n, 1.0 / n, n / 12.0, images, 1.5 / n, top1, Instant.now())));
  }

  /** Epoch n of several labels per image: a mean average precision of n tenths. */
  void epochOfLabels(int n) {
    directory.appendMetrics(
        JSON.readTree(
            """
            {"epoch":%d,"steps":%d,"lr":0.1,"train":{"loss":%s,"top1":0.5},
             "validation":{"samples":20,"loss":%s,"mAP":%s,"f1":0.2},
             "seconds":2.0,"imagesPerSecond":900,"time":"%s"}"""
                .formatted(n, 20 * n, 1.0 / n, 1.5 / n, n / 10.0, Instant.now())));
  }

  void confusion(int epoch, String[] classes, int[][] cells) {
    directory.writeJson(
        "confusion.json", Map.of("epoch", epoch, "classes", classes, "cells", cells));
  }

  void progress(String state, int epoch, int step) {
    progress(state, epoch, step, Instant.now());
  }

  void progress(String state, int epoch, int step, Instant time) {
    directory.writeJson(
        "progress.json",
        Map.of(
            "state",
            state,
            "started",
            time.toString(),
            "epoch",
            epoch,
            "step",
            step,
            "stepsPerEpoch",
            20,
            "loss",
            0.75,
            "imagesPerSecond",
            812.4,
            "message",
            "It became NaN.",
            "time",
            time.toString()));
  }

  void result() {
    JsonNode result =
        JSON.readTree(
            """
            {"last":{"epoch":8,"validation":{"top1":0.8},
                     "test":{"top1":0.9625,"loss":0.125,"ece":0.03125}},
             "best":{"epoch":7,"validation":{"top1":0.85},"test":{"top1":0.95}},
             "test":{"confusion":[[1,0],[0,1]]},"secondsTotal":75}""");
    directory.writeJson("result.json", result);
  }

  void dropEpochsAfter(int epoch) {
    directory.keepMetricsUntil(epoch);
  }

  @Override
  public void close() {
    directory.close();
  }
}
