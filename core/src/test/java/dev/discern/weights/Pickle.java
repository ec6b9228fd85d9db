package dev.discern.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes pickles opcode by opcode, sensible or not. */
final class Pickle {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Opcodes without arguments, by their letters. */
  Pickle op(String letters) {
    out.writeBytes(letters.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Pickle op(int... opcodes) {
    for (int opcode : opcodes) {
      out.write(opcode);
    }
    return this;
  }

  /** Little-endian, as lengths are. */
  Pickle number(long value, int bytes) {
    byte[] wide = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    out.write(wide, 0, bytes);
    return this;
  }

  Pickle global(String module, String name) {
    return op("c" + module + "\n" + name + "\n");
  }

  Pickle text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    op("X").number(bytes.length, 4);
    out.writeBytes(bytes);
    return this;
  }

  /** Any integer, as Python writes large ones. */
  Pickle integer(long value) {
    return op(0x8a, 8).number(value, 8);
  }

  Pickle tuple(long... values) {
    op("(");
    for (long value : values) {
      integer(value);
    }
    return op("t");
  }

  Pickle storage(String type, String key, long count) {
    return op("(")
        .text("storage")
        .global("torch", type)
        .text(key)
        .text("cpu")
        .integer(count)
        .op("tQ");
  }

  /** A dict of one tensor in one storage. */
  static byte[] tensor(String type, long count, long offset, long[] shape, long[] stride) {
    return new Pickle()
        .op("}")
        .text("w")
        .global("torch._utils", "_rebuild_tensor_v2")
        .op("(")
        .storage(type, "0", count)
        .integer(offset)
        .tuple(shape)
        .tuple(stride)
        .op(0x89)
        .global("collections", "OrderedDict")
        .op(")Rt")
        .op("Rs")
        .bytes();
  }

  Pickle repeat(String letters, int times) {
    return op(letters.repeat(times));
  }

  /** The pickle so far, and STOP. */
  byte[] bytes() {
    byte[] body = out.toByteArray();
    byte[] whole = Arrays.copyOf(body, body.length + 1);
    whole[body.length] = '.';
    return whole;
  }
}
