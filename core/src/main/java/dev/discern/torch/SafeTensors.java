package dev.discern.torch;

import dev.discern.config.AtomicFiles;
import dev.discern.config.Uninterrupted;
import dev.discern.config.WorkFailed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Named tensors in a safetensors file, which Python's {@code safetensors} reads and writes too:
 * eight bytes of header length (little-endian), a JSON header, then the tensors' bytes.
 *
 * <p>Equal content gives equal bytes. Writing is atomic and durable: a reader sees the old file or
 * the new one, even after a power failure.
 */
public final class SafeTensors {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long HEADER_LIMIT = 100_000_000;
  private static final Map<ScalarType, String> NAMES =
      Map.of(
          ScalarType.Float,
          "F32",
          ScalarType.Double,
          "F64",
          ScalarType.Long,
          "I64",
          ScalarType.BFloat16,
          "BF16",
          ScalarType.Byte,
          "U8");

  private SafeTensors() {}

  /**
   * The content of a file.
   *
   * @param tensors CPU tensors by name
   * @param metadata free text by key
   */
  public record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {}

  /**
   * Writes tensors, replacing the file if it exists.
   *
   * @param file the target
   * @param tensors the tensors, on any device and in any layout
   * @param metadata free text by key
   * @throws WorkFailed if the disk is full or the folder is not writable
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    try {
      AtomicFiles.write(file, channel -> writeTo(channel, tensors, metadata));
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  private static void writeTo(
      FileChannel channel, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, Tensor> sorted = new TreeMap<>(tensors);
    byte[] header = header(sorted, metadata);
    ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    start.putLong(header.length).put(header).flip();
    AtomicFiles.writeFully(channel, start);
    for (Tensor tensor : sorted.values()) {
      try (Scope scope = new Scope()) {
        Tensor host = tensor.detach().cpu().contiguous();
        long bytes = host.nbytes();
        if (bytes > 0) {
          AtomicFiles.writeFully(
              channel, new BytePointer(host.data_ptr()).capacity(bytes).asByteBuffer());
        }
      }
    }
  }

  private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode free = header.putObject("__metadata__");
    new TreeMap<>(metadata).forEach(free::put);
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      String dtype = NAMES.get(tensor.scalar_type().intern());
      if (dtype == null) {
        throw new IllegalArgumentException(
            "Tensor '" + entry.getKey() + "' has a dtype that safetensors files do not hold here.");
      }
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", dtype);
      var shape = node.putArray("shape");
      for (long i = 0; i < tensor.dim(); i++) {
        shape.add(tensor.size(i));
      }
      long end = offset + tensor.nbytes();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    // Eight-byte alignment of the data, as the format advises: pad the header with spaces.
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  /**
   * Reads a whole file. Header length, offsets, dtypes and sizes are all checked.
   *
   * @param file the file
   * @return its tensors, which the caller's scope owns, and its metadata
   * @throws WorkFailed if the file is missing, truncated or not in this format
   */
  public static Content read(Path file) {
    try {
      return opened(file, channel -> read(channel, file));
    } catch (NoSuchFileException e) {
      throw new WorkFailed(file + " does not exist.", e);
    } catch (IOException | JacksonException | ArithmeticException e) {
      throw damaged(file, AtomicFiles.reason(e), e);
    }
  }

  /**
   * Reads only the metadata.
   *
   * @param file the file
   * @return free text by key
   * @throws WorkFailed if the file is missing, truncated or not in this format
   */
  public static Map<String, String> readMetadata(Path file) {
    try {
      return opened(file, channel -> metadata(readHeader(channel, file)));
    } catch (NoSuchFileException e) {
      throw new WorkFailed(file + " does not exist.", e);
    } catch (IOException | JacksonException e) {
      throw damaged(file, AtomicFiles.reason(e), e);
    }
  }

  private static Content read(FileChannel channel, Path file) throws IOException {
    JsonNode header = readHeader(channel, file);
    long dataStart = channel.position();
    long dataBytes = channel.size() - dataStart;
    Natives.load();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(
            entry.getKey(),
            readTensor(channel, file, entry.getKey(), entry.getValue(), dataStart, dataBytes));
      }
    }
    return new Content(tensors, metadata(header));
  }

  private static Tensor readTensor(
      FileChannel channel, Path file, String name, JsonNode node, long dataStart, long dataBytes)
      throws IOException {
    ScalarType dtype = dtype(node.path("dtype").asString(""), file, name);
    JsonNode shapeNode = node.path("shape");
    long[] shape = new long[shapeNode.size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = shapeNode.get(i).asLong(-1);
      if (shape[i] < 0) {
        throw damaged(file, "tensor '" + name + "' has a negative side", null);
      }
      count = Math.multiplyExact(count, shape[i]);
    }
    long begin = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    long expected = Math.multiplyExact(count, torch.elementSize(dtype));
    if (begin < 0 || end > dataBytes || end - begin != expected) {
      throw damaged(file, "tensor '" + name + "' lies outside the file", null);
    }
    Tensor tensor = torch.empty(shape, new TensorOptions(dtype), null);
    if (expected > 0) {
      ByteBuffer buffer = new BytePointer(tensor.data_ptr()).capacity(expected).asByteBuffer();
      readFully(channel, buffer, dataStart + begin);
    }
    return tensor;
  }

  private static ScalarType dtype(String name, Path file, String tensor) {
    for (Map.Entry<ScalarType, String> entry : NAMES.entrySet()) {
      if (entry.getValue().equals(name)) {
        return entry.getKey();
      }
    }
    throw damaged(file, "tensor '" + tensor + "' has the unknown dtype '" + name + "'", null);
  }

  private static JsonNode readHeader(FileChannel channel, Path file) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, length, 0);
    long headerBytes = length.getLong(0);
    if (headerBytes < 2 || headerBytes > Math.min(HEADER_LIMIT, channel.size() - 8)) {
      throw damaged(file, "its header length is impossible", null);
    }
    ByteBuffer header = ByteBuffer.allocate((int) headerBytes);
    readFully(channel, header, 8);
    channel.position(8 + headerBytes);
    JsonNode node = JSON.readTree(header.array());
    if (!node.isObject()) {
      throw damaged(file, "its header is not a JSON object", null);
    }
    return node;
  }

  private static void readFully(FileChannel channel, ByteBuffer into, long position)
      throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) {
        throw new EOFException("the file ends early");
      }
      at += read;
    }
  }

  private static Map<String, String> metadata(JsonNode header) {
    Map<String, String> metadata = new LinkedHashMap<>();
    header
        .path("__metadata__")
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString("")));
    return metadata;
  }

  private static WorkFailed damaged(Path file, String reason, @Nullable Exception cause) {
    String message =
        file + " is damaged or not a safetensors file (" + reason + "): use an intact copy.";
    return cause == null ? new WorkFailed(message) : new WorkFailed(message, cause);
  }

  /**
   * Whether a file looks complete: its header is valid and its size matches the header.
   *
   * @param file the file
   * @return false if it is missing, truncated or not in this format
   */
  public static boolean isWhole(Path file) {
    try {
      return opened(file, channel -> isWhole(channel, file));
    } catch (IOException | JacksonException | WorkFailed e) {
      return false;
    }
  }

  private static boolean isWhole(FileChannel channel, Path file) throws IOException {
    JsonNode header = readHeader(channel, file);
    long end = 0;
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      end = Math.max(end, entry.getValue().path("data_offsets").path(1).asLong(0));
    }
    return Files.size(file) == channel.position() + end;
  }

  private interface Reading<T> {
    T of(FileChannel channel) throws IOException;
  }

  private static <T> T opened(Path file, Reading<T> reading) throws IOException {
    return Uninterrupted.call(
        () -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return reading.of(channel);
          }
        });
  }
}
