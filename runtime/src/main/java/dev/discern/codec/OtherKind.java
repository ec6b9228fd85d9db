package dev.discern.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Unsupported kinds of files that are recognized so that messages can name them. */
@SuppressWarnings("ImmutableEnumChecker") // immutable lists and stateless methods
public enum OtherKind {
  HEIC(
      "HEIC",
      List.of("heic", "heif", "hif"),
      ftyp("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1")),
  AVIF("AVIF", List.of("avif", "avifs"), ftyp("avif", "avis")),
  CANON_RAW(
      "a camera's raw file (Canon)",
      List.of("cr2", "cr3", "crw"),
      Magic.any("49492a00........4352", "........66747970637278", "49491a000000484541504343")),
  FUJI_RAW("a camera's raw file (Fujifilm)", List.of("raf"), Magic.textAt(0, "FUJIFILMCCD-RAW")),
  OLYMPUS_RAW(
      "a camera's raw file (Olympus)", List.of("orf"), Magic.textAt(0, "IIRO", "IIRS", "MMOR")),
  PANASONIC_RAW("a camera's raw file (Panasonic)", List.of("rw2"), Magic.any("49495500")),
  SIGMA_RAW("a camera's raw file (Sigma)", List.of("x3f"), Magic.textAt(0, "FOVb")),
  // These are TIFF files inside; CameraRaw recognizes them.
  OTHER_RAW(
      "a camera's raw file",
      List.of("nef", "nrw", "arw", "srf", "sr2", "dng", "pef", "srw", "3fr", "iiq", "rwl"),
      List.of()),
  JPEG_2000(
      "JPEG 2000",
      List.of("jp2", "j2k", "jpf", "jpx", "j2c"),
      Magic.any("0000000c6a502020", "ff4fff51")),
  JPEG_XL("JPEG XL", List.of("jxl"), Magic.any("0000000c4a584c20", "ff0a")),
  PHOTOSHOP("a Photoshop document", List.of("psd", "psb"), Magic.textAt(0, "8BPS")),
  ICON("an icon (ICO)", List.of("ico", "cur"), Magic.any("00000100", "00000200")),
  PDF("a PDF document", List.of("pdf"), Magic.textAt(0, "%PDF")),
  SVG("an SVG drawing", List.of("svg"), List.of()),
  NETPBM(
      "a Netpbm image",
      List.of("pbm", "pgm", "ppm", "pnm", "pam"),
      Magic.any(
          "50310a", "50320a", "50330a", "50340a", "50350a", "50360a", "50370a", "503520",
          "503620")),
  OPENEXR("OpenEXR", List.of("exr"), Magic.any("762f3101")),
  RADIANCE("a Radiance image", List.of("hdr"), Magic.textAt(0, "#?RADIANCE")),
  TARGA("a Targa image", List.of("tga"), List.of()),
  VIDEO(
      "a video",
      List.of("mp4", "m4v", "mov", "avi", "mkv", "webm"),
      Magic.any("........66747970", "1a45dfa3", "52494646........41564920", "........6d6f6f76"));

  private static final int TEXT = 512;

  private final String spelling;
  private final List<String> extensions;
  private final List<Magic> magic;

  OtherKind(String spelling, List<String> extensions, List<Magic> magic) {
    this.spelling = spelling;
    this.extensions = extensions;
    this.magic = magic;
  }

  // ISO base media files name their brand behind "ftyp".
  private static List<Magic> ftyp(String... brands) {
    return List.of(brands).stream().flatMap(b -> Magic.textAt(4, "ftyp" + b).stream()).toList();
  }

  /**
   * The kind's name in messages.
   *
   * @return words such as {@code HEIC}
   */
  public String spelling() {
    return spelling;
  }

  /**
   * The usual file name extensions.
   *
   * @return lower-case extensions without the dot
   */
  public List<String> extensions() {
    return extensions;
  }

  /** Refuses a file of an unsupported kind. */
  static void refuse(ByteBuffer file) throws BadImage {
    for (OtherKind kind : values()) {
      if (kind.magic.stream().anyMatch(m -> m.matches(file))) {
        throw BadImage.unread(kind.spelling);
      }
    }
    refuseText(file);
  }

  private static void refuseText(ByteBuffer file) throws BadImage {
    byte[] start = new byte[Math.min(TEXT, file.limit())];
    file.get(0, start);
    // Latin-1 shows UTF-8's byte-order mark as three characters.
    String text =
        new String(start, StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT)
            .replaceFirst("^(ï»¿)?\\s*", "");
    if (text.startsWith("version https://git-lfs")) {
      throw new BadImage(
          "is a pointer of Git LFS, not an image. Fetch its content with git lfs pull");
    }
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      throw new BadImage("is a web page, not an image. Download it again, or remove it");
    }
    if (text.startsWith("<") && text.contains("<svg")) {
      throw BadImage.unread(SVG.spelling);
    }
  }
}
