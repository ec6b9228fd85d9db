package dev.discern.run;

import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import dev.discern.layer.LayerCost;
import dev.discern.layer.Shape;
import dev.discern.torch.AvailableMemory;
import dev.discern.train.Network;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Refuses a training batch that does not fit into memory. Linux overcommits memory, and silently
 * kills a process that uses more than there is.
 */
final class MemoryCheck {
  // Gradients and the engine's scratch space come on top of the activations.
  private static final double OVERHEAD = 1.5;

  private MemoryCheck() {}

  /**
   * Refuses a batch that is too large for this machine.
   *
   * @param network the network to train; on a GPU the engine itself reports a lack of memory
   * @param batchSize images per step
   * @throws WorkFailed if the batch needs more memory than is available
   */
  static void requireFits(Network network, int batchSize) {
    OptionalLong available = AvailableMemory.bytes();
    if (available.isPresent() && !network.device().is_cuda()) {
      requireFits(network, batchSize, available.getAsLong());
    }
  }

  static void requireFits(Network network, int batchSize, long available) {
    double needed = bytes(network, batchSize);
    if (needed > available) {
      throw new WorkFailed(
          String.format(
              Locale.ROOT,
              "A batch of %d images of %s needs about %.1f GB, but only %.1f GB of memory are"
                  + " available: use a smaller train.batchSize or data.imageSize.",
              batchSize,
              network.preparation().shape(),
              needed / 1e9,
              available / 1e9));
    }
  }

  /** A rough estimate of the bytes of a training step. */
  static double bytes(Network network, int batchSize) {
    ImageShape shape = network.preparation().shape();
    Shape.Grid image = new Shape.Grid(shape.channels(), shape.height(), shape.width());
    long kept =
        network.backbone().architecture().costs(image).stream().mapToLong(LayerCost::kept).sum();
    long values = kept + 2L * shape.volume();
    return OVERHEAD * Float.BYTES * values * batchSize;
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
                + " train.batchSize or data.imageSize.",
            failure)
        : failure;
  }
}
