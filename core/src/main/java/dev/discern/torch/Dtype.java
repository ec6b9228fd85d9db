package dev.discern.torch;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The types of numbers that weight files hold, under the names of the safetensors format. */
public enum Dtype {
  /** IEEE 754 double precision. */
  F64(ScalarType.Double, 8),
  /** IEEE 754 single precision. */
  F32(ScalarType.Float, 4),
  /** IEEE 754 half precision. */
  F16(ScalarType.Half, 2),
  /** The upper half of a single-precision number. */
  BF16(ScalarType.BFloat16, 2),
  /** A signed integer of 64 bits. */
  I64(ScalarType.Long, 8),
  /** A signed integer of 32 bits. */
  I32(ScalarType.Int, 4),
  /** A signed integer of 16 bits. */
  I16(ScalarType.Short, 2),
  /** A signed integer of 8 bits. */
  I8(ScalarType.Char, 1),
  /** An unsigned integer of 8 bits. */
  U8(ScalarType.Byte, 1),
  /** One byte, 0 or 1. */
  BOOL(ScalarType.Bool, 1);

  private final ScalarType scalarType;
  private final int bytes;

  Dtype(ScalarType scalarType, int bytes) {
    this.scalarType = scalarType;
    this.bytes = bytes;
  }

  /**
   * The engine's type.
   *
   * @return the type of a tensor of such numbers
   */
  public ScalarType scalarType() {
    return scalarType;
  }

  /**
   * The size of a number.
   *
   * @return bytes per number
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Finds a type by its name in files.
   *
   * @param name the name, such as {@code F32}
   * @return empty if no file that can be read here holds such numbers
   */
  public static Optional<Dtype> named(String name) {
    return Arrays.stream(values()).filter(dtype -> dtype.name().equals(name)).findFirst();
  }

  /**
   * Finds the type of a tensor's numbers.
   *
   * @param scalarType the engine's type
   * @return empty if files do not hold such numbers
   */
  public static Optional<Dtype> of(ScalarType scalarType) {
    return Arrays.stream(values())
        .filter(dtype -> dtype.scalarType == scalarType.intern())
        .findFirst();
  }
}
