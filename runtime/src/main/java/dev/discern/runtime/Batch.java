package dev.discern.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.discern.failure.InvalidRequest;
import dev.discern.graph.BadOnnx;
import dev.discern.scale.CenterPlan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs prepared images through an exported network.
 *
 * <p>The network scales an image so that it covers a size, and crops around the center. A prepared
 * image is what is left after that. It is laid into the middle of a canvas of the size to cover:
 * the network then scales nothing, and its crop takes the image out again, pixel by pixel. What is
 * around it is never seen.
 */
final class Batch {
  private final OrtSession session;
  private final Card card;
  // Memory outside the heap is freed late, so it is used again.
  private final Queue<ByteBuffer> canvases = new ConcurrentLinkedQueue<>();

  Batch(OrtSession session, Card card) {
    this.session = session;
    this.card = card;
  }

  static void requireSuits(List<PreparedImage> images, Card.Input input) {
    for (PreparedImage image : images) {
      if (!image.suits(input)) {
        throw new InvalidRequest(
            "An image of "
                + image.height()
                + "x"
                + image.width()
                + "x"
                + image.channels()
                + " was prepared for another model: this one takes "
                + input.height()
                + "x"
                + input.width()
                + "x"
                + input.channels()
                + ".");
      }
    }
  }

  /** The probabilities, {@code [N, K]}. Safe for use by several threads. */
  float[] run(List<PreparedImage> images) throws OrtException, BadOnnx {
    Card.Input input = card.input();
    int height = CenterPlan.cover(input.height(), input.cropRatio());
    int width = CenterPlan.cover(input.width(), input.cropRatio());
    ByteBuffer canvas = canvas(images.size() * height * width * input.channels());
    fill(canvas, images, input, height, width);
    long[] shape = {images.size(), height, width, input.channels()};
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(OnnxEnvironment.get(), canvas, shape, OnnxJavaType.UINT8);
        OrtSession.Result result =
            session.run(Map.of(Signature.IMAGES, tensor), Set.of(Signature.PROBABILITIES))) {
      float[] probabilities = new float[images.size() * card.classes().size()];
      FloatBuffer found = ((OnnxTensor) result.get(0)).getFloatBuffer();
      if (found == null || found.remaining() != probabilities.length) {
        throw new BadOnnx("its output has another size than its classes");
      }
      found.get(probabilities);
      requireProbabilities(probabilities);
      return probabilities;
    } finally {
      canvases.add(canvas);
    }
  }

  private ByteBuffer canvas(int size) {
    ByteBuffer canvas = canvases.poll();
    if (canvas == null || canvas.capacity() < size) {
      canvas = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
    return canvas.position(0).limit(size);
  }

  private static void fill(
      ByteBuffer canvas, List<PreparedImage> images, Card.Input input, int height, int width) {
    int channels = input.channels();
    int top = CenterPlan.offset(height, input.height());
    int left = CenterPlan.offset(width, input.width());
    int row = input.width() * channels;
    for (int i = 0; i < images.size(); i++) {
      byte[] data = images.get(i).data();
      for (int y = 0; y < input.height(); y++) {
        int at = ((i * height + top + y) * width + left) * channels;
        canvas.put(at, data, y * row, row);
      }
    }
  }

  private static void requireProbabilities(float[] values) throws BadOnnx {
    for (float value : values) {
      if (!(value >= 0 && value <= 1.0001f)) {
        throw new BadOnnx("its outputs are not probabilities");
      }
    }
  }
}
