package dev.discern.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header of a safetensors file, checked against the file's size: the tensors fill the rest of
 * the file, without an overlap and without a hole.
 *
 * @param entries the tensors, in the order of the header
 * @param metadata free text by key
 */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  // JSON nodes take many times the text's bytes; a network of 10,000 tensors needs 1 MB of text.
  private static final long LIMIT = 8L << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * A tensor and where it is.
   *
   * @param info name, dtype and shape
   * @param begin the position of its first byte in the file
   * @param end the position after its last byte
   */
  record Entry(TensorInfo info, long begin, long end) {}

  /**
   * Reads a header.
   *
   * @throws IOException if reading fails or the header contradicts itself or the file's size
   */
  static SafeTensorsHeader read(FileChannel channel) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    TensorBytes.readFully(channel, length, 0);
    long bytes = length.getLong(0);
    if (bytes < 2 || bytes > channel.size() - 8) {
      throw new IOException("its header length is impossible");
    }
    if (bytes > LIMIT) {
      throw new IOException("its header is larger than " + (LIMIT >> 20) + " MB");
    }
    ByteBuffer text = ByteBuffer.allocate((int) bytes);
    TensorBytes.readFully(channel, text, 8);
    JsonNode header = JSON.readTree(text.array());
    if (!header.isObject()) {
      throw new IOException("its header is not a JSON object");
    }
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : header.properties()) {
      if (!property.getKey().equals("__metadata__")) {
        entries.add(entry(property.getKey(), property.getValue(), 8 + bytes));
      }
    }
    requireFilled(entries, 8 + bytes, channel.size());
    return new SafeTensorsHeader(entries, metadata(header));
  }

  private static Entry entry(String name, JsonNode node, long dataStart) throws IOException {
    String dtypeName = node.path("dtype").asString("");
    Dtype dtype =
        Dtype.named(dtypeName)
            .orElseThrow(() -> bad(name, "has the unknown dtype '" + dtypeName + "'"));
    List<Long> shape = new ArrayList<>();
    for (JsonNode side : list(name, node.path("shape"))) {
      shape.add(natural(name, side));
    }
    TensorInfo info = new TensorInfo(name, dtype, shape);
    JsonNode offsets = list(name, node.path("data_offsets"));
    if (offsets.size() != 2) {
      throw bad(name, "has no two offsets");
    }
    long begin = natural(name, offsets.get(0));
    long end = natural(name, offsets.get(1));
    if (end - begin != bytes(info) || end > Long.MAX_VALUE - dataStart) {
      throw bad(name, "has offsets that contradict its shape");
    }
    return new Entry(info, dataStart + begin, dataStart + end);
  }

  private static long bytes(TensorInfo info) throws IOException {
    try {
      return info.bytes();
    } catch (ArithmeticException e) {
      throw new IOException("tensor '" + info.name() + "' is too large for any file", e);
    }
  }

  private static JsonNode list(String name, JsonNode node) throws IOException {
    if (!node.isArray()) {
      throw bad(name, "lacks its shape or its offsets");
    }
    return node;
  }

  private static long natural(String name, JsonNode node) throws IOException {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
      throw bad(name, "has a side or an offset that is no natural number");
    }
    return node.asLong();
  }

  private static void requireFilled(List<Entry> entries, long dataStart, long fileBytes)
      throws IOException {
    long end = dataStart;
    for (Entry entry :
        entries.stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList()) {
      if (entry.begin() != end) {
        throw bad(
            entry.info().name(),
            entry.begin() < end ? "overlaps another one" : "follows bytes of no tensor");
      }
      end = entry.end();
    }
    if (end != fileBytes) {
      throw new IOException(
          "its tensors end at byte " + end + ", but the file has " + fileBytes + " bytes");
    }
  }

  private static IOException bad(String name, String reason) {
    return new IOException("tensor '" + name + "' " + reason);
  }

  private static Map<String, String> metadata(JsonNode header) {
    Map<String, String> metadata = new LinkedHashMap<>();
    header
        .path("__metadata__")
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString("")));
    return metadata;
  }
}
