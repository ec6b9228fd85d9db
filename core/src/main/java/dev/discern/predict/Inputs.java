package dev.discern.predict;

import dev.discern.card.Preprocessing;
import dev.discern.config.WorkFailed;
import dev.discern.data.ImageDecoder;
import dev.discern.image.ImageShape;
import dev.discern.torch.Tensors;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Images as a network takes them.
 *
 * @param preprocessing how it takes them
 */
record Inputs(Preprocessing preprocessing) {
  /**
   * Decodes an image. Safe to call from several threads.
   *
   * @param image a file
   * @return its pixels, for {@link #batch}
   * @throws WorkFailed if it is missing or cannot be decoded
   */
  byte[] decode(Path image) {
    return ImageDecoder.decode(image, preprocessing.shape());
  }

  /**
   * Makes a batch.
   *
   * @param images N decoded images
   * @return the network's input, owned by the current scope
   */
  Tensor batch(List<byte[]> images) {
    ImageShape shape = preprocessing.shape();
    float[] values = new float[Math.multiplyExact(images.size(), shape.volume())];
    for (int i = 0; i < images.size(); i++) {
      float[] one = preprocessing.normalization().apply(images.get(i), shape);
      System.arraycopy(one, 0, values, i * shape.volume(), one.length);
    }
    return Tensors.ofFloats(values, images.size(), shape.channels(), shape.height(), shape.width());
  }
}
