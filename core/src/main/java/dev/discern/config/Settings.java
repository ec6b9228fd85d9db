package dev.discern.config;

import dev.discern.config.Setting.Kind;
import java.util.List;

/** Every value of the configuration, in the order in which files and help texts show them. */
public final class Settings {
  private static final List<Setting> ALL =
      List.of(
          internal("data.source", Kind.TEXT, "digits"),
          option(
              "data.imageSize",
              Kind.WHOLE,
              64,
              "N",
              "Side in pixels to which a folder's images are scaled."),
          option(
              "data.cropRatio",
              Kind.NUMBER,
              1.0,
              "X",
              "Side of the central crop over the scaled image's shorter side."),
          option(
              "data.interpolation",
              Kind.TEXT,
              "bilinear",
              "NAME",
              "How images are scaled: bilinear or bicubic."),
          option(
              "data.testFlip",
              Kind.SWITCH,
              false,
              "",
              "Evaluate and predict with the mean over an image and its mirror image."),
          option(
              "data.validation",
              Kind.NUMBER,
              0.1,
              "X",
              "Share of the training images held out to select the best epoch."),
          option(
              "data.test",
              Kind.NUMBER,
              0.2,
              "X",
              "Share held out for testing, if DATA has no test split."),
          option("data.splitSeed", Kind.LONG, 0L, "N", "Seed of the split."),
          option(
              "data.limitTrain",
              Kind.WHOLE,
              0,
              "N",
              "Train on only N images, drawn evenly from the classes; 0 uses all."),
          option(
              "data.compose",
              Kind.WHOLE,
              0,
              "N",
              "Compose pictures of 2 to N images each, with the labels of all; 0 is off."),
          option(
              "data.augment",
              Kind.SPECS,
              List.of(),
              "LIST",
              "Random changes to training images, such as resized-crop,flip; none turns them off."),
          option(
              "data.cache",
              Kind.TEXT,
              "auto",
              "MODE",
              "Keep decoded images in memory: none, auto (a quarter of the heap) or memory (half)."),
          option("data.workers", Kind.WHOLE, 2, "N", "Threads that prepare batches."),
          internal("data.leaveOut", Kind.SPECS, List.of()),
          option("model.name", Kind.TEXT, "resnet20", "MODEL", "Network, such as resnet20."),
          option(
              "model.weights",
              Kind.TEXT,
              "none",
              "SOURCE",
              "Start from trained weights: none, efficientnet-lite0, a file, a run, or"
                  + " hf:OWNER/NAME; model and image size follow from them."),
          option(
              "model.partialWeights",
              Kind.SWITCH,
              false,
              "",
              "Accept weights that fit the network only partly."),
          option(
              "model.freeze",
              Kind.TEXT,
              "none",
              "PART",
              "Keep weights as they are: none, backbone, or the name of a block, which freezes it and"
                  + " the blocks before it."),
          option(
              "model.norms",
              Kind.TEXT,
              "adapt",
              "NAME",
              "Batch normalization in training: adapt (to each batch), or frozen (as stored in the"
                  + " weights)."),
          option(
              "loss.spec", Kind.TEXT, "auto", "LOSS", "Loss, such as ce or crl(alpha=1.5,beta=1)."),
          option("loss.labelSmoothing", Kind.NUMBER, 0.0, "X", "Label smoothing, in [0, 1)."),
          option(
              "loss.classWeights",
              Kind.TEXT,
              "none",
              "W",
              "none, balanced, or one number per class: 1,2.5,1."),
          option("optim.optimizer", Kind.TEXT, "sgd", "NAME", "sgd or adamw."),
          option("optim.lr", Kind.NUMBER, 0.1, "X", "Peak learning rate."),
          option("optim.momentum", Kind.NUMBER, 0.9, "X", "Momentum of sgd."),
          option("optim.nesterov", Kind.SWITCH, true, "", "Nesterov momentum."),
          option("optim.weightDecay", Kind.NUMBER, 5e-4, "X", "Weight decay."),
          option(
              "optim.decayNormsAndBiases",
              Kind.SWITCH,
              true,
              "",
              "Whether weight decay applies to norms and biases too."),
          option(
              "optim.layerDecay",
              Kind.NUMBER,
              1.0,
              "X",
              "Factor of the learning rate from each block of the network to the one before it."),
          option(
              "optim.schedule",
              Kind.TEXT,
              "cosine",
              "NAME",
              "cosine, multi-step, one-cycle or constant."),
          option(
              "optim.warmupEpochs",
              Kind.NUMBER,
              1.0,
              "X",
              "Epochs of linear learning-rate warm-up."),
          option(
              "optim.milestones",
              Kind.WHOLES,
              List.of(),
              "N,N",
              "Epochs after which multi-step lowers the rate."),
          option("optim.gamma", Kind.NUMBER, 0.1, "X", "Factor of multi-step."),
          option("optim.clipNorm", Kind.NUMBER, 0.0, "X", "Largest gradient norm; 0 is off."),
          option(
              "optim.accumulate",
              Kind.WHOLE,
              1,
              "N",
              "Batches per step: their gradients add up to those of one batch N times as large."),
          option(
              "optim.ema",
              Kind.NUMBER,
              0.0,
              "X",
              "Measure and keep a moving average of the weights, with this decay; 0 is off."),
          internal("optim.lrFactors", Kind.NUMBERS, List.of()),
          internal("optim.lrFactorsOf", Kind.TEXT, ""),
          option("train.epochs", Kind.WHOLE, 60, "N", "Passes over the training images."),
          option(
              "train.headEpochs",
              Kind.WHOLE,
              0,
              "N",
              "Before fine-tuning, passes that train the head alone, on features of the unchanged"
                  + " network."),
          option(
              "train.budget",
              Kind.TEXT,
              "none",
              "TIME",
              "Time for a whole run, such as 90s, 5m or 1h: a rehearsal on this machine decides image"
                  + " size, epochs and freezing."),
          option(
              "train.patience",
              Kind.WHOLE,
              0,
              "N",
              "Stop after N epochs without a better one on the validation images; 0 is off."),
          option("train.batchSize", Kind.WHOLE, 16, "N", "Batch size."),
          option("train.seed", Kind.LONG, 0L, "N", "Seed of weights, order and augmentation."),
          option(
              "train.mix",
              Kind.SPECS,
              List.of(),
              "LIST",
              "Batch mixing: mixup(alpha=0.2), cutmix(alpha=1), or both; none is off."),
          option("train.precision", Kind.TEXT, "auto", "P", "auto, fp32 or bf16."),
          option("train.device", Kind.TEXT, "auto", "D", "auto, cpu, cuda or cuda:N."),
          option(
              "train.threads",
              Kind.TEXT,
              "auto",
              "N",
              "Threads per operation; auto uses the free cores."),
          option(
              "train.sampler",
              Kind.TEXT,
              "auto",
              "S",
              "shuffled, class-balanced, or auto (the loss decides)."),
          option(
              "train.curriculum",
              Kind.TEXT,
              "none",
              "C",
              "none, or a curriculum such as class-expansion(stages=3,warmup=1)."));

  private Settings() {}

  /**
   * The settings.
   *
   * @return an unmodifiable list
   */
  public static List<Setting> all() {
    return ALL;
  }

  private static Setting option(
      String key, Kind kind, Object fallback, String placeholder, String help) {
    return new Setting(key, kind, fallback, placeholder, help);
  }

  // A value that no option sets: the data source is an argument, factors come from comparisons.
  private static Setting internal(String key, Kind kind, Object fallback) {
    return new Setting(key, kind, fallback, "", "");
  }
}
