package dev.discern.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message in protobuf's wire format, read field by field without copying. */
final class Message {
  /** Wire types. */
  static final int VARINT = 0;

  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private final ByteBuffer data;
  private int field;
  private int type;
  private long number;
  private ByteBuffer content;

  /**
   * Starts before the first field.
   *
   * @param data the message, from its position to its limit; not changed
   */
  Message(ByteBuffer data) {
    this.data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.content = this.data;
  }

  /**
   * Advances to the next field.
   *
   * @return its number, or 0 at the end
   * @throws BadOnnx if the message is damaged
   */
  int next() throws BadOnnx {
    if (!data.hasRemaining()) {
      return 0;
    }
    long key = varint();
    field = (int) (key >>> 3);
    type = (int) (key & 7);
    if (key >>> 3 < 1 || key >>> 3 >= 1 << 29) {
      throw BadOnnx.damaged();
    }
    switch (type) {
      case VARINT -> number = varint();
      case FIXED64 -> number = fixed(8);
      case FIXED32 -> number = fixed(4);
      case BYTES -> content = take(varint());
      default -> throw BadOnnx.damaged();
    }
    return field;
  }

  private long varint() throws BadOnnx {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!data.hasRemaining()) {
        throw BadOnnx.damaged();
      }
      byte next = data.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw BadOnnx.damaged();
  }

  private long fixed(int bytes) throws BadOnnx {
    ByteBuffer value = take(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return bytes == 8 ? value.getLong() : value.getInt();
  }

  private ByteBuffer take(long length) throws BadOnnx {
    if (length < 0 || length > data.remaining()) {
      throw BadOnnx.damaged();
    }
    ByteBuffer taken = data.slice(data.position(), (int) length);
    data.position(data.position() + (int) length);
    return taken;
  }

  /** The value of a number field. */
  long number() throws BadOnnx {
    require(VARINT);
    return number;
  }

  /** The value of a field of text, bytes or a message. */
  ByteBuffer bytes() throws BadOnnx {
    require(BYTES);
    return content.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  Message message() throws BadOnnx {
    return new Message(bytes());
  }

  /** Whether the field holds bytes: several packed numbers. */
  boolean isPacked() {
    return type == BYTES;
  }

  String text() throws BadOnnx {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes()).toString();
    } catch (CharacterCodingException e) {
      throw BadOnnx.damaged();
    }
  }

  /** The values of a repeated number field: one, or several packed. */
  List<Long> numbers() throws BadOnnx {
    if (type != BYTES) {
      return List.of(number());
    }
    List<Long> values = new ArrayList<>();
    Message packed = new Message(bytes());
    while (packed.data.hasRemaining()) {
      values.add(packed.varint());
    }
    return values;
  }

  private void require(int wanted) throws BadOnnx {
    if (type != wanted) {
      throw BadOnnx.damaged();
    }
  }
}
