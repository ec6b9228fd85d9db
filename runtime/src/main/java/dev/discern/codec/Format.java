package dev.discern.codec;

import java.nio.ByteBuffer;
import java.util.List;

/** The supported image formats. A new one needs a line here and a {@link Picture}. */
@SuppressWarnings("ImmutableEnumChecker") // immutable lists and stateless methods
public enum Format {
  /** Baseline and progressive, 8 bits; gray, color, CMYK and YCCK. */
  JPEG("JPEG", List.of("jpg", "jpeg", "jpe", "jfif"), Magic.any("ffd8ff"), JpegFile::of),
  /** Every depth and color type. */
  PNG("PNG", List.of("png"), Magic.any("89504e470d0a1a0a"), PngFile::of),
  /** Lossy and lossless; the first frame of animations. */
  WEBP("WebP", List.of("webp"), Magic.any("52494646........57454250"), WebpFile::of),
  /** 1 to 32 bits, plain or run-length coded. */
  BMP("BMP", List.of("bmp", "dib"), Magic.textAt(0, "BM"), BmpFile::of),
  /** The first frame. */
  GIF("GIF", List.of("gif"), Magic.textAt(0, "GIF87a", "GIF89a"), GifFile::of),
  /** The first page; uncompressed, LZW, deflate, PackBits or JPEG; up to 16 bits. */
  TIFF(
      "TIFF",
      List.of("tif", "tiff"),
      Magic.any("49492a00", "4d4d002a", "49492b00", "4d4d002b"),
      TiffFile::of);

  private final String spelling;
  private final List<String> extensions;
  private final List<Magic> magic;
  private final Opener opener;

  Format(String spelling, List<String> extensions, List<Magic> magic, Opener opener) {
    this.spelling = spelling;
    this.extensions = extensions;
    this.magic = magic;
    this.opener = opener;
  }

  /** Parses a header. */
  interface Opener {
    Picture open(ByteBuffer file) throws BadImage;
  }

  /**
   * The usual file name extensions of this format.
   *
   * @return lower-case extensions without the dot
   */
  public List<String> extensions() {
    return extensions;
  }

  /**
   * Recognizes a file by its content, whatever its name says.
   *
   * @param file at least its first 512 bytes, or all it has
   * @return its format
   * @throws BadImage if it is of another kind; the message names the kind
   */
  public static Format of(ByteBuffer file) throws BadImage {
    // This check comes first, since camera raw files start like TIFF files.
    OtherKind.refuse(file);
    for (Format format : values()) {
      if (format.magic.stream().anyMatch(m -> m.matches(file))) {
        return format;
      }
    }
    throw new BadImage(
        "is not an image of a known kind. Convert it to JPEG or PNG, or" + " remove it");
  }

  /**
   * Parses the header of a file of this format.
   *
   * @param file the file, or its start
   * @return the header, within {@link Limits}
   * @throws BadImage if it is truncated, damaged, too large, or an unsupported variant
   */
  public Picture open(ByteBuffer file) throws BadImage {
    Picture picture = opener.open(file);
    Limits.check(picture);
    return picture;
  }

  /** The usual spelling: {@code WebP}. */
  @Override
  public String toString() {
    return spelling;
  }
}
