package dev.discern.weights;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's zip format: {@code NAME/data.pkl} with the value and {@code NAME/data/KEY} with the
 * bytes of each storage. Entries are stored, not compressed, so that they can be read in place.
 */
final class TorchZip {
  private static final String PICKLE = "/data.pkl";

  private TorchZip() {}

  /** Where an entry's bytes are in the file. */
  private record Extent(long begin, long end) {}

  /**
   * Reads everything but the numbers.
   *
   * @throws BadWeights if it is a zip file of another kind, damaged or unsafe
   */
  static TorchFile read(FileChannel channel) throws IOException {
    Map<String, ZipArchiveEntry> entries = entries(channel);
    String root = root(entries.keySet().stream().toList());
    requireLittleEndian(channel, entries.get(root + "/byteorder"));
    Extent pickle = extent(channel, entries.get(root + PICKLE), root + PICKLE);
    if (pickle.end() - pickle.begin() > RestrictedUnpickler.MAX_BYTES) {
      throw BadWeights.damaged("its pickle is larger than any network needs");
    }
    RestrictedUnpickler.Pickled main =
        RestrictedUnpickler.read(new PickleInput(channel, pickle.begin(), pickle.end()));
    Map<String, Long> positions = new HashMap<>();
    for (StorageRef storage : main.storages().values()) {
      String name = root + "/data/" + storage.key();
      Extent extent = extent(channel, entries.get(name), name);
      if (storage.bytes() > extent.end() - extent.begin()) {
        throw BadWeights.damaged(BadWeights.shown(name) + " is shorter than its tensors");
      }
      positions.put(storage.key(), extent.begin());
    }
    return new TorchFile(main.value(), positions);
  }

  private static List<ZipArchiveEntry> directory(FileChannel channel) throws IOException {
    SeekableByteChannel guarded = new ZipDirectoryChannel(channel);
    try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(guarded).get()) {
      return Collections.list(zip.getEntries());
    } catch (IOException | RuntimeException e) {
      // The library wraps the channel's own failures.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ClosedChannelException || cause instanceof BadWeights) {
          throw (IOException) cause;
        }
      }
      BadWeights damaged = BadWeights.damaged("its zip directory is cut off or makes no sense");
      damaged.initCause(e);
      throw damaged;
    }
  }

  private static Map<String, ZipArchiveEntry> entries(FileChannel channel) throws IOException {
    Map<String, ZipArchiveEntry> entries = new LinkedHashMap<>();
    for (ZipArchiveEntry entry : directory(channel)) {
      String name = entry.getName();
      if (name.startsWith("/") || List.of(name.split("[/\\\\]")).contains("..")) {
        throw BadWeights.damaged("an entry lies outside: " + BadWeights.shown(name));
      }
      if (entries.put(name, entry) != null) {
        throw BadWeights.damaged("two entries have the name " + BadWeights.shown(name));
      }
    }
    return entries;
  }

  private static String root(List<String> names) throws BadWeights {
    if (names.stream()
        .anyMatch(name -> name.matches("[^/]+/(constants\\.pkl|code/.*|model\\.json)"))) {
      throw new BadWeights(
          "is a TorchScript archive: in Python, open it with torch.jit.load and save its"
              + " state_dict() with torch.save");
    }
    List<String> pickles = names.stream().filter(name -> name.matches("[^/]+/data\\.pkl")).toList();
    if (pickles.size() != 1) {
      throw new BadWeights(notPyTorch(names));
    }
    return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
  }

  private static String notPyTorch(List<String> names) {
    if (names.contains("model.weights.h5")) {
      return "is a Keras model: save its weights as safetensors with the library that wrote it";
    }
    if (names.stream().anyMatch(name -> name.endsWith(".npy"))) {
      return "holds NumPy arrays: save them as safetensors";
    }
    return "is a zip file that torch.save did not write: unpack it and use the weight file inside";
  }

  private static Extent extent(FileChannel channel, @Nullable ZipArchiveEntry entry, String name)
      throws IOException {
    if (entry == null) {
      throw BadWeights.damaged(BadWeights.shown(name) + " is missing");
    }
    if (entry.getMethod() != ZipEntry.STORED || entry.getGeneralPurposeBit().usesEncryption()) {
      throw new BadWeights(
          "was packed again with compression or a password: use the file as torch.save wrote it");
    }
    long begin = entry.getDataOffset();
    long size = entry.getSize();
    if (begin < 0
        || size < 0
        || size > channel.size() - begin
        || size != entry.getCompressedSize()) {
      throw BadWeights.damaged(BadWeights.shown(name) + " lies outside the file");
    }
    return new Extent(begin, begin + size);
  }

  private static void requireLittleEndian(FileChannel channel, @Nullable ZipArchiveEntry entry)
      throws IOException {
    if (entry == null) {
      return; // older versions do not say
    }
    Extent extent = extent(channel, entry, entry.getName());
    byte[] order =
        new PickleInput(channel, extent.begin(), extent.end())
            .bytes(Math.min(8, extent.end() - extent.begin()));
    if (new String(order, StandardCharsets.ISO_8859_1).startsWith("big")) {
      throw bigEndian();
    }
  }

  /** The file comes from another kind of machine. */
  static BadWeights bigEndian() {
    return new BadWeights(
        "was written on a big-endian machine: save it as safetensors there, which is the same on"
            + " every machine");
  }
}
