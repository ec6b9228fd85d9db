package dev.discern.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.discern.card.Preprocessing;
import dev.discern.data.Normalization;
import dev.discern.image.Encoded;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.onnx.Nodes.Attribute;
import dev.discern.runtime.OnnxEnvironment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The graph's pixels against the view's. Where nothing is scaled they are equal. Otherwise they
 * differ by at most one gray level, in less than one value of a hundred: the kernels round their
 * fixed-point weights differently.
 */
class ImageNodesTest {
  private static final int ROUNDS = 40;
  private static final double SHARE = 0.01;

  @ParameterizedTest
  @EnumSource
  void scalesAndCropsAsTheViewDoes(Interpolation filter) throws OrtException {
    SplittableRandom random = new SplittableRandom(20);
    long values = 0;
    long different = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int height = random.nextInt(8, 90);
      int width = random.nextInt(3) == 0 ? random.nextInt(8, 90) : height;
      double ratio = random.nextBoolean() ? 1 : random.nextDouble(0.5, 1);
      Preprocessing steps = steps(random.nextBoolean() ? 3 : 1, height, width, ratio, filter);
      // Strips as long as 1 × 299 are among them.
      Pixels image = image(random, random.nextInt(1, 300), random.nextInt(1, 300), steps);
      int[] expected = viewed(steps, image);
      int[] actual = ofGraph(steps, image);
      assertThat(actual).hasSameSizeAs(expected);
      for (int k = 0; k < expected.length; k++) {
        int difference = Math.abs(expected[k] - actual[k]);
        assertThat(difference)
            .as("%s from %d x %d", steps, image.height(), image.width())
            .isLessThanOrEqualTo(1);
        different += difference;
        values++;
      }
    }
    assertThat(different).isBetween(1L, (long) (SHARE * values));
  }

  @ParameterizedTest
  @EnumSource
  void leavesAnImageOfTheNetworksSizeAsItIs(Interpolation filter) throws OrtException {
    SplittableRandom random = new SplittableRandom(21);
    for (double ratio : new double[] {1, 0.875, 0.5}) {
      Preprocessing steps = steps(3, 24, 40, ratio, filter);
      Pixels image = image(random, 24, 40, steps);
      assertThat(ofGraph(steps, image)).isEqualTo(unsigned(image.data()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void cropsAnImageOfTheScaledSizeWithoutScaling(Interpolation filter) throws OrtException {
    SplittableRandom random = new SplittableRandom(22);
    Preprocessing steps = steps(3, 28, 28, 0.875, filter);
    Pixels square = image(random, 32, 32, steps);
    assertThat(ofGraph(steps, square))
        .isEqualTo(viewed(steps, square))
        .isEqualTo(centered(square, 28));
    Pixels wide = image(random, 32, 61, steps);
    assertThat(ofGraph(steps, wide)).isEqualTo(viewed(steps, wide));
  }

  private static int[] centered(Pixels image, int side) {
    int edge = (image.height() - side) / 2;
    return IntStream.range(0, side * side * image.channels())
        .map(
            k -> {
              int channels = image.channels();
              int row = k / channels / side + edge;
              int column = k / channels % side + edge;
              return image.data()[(row * image.width() + column) * channels + k % channels] & 0xff;
            })
        .toArray();
  }

  @Test
  void takesSeveralImagesOfOneSize() throws OrtException {
    SplittableRandom random = new SplittableRandom(23);
    Preprocessing steps = steps(3, 20, 20, 0.875, Interpolation.BICUBIC);
    Pixels first = image(random, 51, 43, steps);
    Pixels second = image(random, 51, 43, steps);
    int[] both = ofGraph(steps, first, second);
    assertThat(Arrays.copyOf(both, both.length / 2)).isEqualTo(ofGraph(steps, first));
    assertThat(Arrays.copyOfRange(both, both.length / 2, both.length))
        .isEqualTo(ofGraph(steps, second));
  }

  private static Pixels image(SplittableRandom random, int height, int width, Preprocessing steps) {
    return Exported.image(random, height, width, steps.shape().channels());
  }

  // Normalization that leaves gray levels as they are.
  private static Preprocessing steps(
      int channels, int height, int width, double ratio, Interpolation filter) {
    float[] std = new float[channels];
    Arrays.fill(std, 1 / 255f);
    return new Preprocessing(
        new ImageShape(channels, height, width),
        ratio,
        filter,
        new Normalization(new float[channels], std));
  }

  private static int[] viewed(Preprocessing steps, Pixels image) {
    return unsigned(steps.view().apply(Encoded.of(image), new SplittableRandom(0)).data());
  }

  private static int[] unsigned(byte[] values) {
    return IntStream.range(0, values.length).map(k -> values[k] & 0xff).toArray();
  }

  private static int[] ofGraph(Preprocessing steps, Pixels... images) throws OrtException {
    Pixels first = images[0];
    ByteBuffer bytes = ByteBuffer.allocateDirect(images.length * first.data().length);
    Arrays.stream(images).map(Pixels::data).forEach(bytes::put);
    long[] shape = {images.length, first.height(), first.width(), first.channels()};
    OrtEnvironment environment = OnnxEnvironment.get();
    try (OrtSession session = environment.createSession(model(steps));
        OnnxTensor input =
            OnnxTensor.createTensor(environment, bytes.flip(), shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of(OnnxFile.IMAGES, input))) {
      FloatBuffer floats = ((OnnxTensor) result.get(0)).getFloatBuffer();
      return IntStream.range(0, floats.remaining()).map(k -> Math.round(floats.get(k))).toArray();
    }
  }

  private static byte[] model(Preprocessing steps) {
    Nodes nodes = new Nodes(false);
    Value input = new ImageNodes(nodes, steps).of(OnnxFile.IMAGES);
    nodes.addAs("pixels", "Transpose", List.of(input.name()), Attribute.ofAll("perm", 0, 2, 3, 1));
    GraphProto.Builder graph =
        nodes
            .graph()
            .addInput(OnnxFile.images(steps.shape().channels()))
            .addOutput(
                OnnxFile.tensor(
                    "pixels",
                    TensorProto.DataType.FLOAT_VALUE,
                    List.of(
                        OnnxFile.named("batch"),
                        OnnxFile.named("rows"),
                        OnnxFile.named("columns"),
                        OnnxFile.fixed(steps.shape().channels()))));
    return OnnxFile.model(graph).build().toByteArray();
  }
}
