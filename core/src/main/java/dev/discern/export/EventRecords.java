package dev.discern.export;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * TensorBoard events as bytes, encoded by hand because only two kinds of message are needed.
 *
 * <p>Sources, in the TensorFlow repository: the messages are {@code Event} of
 * tensorflow/core/util/event.proto and {@code Summary} of tensorflow/core/framework/summary.proto,
 * in the wire format of protobuf.dev/programming-guides/encoding; the frame around each is that of
 * tensorflow/core/lib/io/record_writer.h.
 */
final class EventRecords {
  // Keys of the fields below: (field number << 3) | wire type.
  private static final int WALL_TIME = 1 << 3 | 1;
  private static final int STEP = 2 << 3;
  private static final int FILE_VERSION = 3 << 3 | 2;
  private static final int SUMMARY = 5 << 3 | 2;
  private static final int VALUE = 1 << 3 | 2;
  private static final int TAG = 1 << 3 | 2;
  private static final int SIMPLE_VALUE = 2 << 3 | 5;

  private static final int MASK_DELTA = 0xa282ead8;

  private EventRecords() {}

  /**
   * The first record of every file.
   *
   * @param wallTime seconds since 1970
   */
  static byte[] version(double wallTime) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    addDouble(event, WALL_TIME, wallTime);
    addBytes(event, FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
    return framed(event.toByteArray());
  }

  /**
   * A record with the scalars of one step.
   *
   * @param wallTime seconds since 1970
   * @param step the position on the horizontal axis, 0 or more
   * @param values the values by tag, in the order in which to write them
   */
  static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    values.forEach(
        (tag, value) -> {
          ByteArrayOutputStream entry = new ByteArrayOutputStream();
          addBytes(entry, TAG, tag.getBytes(StandardCharsets.UTF_8));
          entry.write(SIMPLE_VALUE);
          entry.writeBytes(little(4).putFloat(value.floatValue()).array());
          addBytes(summary, VALUE, entry.toByteArray());
        });
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    addDouble(event, WALL_TIME, wallTime);
    event.write(STEP);
    addVarint(event, step);
    addBytes(event, SUMMARY, summary.toByteArray());
    return framed(event.toByteArray());
  }

  private static void addDouble(ByteArrayOutputStream out, int key, double value) {
    out.write(key);
    out.writeBytes(little(8).putDouble(value).array());
  }

  private static void addBytes(ByteArrayOutputStream out, int key, byte[] bytes) {
    out.write(key);
    addVarint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void addVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  // Length, its checksum, the bytes, their checksum.
  private static byte[] framed(byte[] data) {
    byte[] length = little(8).putLong(data.length).array();
    return little(8 + 4 + data.length + 4)
        .put(length)
        .putInt(maskedCrc(length))
        .put(data)
        .putInt(maskedCrc(data))
        .array();
  }

  private static int maskedCrc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
