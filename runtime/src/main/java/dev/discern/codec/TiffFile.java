package dev.discern.codec;

import java.nio.ByteBuffer;

/**
 * The layout of the first page of a TIFF file (TIFF 6.0).
 *
 * @param tags its directory
 * @param width columns as stored
 * @param height rows as stored
 * @param samples per pixel, extra ones included
 * @param bits per sample, the same for all
 * @param compression as the tag spells it
 * @param planar whether each sample has its own plane
 * @param tiled whether the segments are tiles rather than strips
 * @param segmentWidth columns of a segment
 * @param segmentHeight rows of a segment
 */
public record TiffFile(
    TiffTags tags,
    int width,
    int height,
    int samples,
    int bits,
    int compression,
    boolean planar,
    boolean tiled,
    int segmentWidth,
    int segmentHeight)
    implements Picture.Drawn {
  static final int JPEG = 7;

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int SAMPLES = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int PLANAR = 284;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int SAMPLE_FORMAT = 339;
  private static final int MAX_SAMPLES = 8;

  /**
   * Reads the header.
   *
   * @param file starts as a TIFF file
   * @return the header
   * @throws BadImage if it is truncated, damaged, or an unsupported variant
   */
  static TiffFile of(ByteBuffer file) throws BadImage {
    TiffTags tags = TiffTags.of(file);
    CameraRaw.refuse(tags);
    int width = tags.integer(WIDTH, 0);
    int height = tags.integer(HEIGHT, 0);
    boolean tiled = tags.has(TILE_WIDTH);
    int samples = tags.integer(SAMPLES, 1);
    TiffFile header =
        new TiffFile(
            tags,
            width,
            height,
            samples,
            bits(tags),
            tags.integer(COMPRESSION, 1),
            samples > 1 && tags.number(PLANAR, 1) == 2,
            tiled,
            tiled ? tags.integer(TILE_WIDTH, 0) : width,
            tiled ? tags.integer(TILE_HEIGHT, 0) : rowsPerStrip(tags, height));
    header.check();
    return header;
  }

  private static int rowsPerStrip(TiffTags tags, int height) throws BadImage {
    return (int) Math.min(height, tags.number(ROWS_PER_STRIP, height));
  }

  private static int bits(TiffTags tags) throws BadImage {
    long[] bits = tags.numbers(BITS);
    for (long other : bits) {
      if (other != bits[0]) {
        throw BadImage.unread("a TIFF whose channels differ in depth");
      }
    }
    return bits.length == 0 ? 1 : (int) bits[0];
  }

  private void check() throws BadImage {
    if (bits < 1 || bits > 16 || tags.number(SAMPLE_FORMAT, 1) % 4 > 1) {
      throw BadImage.unread("a TIFF of " + bits + "-bit or signed samples");
    }
    if (samples < 1 || samples > MAX_SAMPLES) {
      throw BadImage.unread("a TIFF of " + samples + " samples per pixel");
    }
    // A tile may be larger than the image, within reason.
    if (segmentWidth < 1 || segmentHeight < 1 || segmentWidth > width + 4096L) {
      throw BadImage.damaged("its TIFF strips or tiles have an impossible size");
    }
  }

  /** Segments in a row of segments. */
  int across() {
    return (width + segmentWidth - 1) / segmentWidth;
  }

  /** Rows of segments. */
  int down() {
    return (int) (((long) height + segmentHeight - 1) / segmentHeight);
  }

  @Override
  public int orientation() {
    return tags.orientation();
  }

  @Override
  public long nativeBytes() {
    long image = 3L * width * height;
    return compression == JPEG ? 2 * image : image;
  }

  @Override
  public int channels() throws BadImage {
    return TiffColors.of(this).channels();
  }

  @Override
  public void draw(ByteBuffer file, Canvas canvas, JpegDecoder jpeg) throws BadImage {
    new TiffSegments(this, TiffColors.of(this), canvas, jpeg).decode();
  }
}
