package dev.discern.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Wraps pickles as PyTorch does. */
final class TorchFiles {
  private TorchFiles() {}

  /** A zip file of a pickle and one storage. */
  static byte[] zip(byte[] pickle, byte[] storage) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", pickle);
    entries.put("archive/data/0", storage);
    return zip(entries, ZipArchiveEntry.STORED);
  }

  static byte[] zip(Map<String, byte[]> entries, int method) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        // A name written "x@2" is a second x.
        put(zip, entry.getKey().replaceFirst("@.*", ""), entry.getValue(), method);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void put(ZipArchiveOutputStream zip, String name, byte[] bytes, int method)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setMethod(method);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    zip.putArchiveEntry(entry);
    zip.write(bytes);
    zip.closeArchiveEntry();
  }

  /** A legacy file of a pickle and what follows it: the pickle of the keys, and the storages. */
  static byte[] legacy(byte[] pickle, byte[] rest) {
    return legacy(true, pickle, rest);
  }

  static byte[] legacy(boolean littleEndian, byte[] pickle, byte[] rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        new Pickle().op(0x80, 2, 0x8a, 10).number(0xa86a20f9469cfc6cL, 8).op(0x50, 0x19).bytes());
    out.writeBytes(new Pickle().op(0x80, 2).integer(1001).bytes());
    out.writeBytes(
        new Pickle()
            .op(0x80, 2, '}')
            .text("little_endian")
            .op(littleEndian ? 0x88 : 0x89)
            .op("s")
            .bytes());
    out.writeBytes(pickle);
    out.writeBytes(rest);
    return out.toByteArray();
  }

  /** What follows the pickle: one key, a count, and numbers. */
  static byte[] rest(String key, long count, byte[] numbers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new Pickle().op("]").text(key).op("a").bytes());
    byte[] counted = new Pickle().number(count, 8).bytes();
    out.write(counted, 0, 8);
    out.writeBytes(numbers);
    return out.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
