package dev.discern.onnx;

import java.nio.ByteBuffer;

/** Checks a constant tensor: its bytes fit its shape, and its whole numbers are moderate. */
final class Tensor {
  /** The largest whole number that a network needs, but for "to the end". */
  static final long MOST = 1 << 16;

  private static final int DIMS = 1;
  private static final int TYPE = 2;
  private static final int SEGMENT = 3;
  private static final int FLOATS = 4;
  private static final int INT32S = 5;
  private static final int STRINGS = 6;
  private static final int INT64S = 7;
  private static final int NAME = 8;
  private static final int RAW = 9;
  private static final int DOUBLES = 10;
  private static final int UINT64S = 11;
  private static final int EXTERNAL = 13;
  private static final int LOCATION = 14;

  private static final int INT64 = 7;
  private static final int INT32 = 6;

  private Tensor() {}

  /** Whether a whole number is small enough for shapes and indices, or means "to the end". */
  static boolean isModerate(long number) {
    return (number >= -MOST && number <= MOST)
        || number == Integer.MAX_VALUE
        || number == Integer.MIN_VALUE
        || number == Long.MAX_VALUE
        || number == Long.MIN_VALUE;
  }

  /** The tensor's name. */
  static String check(Message tensor) throws BadOnnx {
    String name = "";
    int type = 0;
    long elements = 1;
    long stored = -1;
    ByteBuffer raw = null;
    for (int field = tensor.next(); field != 0; field = tensor.next()) {
      switch (field) {
        case DIMS -> {
          for (long length : tensor.numbers()) {
            elements = product(elements, length);
          }
        }
        case TYPE -> type = (int) tensor.number();
        case NAME -> name = tensor.text();
        case RAW -> raw = tensor.bytes();
        case FLOATS -> stored = Math.max(0, stored) + bytesOrOne(tensor, Float.BYTES);
        case DOUBLES -> stored = Math.max(0, stored) + bytesOrOne(tensor, Double.BYTES);
        case INT32S, INT64S, UINT64S -> stored = Math.max(0, stored) + numbers(tensor);
        case SEGMENT, STRINGS, EXTERNAL -> throw unusual();
        case LOCATION -> {
          if (tensor.number() != 0) {
            throw unusual();
          }
        }
        default -> {}
      }
    }
    if (raw == null ? stored != elements : stored >= 0 || raw.limit() != elements * size(type)) {
      throw elements == 0 && raw == null && stored < 0 ? unusual() : BadOnnx.damaged();
    }
    size(type);
    if (raw != null && (type == INT64 || type == INT32)) {
      checkNumbers(raw, type);
    }
    return name;
  }

  private static BadOnnx unusual() {
    return BadOnnx.unusual("it has tensors of text, in other files, or without elements");
  }

  private static long product(long elements, long length) throws BadOnnx {
    if (length < 0 || length > Integer.MAX_VALUE || elements * length > Integer.MAX_VALUE) {
      throw BadOnnx.damaged();
    }
    return elements * length;
  }

  private static long bytesOrOne(Message tensor, int size) throws BadOnnx {
    return tensor.isPacked() ? tensor.bytes().limit() / size : 1;
  }

  private static long numbers(Message tensor) throws BadOnnx {
    var values = tensor.numbers();
    for (long value : values) {
      require(value);
    }
    return values.size();
  }

  private static void checkNumbers(ByteBuffer raw, int type) throws BadOnnx {
    while (raw.hasRemaining()) {
      require(type == INT64 ? raw.getLong() : raw.getInt());
    }
  }

  private static void require(long value) throws BadOnnx {
    if (!isModerate(value)) {
      throw BadOnnx.unusual("a constant is " + value + ", which is out of range");
    }
  }

  /** Bytes per element. */
  private static int size(int type) throws BadOnnx {
    return switch (type) {
      case 1, INT32 -> 4; // float
      case 2, 3, 9 -> 1; // bytes, booleans
      case 10, 16 -> 2; // half
      case INT64, 11 -> 8; // double
      default -> throw BadOnnx.unusual("a tensor has type " + type);
    };
  }
}
