package dev.discern.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decodes the strips or tiles of a TIFF file, one row at a time, into an image. */
final class TiffSegments {
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int PREDICTOR = 317;
  private static final int FILL_ORDER = 266;

  private final TiffFile header;
  private final TiffColors colors;
  private final Picture.Canvas canvas;
  private final Picture.JpegDecoder jpeg;
  private final long[] offsets;
  private final long[] lengths;
  private final boolean predicted;
  private final boolean reversed;
  private final int perRow;
  private final byte[] packed;
  private final int[] samples;

  TiffSegments(TiffFile header, TiffColors colors, Picture.Canvas canvas, Picture.JpegDecoder jpeg)
      throws BadImage {
    this.header = header;
    this.colors = colors;
    this.canvas = canvas;
    this.jpeg = jpeg;
    TiffTags tags = header.tags();
    offsets = tags.numbers(header.tiled() ? TILE_OFFSETS : STRIP_OFFSETS);
    lengths = tags.numbers(header.tiled() ? TILE_BYTES : STRIP_BYTES);
    long wanted = (long) header.across() * header.down() * (header.planar() ? header.samples() : 1);
    if (offsets.length < wanted || lengths.length < wanted) {
      throw BadImage.damaged("its TIFF strips or tiles are incomplete");
    }
    predicted = predicted(tags.number(PREDICTOR, 1));
    reversed = tags.number(FILL_ORDER, 1) == 2;
    perRow = header.segmentWidth() * (header.planar() ? 1 : header.samples());
    packed = new byte[(int) (((long) perRow * header.bits() + 7) / 8)];
    samples = new int[header.segmentWidth() * header.samples()];
  }

  private boolean predicted(long predictor) throws BadImage {
    if (predictor == 1 || !TiffRows.predicts(header.compression())) {
      return false;
    }
    if (predictor != 2 || (header.bits() != 8 && header.bits() != 16)) {
      throw BadImage.unread("a TIFF with predictor " + predictor);
    }
    return true;
  }

  void decode() throws BadImage {
    for (int row = 0; row < header.down(); row++) {
      for (int column = 0; column < header.across(); column++) {
        int segment = row * header.across() + column;
        int top = row * header.segmentHeight();
        int left = column * header.segmentWidth();
        if (header.compression() == TiffFile.JPEG) {
          jpeg(segment, top, left);
        } else {
          rows(segment, top, left);
        }
      }
    }
  }

  private void jpeg(int segment, int top, int left) throws BadImage {
    int channels = colors.channels();
    byte[] file = TiffJpeg.file(header, data(segment), channels);
    JpegFile inner = TiffJpeg.checked(header, file, top, left);
    byte[] pixels = jpeg.decode(file, inner);
    int rows = Math.min(header.segmentHeight(), header.height() - top);
    byte[] row = new byte[Math.min(header.segmentWidth(), header.width() - left) * channels];
    for (int y = 0; y < rows; y++) {
      System.arraycopy(pixels, y * inner.width() * channels, row, 0, row.length);
      canvas.row(top + y, left, row);
    }
  }

  private ByteBuffer data(int segment) throws BadImage {
    ByteBuffer file = header.tags().file();
    if (offsets[segment] + lengths[segment] > file.limit()) {
      throw BadImage.cut("TIFF");
    }
    return file.slice((int) offsets[segment], (int) lengths[segment]).order(file.order());
  }

  private void rows(int segment, int top, int left) throws BadImage {
    int planes = header.planar() ? header.samples() : 1;
    TiffRows[] readers = new TiffRows[planes];
    try {
      for (int p = 0; p < planes; p++) {
        int plane = p * header.across() * header.down();
        ByteBuffer data = data(plane + segment);
        readers[p] = TiffRows.of(header, data, reversed);
      }
      int rows = Math.min(header.segmentHeight(), header.height() - top);
      int columns = Math.min(header.segmentWidth(), header.width() - left);
      byte[] row = new byte[columns * colors.channels()];
      for (int y = 0; y < rows; y++) {
        for (int p = 0; p < planes; p++) {
          readers[p].read(packed);
          unpack(p, planes);
        }
        colors.convert(samples, row);
        canvas.row(top + y, left, row);
      }
    } finally {
      for (TiffRows reader : readers) {
        if (reader != null) {
          reader.close();
        }
      }
    }
  }

  private void unpack(int plane, int planes) {
    switch (header.bits()) {
      case 8 -> bytes(plane, planes);
      case 16 -> shorts(plane, planes);
      default -> bits(plane, planes);
    }
  }

  private void bytes(int plane, int planes) {
    int stride = header.planar() ? 1 : header.samples();
    for (int k = 0; k < perRow; k++) {
      if (predicted && k >= stride) {
        packed[k] += packed[k - stride];
      }
      samples[k * planes + plane] = packed[k] & 0xff;
    }
  }

  private void shorts(int plane, int planes) {
    int stride = header.planar() ? 1 : header.samples();
    boolean little = header.tags().file().order() == ByteOrder.LITTLE_ENDIAN;
    for (int k = 0; k < perRow; k++) {
      int first = packed[2 * k] & 0xff;
      int second = packed[2 * k + 1] & 0xff;
      int value = little ? (second << 8) | first : (first << 8) | second;
      if (predicted && k >= stride) {
        value = (value + samples[(k - stride) * planes + plane]) & 0xffff;
      }
      samples[k * planes + plane] = value;
    }
  }

  private void bits(int plane, int planes) {
    int bits = header.bits();
    for (int k = 0; k < perRow; k++) {
      int value = 0;
      for (int bit = k * bits; bit < (k + 1) * bits; bit++) {
        value = (value << 1) | ((packed[bit >> 3] >> (7 - (bit & 7))) & 1);
      }
      samples[k * planes + plane] = value;
    }
  }
}
