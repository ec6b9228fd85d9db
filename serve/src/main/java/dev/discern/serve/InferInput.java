package dev.discern.serve;

import dev.discern.runtime.Image;
import dev.discern.runtime.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * An input tensor as it was sent.
 *
 * @param name its name
 * @param datatype its datatype
 * @param shape its shape
 * @param bytes its elements as bytes, if they came as numbers or in binary
 * @param files its elements, if they came as strings in base64
 * @param binary whether the elements came in binary
 */
record InferInput(
    String name, String datatype, long[] shape, byte[] bytes, List<byte[]> files, boolean binary) {

  /**
   * The images it holds.
   *
   * @throws HttpFailure with 400 or 413 if it is not one of the two inputs, or its data do not fit
   *     its shape
   */
  List<Input> images(Limits limits) {
    if (name.equals(InferRequest.IMAGES) && datatype.equals("UINT8")) {
      return decoded(limits);
    } else if (name.equals(InferRequest.ENCODED) && datatype.equals("BYTES")) {
      return encoded(limits);
    }
    throw new HttpFailure(
        400,
        "There is no input \""
            + name
            + "\" of datatype "
            + datatype
            + ": give \"images\" of UINT8 with the shape [n, height, width, 3], or \"encoded\" of"
            + " BYTES with the shape [n].");
  }

  private List<Input> decoded(Limits limits) {
    if (shape.length != 4 || shape[3] != 3 || LongStream.of(shape).anyMatch(size -> size < 1)) {
      throw wrongShape("[n, height, width, 3]");
    }
    requireCount(shape[0], limits);
    long pixels = saturated(shape[1], shape[2]);
    if (pixels > limits.maxPixels()) {
      throw new HttpFailure(
          400,
          "The images have more than " + limits.maxPixels() + " pixels each: scale them down.");
    }
    long volume = 3 * pixels;
    if (!files.isEmpty() || bytes.length != saturated(shape[0], volume)) {
      throw new HttpFailure(
          400,
          "The input has "
              + (files.isEmpty() ? bytes.length + " bytes" : "strings")
              + ", but its shape "
              + shown()
              + " needs "
              + saturated(shape[0], volume)
              + " bytes.");
    }
    List<Input> images = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += (int) volume) {
      byte[] rgb = Arrays.copyOfRange(bytes, from, from + (int) volume);
      images.add(new Input("", Image.of(new Pixels((int) shape[1], (int) shape[2], rgb))));
    }
    return images;
  }

  // Sizes come from the client: a product may be larger than a long.
  private static long saturated(long a, long b) {
    return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
  }

  private List<Input> encoded(Limits limits) {
    boolean fits = shape.length == 1 || (shape.length == 2 && shape[1] == 1);
    if (!fits || shape[0] < 1) {
      throw wrongShape("[n]");
    }
    requireCount(shape[0], limits);
    List<byte[]> found = binary ? split() : files;
    if (found.size() != shape[0]) {
      throw new HttpFailure(
          400,
          "The input has "
              + found.size()
              + " images, but its shape is "
              + shown()
              + (binary ? "." : "; in JSON, each image is a string in base64."));
    }
    return found.stream().map(file -> new Input("", Image.of(file))).toList();
  }

  // Each element has its length before it: 4 bytes, little-endian.
  private List<byte[]> split() {
    ByteBuffer rest = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> found = new ArrayList<>();
    while (rest.hasRemaining()) {
      int length = rest.remaining() < 4 ? -1 : rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        throw new HttpFailure(
            400, "The binary data end within an element, or a length before an element is wrong.");
      }
      byte[] file = new byte[length];
      rest.get(file);
      found.add(file);
    }
    return found;
  }

  private static void requireCount(long count, Limits limits) {
    if (count > limits.maxImages()) {
      throw new HttpFailure(
          413,
          "The request has more than " + limits.maxImages() + " images: send several requests.");
    }
  }

  private HttpFailure wrongShape(String right) {
    return new HttpFailure(
        400, "The input \"" + name + "\" has the shape " + shown() + ", but needs " + right + ".");
  }

  private String shown() {
    return LongStream.of(shape)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
