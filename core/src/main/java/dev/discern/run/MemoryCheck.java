package dev.discern.run;

import dev.discern.card.ModelCard;
import dev.discern.config.TrainConfig;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import dev.discern.layer.Architecture;
import dev.discern.layer.LayerCost;
import dev.discern.layer.Shape;
import dev.discern.layer.TensorSpec;
import dev.discern.torch.AvailableMemory;
import dev.discern.torch.Devices;
import dev.discern.train.Networks;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Refuses a network or a training batch that does not fit into memory, before anything is
 * allocated. Linux overcommits memory, and silently kills a process that uses more than there is.
 */
final class MemoryCheck {
  // Gradients and the engine's scratch space come on top of the activations. Measured on twelve
  // architectures: the peak of a step is 1.2 to 1.9 times the activations.
  private static final double OVERHEAD = 1.5;
  // Weight, gradient, and up to two values of the optimizer.
  private static final int COPIES = 4;

  private MemoryCheck() {}

  /**
   * Refuses what is too large for this machine.
   *
   * @param card of the network that would train
   * @param config the device, on a GPU of which the engine itself reports a lack of memory, and the
   *     images per step
   * @throws WorkFailed if the network or the batch needs more memory than is available
   */
  static void requireFits(ModelCard card, TrainConfig config) {
    Architecture architecture = Networks.architecture(card);
    OptionalLong available = AvailableMemory.bytes();
    if (available.isPresent() && !Devices.of(config.device()).is_cuda()) {
      requireFits(card, architecture, config.batchSize(), available.getAsLong());
    }
  }

  private static void requireFits(
      ModelCard card, Architecture architecture, int batchSize, long available) {
    double weights = ofWeights(card, architecture);
    if (weights > available) {
      throw new WorkFailed(
          String.format(
              Locale.ROOT,
              "Training %s needs about %.1f GB for its weights alone, but only %.1f GB of memory"
                  + " are available: choose a smaller model.",
              card.architecture(),
              weights / 1e9,
              available / 1e9));
    }
    double needed = weights + ofBatch(card, architecture, batchSize);
    if (needed > available) {
      throw new WorkFailed(
          String.format(
              Locale.ROOT,
              "A batch of %d images of %s needs about %.1f GB, but only %.1f GB of memory are"
                  + " available: use a smaller data.imageSize, or a smaller train.batchSize with"
                  + " optim.accumulate.",
              batchSize,
              card.preprocessing().shape(),
              needed / 1e9,
              available / 1e9));
    }
  }

  static void requireFits(ModelCard card, int batchSize, long available) {
    requireFits(card, Networks.architecture(card), batchSize, available);
  }

  /** The bytes of a training step, roughly. */
  static double bytes(ModelCard card, int batchSize) {
    Architecture architecture = Networks.architecture(card);
    return ofWeights(card, architecture) + ofBatch(card, architecture, batchSize);
  }

  private static double ofWeights(ModelCard card, Architecture architecture) {
    long backbone =
        architecture.tensors().stream()
            .filter(tensor -> tensor.role().trains())
            .mapToLong(TensorSpec::size)
            .sum();
    long head = (long) card.classNames().size() * architecture.featureCount();
    return (double) COPIES * Float.BYTES * (backbone + head);
  }

  private static double ofBatch(ModelCard card, Architecture architecture, int batchSize) {
    ImageShape shape = card.preprocessing().shape();
    Shape.Grid image = new Shape.Grid(shape.channels(), shape.height(), shape.width());
    long kept = architecture.costs(image).stream().mapToLong(LayerCost::kept).sum();
    return OVERHEAD * Float.BYTES * (kept + 2L * shape.volume()) * batchSize;
  }

  /**
   * Converts the engine's failure to allocate memory to a sentence for the user.
   *
   * @param failure the engine's exception
   * @param batchSize images per step
   * @return a failure with that sentence, or the same exception if it has another cause
   */
  static RuntimeException explained(RuntimeException failure, int batchSize) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("can't allocate memory") || message.contains("out of memory")
        ? new WorkFailed(
            "A batch of "
                + batchSize
                + " images does not fit into the memory of the device: use a smaller"
                + " data.imageSize, or a smaller train.batchSize with optim.accumulate.",
            failure)
        : failure;
  }
}
