package dev.discern.cli;

import dev.discern.config.ConfigTree;
import dev.discern.data.Datasets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that set a value of the configuration, each named after its key. */
final class RunOptions {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DATA",
      description =
          "digits, fashion-mnist, fashion-mnist:DIR, a folder of images with one sub-folder a"
              + " class, or several labels an image: FILE.csv, or a folder of PASCAL VOC or MS-COCO.")
  @Nullable String data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML with keys as in a run's config.yaml; options win over it.")
  @Nullable Path config;

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      description = "Such as ce or crl(alpha=1.5,beta=1).")
  @Nullable String loss;

  @Option(names = "--model", paramLabel = "MODEL", description = "Such as resnet20.")
  @Nullable String model;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training images.")
  @Nullable Integer epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Images a step.")
  @Nullable Integer batchSize;

  @Option(names = "--lr", paramLabel = "X", description = "Peak learning rate.")
  @Nullable Double lr;

  @Option(names = "--optimizer", paramLabel = "NAME", description = "sgd or adamw.")
  @Nullable String optimizer;

  @Option(names = "--momentum", paramLabel = "X", description = "Momentum of sgd.")
  @Nullable Double momentum;

  @Option(names = "--nesterov", negatable = true, description = "Nesterov momentum.")
  @Nullable Boolean nesterov;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "cosine, multi-step, one-cycle or constant.")
  @Nullable String schedule;

  @Option(names = "--warmup-epochs", paramLabel = "X", description = "Linear warm-up.")
  @Nullable Double warmupEpochs;

  @Option(
      names = "--milestones",
      split = ",",
      paramLabel = "N",
      description = "Epochs at which multi-step lowers the rate.")
  @Nullable List<Integer> milestones;

  @Option(names = "--gamma", paramLabel = "X", description = "Factor of multi-step.")
  @Nullable Double gamma;

  @Option(names = "--weight-decay", paramLabel = "X", description = "Weight decay.")
  @Nullable Double weightDecay;

  @Option(
      names = "--decay-norms-and-biases",
      negatable = true,
      description = "Whether norms and biases decay too.")
  @Nullable Boolean decayNormsAndBiases;

  @Option(names = "--clip-norm", paramLabel = "X", description = "Largest gradient norm; 0 is off.")
  @Nullable Double clipNorm;

  @Option(names = "--label-smoothing", paramLabel = "X", description = "In [0, 1).")
  @Nullable Double labelSmoothing;

  @Option(
      names = "--class-weights",
      paramLabel = "W",
      description = "none, balanced, or a number a class: 1,2.5,1.")
  @Nullable String classWeights;

  @Option(names = "--seed", paramLabel = "N", description = "Of weights, order and augmentation.")
  @Nullable Long seed;

  @Option(
      names = "--sampler",
      paramLabel = "S",
      description = "shuffled, class-balanced, or auto: what the loss asks for.")
  @Nullable String sampler;

  @Option(
      names = "--curriculum",
      paramLabel = "C",
      description = "none, or such as class-expansion(stages=3,warmup=1).")
  @Nullable String curriculum;

  @Option(names = "--precision", paramLabel = "P", description = "auto, fp32 or bf16.")
  @Nullable String precision;

  @Option(names = "--device", paramLabel = "D", description = "auto, cpu, cuda or cuda:N.")
  @Nullable String device;

  @Option(
      names = "--limit-train",
      paramLabel = "N",
      description = "Train on N images only, drawn evenly from the classes.")
  @Nullable Integer limitTrain;

  @Option(
      names = "--compose",
      paramLabel = "N",
      description = "Make pictures of 2 to N images each, with the labels of all; 0 is off.")
  @Nullable Integer compose;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = "Side in pixels that a folder's images are scaled to.")
  @Nullable Integer imageSize;

  @Option(names = "--validation", paramLabel = "X", description = "Share held out to choose by.")
  @Nullable Double validation;

  @Option(
      names = "--test",
      paramLabel = "X",
      description = "Share held out to test on, where DATA has no test split.")
  @Nullable Double test;

  @Option(names = "--split-seed", paramLabel = "N", description = "Of the splits.")
  @Nullable Long splitSeed;

  @Option(names = "--crop-padding", paramLabel = "N", description = "Random crop; 0 is off.")
  @Nullable Integer cropPadding;

  @Option(names = "--flip", negatable = true, description = "Random mirroring.")
  @Nullable Boolean flip;

  @Option(names = "--workers", paramLabel = "N", description = "Threads that prepare batches.")
  @Nullable Integer workers;

  /** Lays the file and the options over a configuration. */
  ConfigTree over(ConfigTree base) {
    ConfigTree tree = config == null ? base : base.with(ConfigTree.read(config), config.toString());
    for (Map.Entry<String, Object> option : given().entrySet()) {
      tree = tree.with(option.getKey(), option.getValue());
    }
    return tree;
  }

  /** The source named on the command line, else in the file, else nothing. */
  String source() {
    if (data != null) {
      return Datasets.canonical(data);
    }
    return config == null ? "" : ConfigTree.read(config).text("data.source");
  }

  private Map<String, Object> given() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("data.source", data == null ? null : Datasets.canonical(data));
    all.put("data.imageSize", imageSize);
    all.put("data.validation", validation);
    all.put("data.test", test);
    all.put("data.splitSeed", splitSeed);
    all.put("data.limitTrain", limitTrain);
    all.put("data.compose", compose);
    all.put("data.cropPadding", cropPadding);
    all.put("data.flip", flip);
    all.put("data.workers", workers);
    all.put("model.name", model);
    all.put("loss.spec", loss);
    all.put("loss.labelSmoothing", labelSmoothing);
    all.put("loss.classWeights", classWeights);
    all.put("optim.optimizer", optimizer);
    all.put("optim.lr", lr);
    all.put("optim.momentum", momentum);
    all.put("optim.nesterov", nesterov);
    all.put("optim.weightDecay", weightDecay);
    all.put("optim.decayNormsAndBiases", decayNormsAndBiases);
    all.put("optim.schedule", schedule);
    all.put("optim.warmupEpochs", warmupEpochs);
    all.put("optim.milestones", milestones);
    all.put("optim.gamma", gamma);
    all.put("optim.clipNorm", clipNorm);
    all.put("train.epochs", epochs);
    all.put("train.batchSize", batchSize);
    all.put("train.seed", seed);
    all.put("train.sampler", sampler);
    all.put("train.curriculum", curriculum);
    all.put("train.precision", precision);
    all.put("train.device", device);
    Map<String, Object> given = new LinkedHashMap<>();
    all.forEach(
        (key, value) -> {
          if (value != null) {
            given.put(key, value);
          }
        });
    return given;
  }
}
