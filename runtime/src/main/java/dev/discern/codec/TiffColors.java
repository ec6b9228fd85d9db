package dev.discern.codec;

/**
 * Converts a row of TIFF samples to 8 bits.
 *
 * @param kind how colors are stored
 * @param samples per pixel
 * @param largest the largest sample value
 * @param alpha which extra sample is opacity
 * @param palette red, green, blue in the low 24 bits; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // parsed once per file, never compared
record TiffColors(Kind kind, int samples, int largest, Alpha alpha, int[] palette) {
  private static final int PHOTOMETRIC = 262;
  private static final int COLOR_MAP = 320;
  private static final int EXTRA_SAMPLES = 338;

  /** How colors are stored. */
  enum Kind {
    WHITE_IS_ZERO(1),
    BLACK_IS_ZERO(1),
    RGB(3),
    PALETTE(1),
    CMYK(4),
    YCBCR(3);

    private final int samples;

    Kind(int samples) {
      this.samples = samples;
    }
  }

  /** Whether colors are premultiplied by opacity. */
  enum Alpha {
    NONE,
    MULTIPLIED,
    SEPARATE
  }

  static TiffColors of(TiffFile header) throws BadImage {
    Kind kind = kind(header);
    if (header.samples() < kind.samples) {
      throw BadImage.damaged("it has fewer TIFF samples than its colors need");
    }
    long[] extra = header.tags().numbers(EXTRA_SAMPLES);
    long first = header.samples() > kind.samples && extra.length > 0 ? extra[0] : 0;
    boolean mayBeClear = kind != Kind.CMYK && kind != Kind.PALETTE;
    Alpha alpha =
        !mayBeClear
            ? Alpha.NONE
            : first == 1 ? Alpha.MULTIPLIED : first == 2 ? Alpha.SEPARATE : Alpha.NONE;
    int largest = (1 << header.bits()) - 1;
    int[] palette = kind == Kind.PALETTE ? palette(header.tags(), largest + 1) : new int[0];
    return new TiffColors(kind, header.samples(), largest, alpha, palette);
  }

  private static Kind kind(TiffFile header) throws BadImage {
    long photometric = header.tags().number(PHOTOMETRIC, header.samples() >= 3 ? 2 : 1);
    return switch ((int) Math.min(photometric, Integer.MAX_VALUE)) {
      case 0 -> Kind.WHITE_IS_ZERO;
      case 1 -> Kind.BLACK_IS_ZERO;
      case 2 -> Kind.RGB;
      case 3 -> Kind.PALETTE;
      case 5 -> Kind.CMYK;
      case 6 -> {
        if (header.compression() != TiffFile.JPEG) {
          throw BadImage.unread("a TIFF in YCbCr colors without JPEG compression");
        }
        yield Kind.YCBCR;
      }
      default -> throw BadImage.unread("a TIFF in color space " + photometric);
    };
  }

  private static int[] palette(TiffTags tags, int colors) throws BadImage {
    long[] map = tags.numbers(COLOR_MAP);
    if (map.length < 3 * colors) {
      throw BadImage.damaged("its TIFF color map is incomplete");
    }
    int[] palette = new int[colors];
    for (int k = 0; k < colors; k++) {
      palette[k] =
          (int) (map[k] >> 8) << 16
              | (int) (map[colors + k] >> 8) << 8
              | (int) (map[2 * colors + k] >> 8);
    }
    return palette;
  }

  /** Channels of the result: 1 or 3. */
  int channels() {
    return kind == Kind.WHITE_IS_ZERO || kind == Kind.BLACK_IS_ZERO ? 1 : 3;
  }

  /** Converts a row. */
  void convert(int[] from, byte[] row) {
    int channels = channels();
    for (int in = 0, out = 0; out < row.length; in += samples, out += channels) {
      switch (kind) {
        case PALETTE -> color(palette[from[in]], row, out);
        case CMYK -> cmyk(from, in, row, out);
        default -> {
          int opacity = alpha == Alpha.NONE ? largest : from[in + channels];
          for (int c = 0; c < channels; c++) {
            row[out + c] = (byte) plain(from[in + c], opacity);
          }
        }
      }
    }
  }

  private int plain(int stored, int opacity) {
    int value = kind == Kind.WHITE_IS_ZERO ? largest - stored : stored;
    if (alpha == Alpha.MULTIPLIED) {
      return scale(Math.min(largest, value + largest - opacity));
    }
    return opacity == largest ? scale(value) : Samples.onWhite(value, opacity, largest);
  }

  private int scale(int value) {
    return largest == 255 ? value : (value * 255 + largest / 2) / largest;
  }

  private static void color(int color, byte[] row, int out) {
    row[out] = (byte) (color >> 16);
    row[out + 1] = (byte) (color >> 8);
    row[out + 2] = (byte) color;
  }

  // Without a printer profile: ink subtracts.
  private void cmyk(int[] from, int in, byte[] row, int out) {
    int light = 255 - scale(from[in + 3]);
    for (int c = 0; c < 3; c++) {
      row[out + c] = (byte) (((255 - scale(from[in + c])) * light + 127) / 255);
    }
  }
}
