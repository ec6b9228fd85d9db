package dev.discern.torch;

import dev.discern.config.AtomicFiles;
import dev.discern.config.Uninterrupted;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.core.JacksonException;
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
        TensorBytes.write(channel, host);
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
      Dtype dtype =
          Dtype.of(tensor.scalar_type())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Tensor '"
                              + entry.getKey()
                              + "' has a dtype that safetensors files do not hold here."));
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", dtype.name());
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
   * @return its tensors in the order of the file, which the caller's scope owns, and its metadata
   * @throws WorkFailed if the file is missing, truncated or not in this format
   */
  public static Content read(Path file) {
    return reading(file, SafeTensors::read);
  }

  /**
   * Reads only the metadata.
   *
   * @param file the file
   * @return free text by key
   * @throws WorkFailed if the file is missing, truncated or not in this format
   */
  public static Map<String, String> readMetadata(Path file) {
    return reading(file, SafeTensorsHeader::read).metadata();
  }

  /**
   * Lists the tensors without reading their numbers.
   *
   * @param file the file
   * @return name, dtype and shape of each tensor, in the order of the file
   * @throws WorkFailed if the file is missing, truncated or not in this format
   */
  public static List<TensorInfo> list(Path file) {
    return reading(file, SafeTensorsHeader::read).entries().stream()
        .map(SafeTensorsHeader.Entry::info)
        .toList();
  }

  private static <T> T reading(Path file, Reading<T> reading) {
    try {
      return opened(file, reading);
    } catch (NoSuchFileException e) {
      throw new WorkFailed(file + " does not exist.", e);
    } catch (IOException | JacksonException e) {
      throw new WorkFailed(
          file
              + " is damaged or not a safetensors file ("
              + AtomicFiles.reason(e)
              + "): use an intact copy.",
          e);
    }
  }

  private static Content read(FileChannel channel) throws IOException {
    SafeTensorsHeader header = SafeTensorsHeader.read(channel);
    Natives.load();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (SafeTensorsHeader.Entry entry : header.entries()) {
      TensorInfo info = entry.info();
      Tensor tensor = Tensors.empty(info.dtype().scalarType(), shape(info));
      TensorBytes.read(channel, entry.begin(), tensor);
      tensors.put(info.name(), tensor);
    }
    return new Content(tensors, header.metadata());
  }

  private static long[] shape(TensorInfo info) {
    return info.shape().stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Whether a file looks complete: its header is valid and its size matches the header.
   *
   * @param file the file
   * @return false if it is missing, truncated or not in this format
   */
  public static boolean isWhole(Path file) {
    try {
      SafeTensorsHeader unused = opened(file, SafeTensorsHeader::read);
      return true;
    } catch (IOException | JacksonException e) {
      return false;
    }
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
