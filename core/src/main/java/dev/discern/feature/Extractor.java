package dev.discern.feature;

import dev.discern.backbone.Pass;
import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.config.Internal;
import dev.discern.data.Batch;
import dev.discern.data.BatchLoader;
import dev.discern.data.ImageSet;
import dev.discern.data.Sha256;
import dev.discern.layer.TensorSpec;
import dev.discern.torch.Natives;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.train.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Computes features with a network's backbone, as in inference: images as they are evaluated,
 * stored statistics of batch normalizations, no dropout.
 *
 * @param network the network; its head plays no part
 * @param card its model card, for the view of images
 * @param workers threads that decode images
 */
@Internal
public record Extractor(Network network, ModelCard card, int workers) {
  private static final int PIXELS = 1 << 20;
  private static final int LARGEST_BATCH = 256;
  private static final int SMALLEST_BATCH = 8;

  /**
   * The features of an image.
   *
   * @return how many
   */
  public int width() {
    return network.backbone().architecture().featureCount();
  }

  /**
   * The images that run through the network together. The last bits of features depend on it.
   *
   * @return a power of two from 8 to 256, smaller for larger images
   */
  int batchSize() {
    int fitting = PIXELS / card.preprocessing().shape().plane();
    return Integer.highestOneBit(Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, fitting)));
  }

  BatchLoader batches(ImageSet images) {
    return BatchLoader.evaluation(images, card.preprocessing().view(), batchSize(), workers);
  }

  /** The features of a batch: {@code [N, F]}, row-major. */
  float[] of(Batch batch) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor images = network.preparation().of(batch);
      return Tensors.toFloats(network.features(images, Pass.EVALUATION).pooled());
    }
  }

  /**
   * What the features of an image depend on besides the image: architecture and weights, precision
   * and engine, view and normalization.
   *
   * @return SHA-256, 64 hexadecimal digits; equal for two extractors that compute the same
   */
  public String key() {
    MessageDigest digest = Sha256.digest();
    Sha256.add(digest, card.architecture());
    Sha256.add(digest, network.precisions().inference().name());
    Sha256.add(digest, network.device().str().getString());
    Sha256.add(digest, Natives.versions().toString());
    addView(digest, card.preprocessing());
    for (TensorSpec tensor : network.backbone().architecture().tensors()) {
      Sha256.add(digest, tensor.name());
      addValues(digest, tensor.name());
    }
    return Sha256.hex(digest);
  }

  private static void addView(MessageDigest digest, Preprocessing view) {
    Sha256.add(
        digest,
        String.join(
            " ",
            view.shape().toString(),
            Double.toString(view.cropRatio()),
            view.interpolation().name(),
            Arrays.toString(view.normalization().mean()),
            Arrays.toString(view.normalization().std())));
  }

  private void addValues(MessageDigest digest, String name) {
    Tensor values = network.store().state().get(name);
    if (values == null) {
      throw new IllegalStateException("The network has no tensor " + name + ".");
    }
    float[] floats = Tensors.toFloats(values);
    ByteBuffer bytes =
        ByteBuffer.allocate(floats.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    digest.update(bytes);
  }
}
