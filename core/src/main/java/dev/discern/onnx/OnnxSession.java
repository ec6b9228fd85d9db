package dev.discern.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.discern.config.WorkFailed;
import dev.discern.image.Pixels;
import dev.discern.runtime.OnnxEnvironment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An ONNX file in ONNX Runtime, on the processor. */
public final class OnnxSession implements AutoCloseable {
  private final Path file;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxSession(Path file, OrtEnvironment environment, OrtSession session) {
    this.file = file;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Opens a file.
   *
   * @param file a file that {@link OnnxFile} wrote
   * @return the session, for the caller to close
   * @throws WorkFailed if ONNX Runtime refuses it
   */
  public static OnnxSession open(Path file) {
    try {
      OrtEnvironment environment = OnnxEnvironment.get();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        return new OnnxSession(
            file, environment, environment.createSession(file.toString(), options));
      }
    } catch (OrtException e) {
      throw failed(file, e);
    }
  }

  /**
   * Classifies images of one size.
   *
   * @param images at least one
   * @return {@code [N][K]}, probabilities
   * @throws WorkFailed if ONNX Runtime fails
   */
  public float[][] probabilities(List<Pixels> images) {
    return output(AnswerNodes.PROBABILITIES, images);
  }

  /**
   * The logits of images of one size.
   *
   * @param images at least one
   * @return {@code [N][K]}, before the temperature
   * @throws WorkFailed if ONNX Runtime fails
   */
  public float[][] logits(List<Pixels> images) {
    return output(AnswerNodes.LOGITS, images);
  }

  private float[][] output(String name, List<Pixels> images) {
    Pixels first = images.get(0);
    long[] shape = {images.size(), first.height(), first.width(), first.channels()};
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(images.size(), volume(first)));
    images.forEach(image -> bytes.put(image.data()));
    try (OnnxTensor input =
            OnnxTensor.createTensor(environment, bytes.flip(), shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of(OnnxFile.IMAGES, input), Set.of(name))) {
      return (float[][]) result.get(0).getValue();
    } catch (OrtException e) {
      throw failed(file, e);
    }
  }

  private static int volume(Pixels image) {
    return image.data().length;
  }

  private static WorkFailed failed(Path file, OrtException cause) {
    return new WorkFailed(
        "ONNX Runtime cannot run "
            + file
            + " ("
            + cause.getMessage()
            + "): please report it, with the run's architecture and method.",
        cause);
  }

  /** Frees its memory. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(file, e);
    }
  }
}
