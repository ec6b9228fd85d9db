package dev.discern.train;

import dev.discern.backbone.Pass;
import dev.discern.config.Internal;
import dev.discern.image.ImageShape;
import dev.discern.optim.Optimizer;
import dev.discern.torch.Precision;
import dev.discern.torch.Precisions;
import dev.discern.torch.Processor;
import dev.discern.torch.Scope;
import dev.discern.torch.Threads;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Finds the faster precision of a network on this machine by timing a few passes over one random
 * batch, and remembers it, so that equal runs on one machine compute alike.
 */
@Internal
public final class PrecisionTrial {
  private static final int TRAINING_BATCH = 16;
  private static final int INFERENCE_BATCH = 4;
  private static final int ROUNDS = 3;
  private static final double LONG_SECONDS = 1;
  private static final double MARGIN = 1.1;

  private final Network network;
  private final String architecture;
  private final PrecisionMemory memory;

  /**
   * Prepares a trial.
   *
   * @param network the network, on the device that will be used, with the threads of the calling
   *     thread
   * @param architecture its spec
   * @param memory keeps the results
   */
  PrecisionTrial(Network network, String architecture, PrecisionMemory memory) {
    this.network = network;
    this.architecture = architecture;
    this.memory = memory;
  }

  /**
   * The same network with the precisions that are the fastest for {@code auto}.
   *
   * @param network the network
   * @param architecture its spec
   * @param batchSize images of a training step; empty if the network will not train
   * @return the network, its weights and statistics unchanged
   */
  public static Network settled(Network network, String architecture, Optional<Integer> batchSize) {
    boolean choice = network.device().is_cpu() && Processor.detect().hasBf16();
    if (!choice) {
      return network;
    }
    PrecisionTrial trial =
        new PrecisionTrial(network, architecture, PrecisionMemory.ofThisMachine());
    Precision inference = trial.faster(false, INFERENCE_BATCH);
    Precision training =
        batchSize.map(size -> trial.faster(true, Math.min(size, TRAINING_BATCH))).orElse(inference);
    return network.with(new Precisions(training, inference));
  }

  /**
   * The faster precision.
   *
   * @param trains whether a backward pass follows
   * @param batch the number of images
   */
  Precision faster(boolean trains, int batch) {
    String key =
        String.join(
            " ",
            trains ? "training" : "inference",
            architecture,
            network.preparation().shape().toString(),
            "batch " + batch,
            "threads " + Threads.count());
    return memory.get(key, () -> measured(trains, batch));
  }

  private Precision measured(boolean trains, int batch) {
    Map<Precision, Double> best = new LinkedHashMap<>();
    try (Scope scope = new Scope()) {
      Tensor images = network.preparation().of(noise(batch), batch);
      Map<String, Tensor> statistics = copies(network.store().buffers());
      try {
        double longest = 0;
        for (Precision each : Precision.values()) {
          longest = Math.max(longest, seconds(each, trains, images));
        }
        for (int round = 0; round < (longest > LONG_SECONDS ? 1 : ROUNDS); round++) {
          for (Precision each : Precision.values()) {
            best.merge(each, seconds(each, trains, images), Math::min);
          }
        }
      } finally {
        restore(statistics);
      }
    }
    // Where the two are close, noise would decide.
    return best.getOrDefault(Precision.FP32, 0.0) * MARGIN < best.getOrDefault(Precision.BF16, 0.0)
        ? Precision.FP32
        : Precision.BF16;
  }

  private double seconds(Precision precision, boolean trains, Tensor images) {
    Network tried = network.with(new Precisions(precision, precision));
    long start = System.nanoTime();
    try (Scope scope = new Scope()) {
      if (trains) {
        Tensor sum = tried.features(images, Pass.training(0, 0, 0)).pooled().sum();
        if (sum.requires_grad()) { // not of a frozen backbone
          sum.backward();
        }
        Optimizer.dropGradients(network.store().parameters().values());
      } else {
        infer(tried, images);
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void infer(Network network, Tensor images) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      var unused = network.features(images, Pass.EVALUATION);
    }
  }

  private byte[] noise(int batch) {
    ImageShape shape = network.preparation().shape();
    byte[] bytes = new byte[Math.multiplyExact(batch, shape.volume())];
    new SplittableRandom(1).nextBytes(bytes);
    return bytes;
  }

  private static Map<String, Tensor> copies(Map<String, Tensor> tensors) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> copies.put(name, tensor.clone()));
    return copies;
  }

  private void restore(Map<String, Tensor> statistics) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      network.store().buffers().forEach((name, tensor) -> tensor.copy_(statistics.get(name)));
    }
  }
}
