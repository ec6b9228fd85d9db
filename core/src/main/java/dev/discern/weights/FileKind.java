package dev.discern.weights;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Tells a file's kind by its first bytes, never by its name. */
final class FileKind {
  /** How many bytes of a file it needs. */
  static final int BYTES = 512;

  private static final String EXPORT =
      "in Python, load the model with the library that wrote it and save its state dict as"
          + " safetensors";

  private FileKind() {}

  /**
   * Recognizes a format.
   *
   * @param start the file's first bytes, up to {@link #BYTES}
   * @return the format; the rest of the file may still be damaged
   * @throws BadWeights if the file is of another kind
   */
  static WeightFormat of(byte[] start) throws BadWeights {
    if (start.length == 0) {
      throw new BadWeights("is empty: fetch it again");
    }
    // Eight bytes of header length, of which the last are 0. The first may be any: 80 begins a
    // pickle, too, so this comes before the others, none of which looks so.
    if (start.length > 8 && start[8] == '{' && start[7] == 0 && start[6] == 0) {
      return WeightFormat.SAFETENSORS;
    }
    if (startsWith(start, "504b0304") || startsWith(start, "504b0506")) {
      return WeightFormat.TORCH_ZIP;
    }
    if (start[0] == (byte) 0x80) {
      return WeightFormat.TORCH_LEGACY;
    }
    refuseBinary(start);
    refuseText(new String(start, StandardCharsets.ISO_8859_1));
    throw new BadWeights(
        "is no weight file (its first bytes are "
            + HexFormat.of().formatHex(start, 0, Math.min(8, start.length))
            + "): use a safetensors file or one that torch.save wrote");
  }

  private static void refuseBinary(byte[] start) throws BadWeights {
    if (startsWith(start, "894844460d0a1a0a")) {
      throw new BadWeights("is an HDF5 file, as Keras writes them: " + EXPORT);
    }
    if (startsWith(start, "1f8b")
        || startsWith(start, "425a68")
        || startsWith(start, "fd377a58")
        || startsWith(start, "28b52ffd")) {
      throw new BadWeights("is a compressed archive: unpack it and use the file inside");
    }
    if (start.length > 262 && text(start, 257, 5).equals("ustar")) {
      throw new BadWeights("is a tar archive: unpack it and use the file inside");
    }
    if (text(start, 0, 4).equals("GGUF")) {
      throw new BadWeights("is a GGUF file: " + EXPORT);
    }
    if (text(start, 4, 4).equals("TFL3")) {
      throw new BadWeights("is a TensorFlow Lite model: " + EXPORT);
    }
    if (text(start, 0, 6).equals("\u0093NUMPY")) {
      throw new BadWeights("is a NumPy array without a name: " + EXPORT);
    }
    if (isProtocolBuffer(start)) {
      throw new BadWeights("is an ONNX or TensorFlow model: " + EXPORT);
    }
  }

  private static void refuseText(String start) throws BadWeights {
    // Latin-1 shows UTF-8's byte-order mark as three characters.
    String text = start.toLowerCase(Locale.ROOT).replaceFirst("^(ï»¿)?\\s*", "");
    if (text.startsWith("version https://git-lfs")) {
      throw new BadWeights("is a pointer of Git LFS: fetch its content with git lfs pull");
    }
    if (text.startsWith("<")) {
      throw new BadWeights(
          "is a web page: open its address in a browser to see what it says, then download the file"
              + " itself");
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      throw new BadWeights("is JSON text: use the weight file that belongs to it");
    }
  }

  // The version of the format, then the producer, the graph, or the version of the operators.
  private static boolean isProtocolBuffer(byte[] start) {
    return start.length > 2
        && start[0] == 8
        && start[1] < 32
        && (start[2] == 0x12 || start[2] == 0x1a || start[2] == 0x3a || start[2] == 0x42);
  }

  private static boolean startsWith(byte[] start, String hex) {
    byte[] magic = HexFormat.of().parseHex(hex);
    return start.length >= magic.length
        && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
  }

  private static String text(byte[] start, int offset, int length) {
    return offset + length > start.length
        ? ""
        : new String(start, offset, length, StandardCharsets.ISO_8859_1);
  }
}
