package dev.discern.graph;

import java.nio.ByteBuffer;

/**
 * A constant tensor whose bytes fit its shape and whose whole numbers are moderate.
 *
 * @param name its name
 * @param largest the largest absolute number of a small tensor, of which sizes are computed; 0 for
 *     a large one
 */
record Tensor(String name, double largest) {
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

  private static final int SMALL = 64;
  private static final int FLOAT = 1;
  private static final int DOUBLE = 11;
  private static final int INT64 = 7;
  private static final int INT32 = 6;

  /** Whether a whole number is small enough for shapes and indices, or means "to the end". */
  static boolean isModerate(long number) {
    return (number >= -MOST && number <= MOST)
        || number == Integer.MAX_VALUE
        || number == Integer.MIN_VALUE
        || number == Long.MAX_VALUE
        || number == Long.MIN_VALUE;
  }

  static Tensor read(Message tensor) throws BadOnnx {
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
    if (raw == null) {
      // Exported files store bytes; these are of other tools.
      return new Tensor(name, elements <= SMALL ? Double.POSITIVE_INFINITY : 0);
    }
    if (type == INT64 || type == INT32) {
      return new Tensor(name, largestWhole(raw, type));
    }
    return new Tensor(name, elements <= SMALL ? largest(raw, type) : 0);
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

  private static double largestWhole(ByteBuffer raw, int type) throws BadOnnx {
    double largest = 0;
    while (raw.hasRemaining()) {
      long value = type == INT64 ? raw.getLong() : raw.getInt();
      require(value);
      largest = Math.max(largest, Math.abs((double) value));
    }
    return largest;
  }

  private static double largest(ByteBuffer raw, int type) {
    double largest = 0;
    while (raw.hasRemaining()) {
      double value =
          switch (type) {
            case FLOAT -> raw.getFloat();
            case DOUBLE -> raw.getDouble();
            case 10, 16 -> raw.getShort() & 0x7fff;
            default -> raw.get();
          };
      largest = Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static void require(long value) throws BadOnnx {
    if (!isModerate(value)) {
      throw BadOnnx.unusual("a constant is " + value + ", which is out of range");
    }
  }

  /** Bytes per element. */
  private static int size(int type) throws BadOnnx {
    return switch (type) {
      case FLOAT, INT32 -> 4;
      case 2, 3, 9 -> 1; // bytes, booleans
      case 10, 16 -> 2; // half
      case INT64, DOUBLE -> 8;
      default -> throw BadOnnx.unusual("a tensor has type " + type);
    };
  }
}
