package dev.discern.codec;

import dev.discern.scale.Bitmap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The first frame of an animated WebP file (RFC 9649, section 2.7).
 *
 * @param left the frame's first column on the canvas
 * @param top the frame's first row on the canvas
 * @param still the frame as a file of its own
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record WebpFrame(int left, int top, byte[] still) {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int EXTENDED = 10;
  private static final int ANMF = 0x414e_4d46;
  private static final int ALPH = 0x414c_5048;
  private static final int ALPHA_FLAG = 0x10;

  /** Finds the frame in a file whose chunks were checked by {@link WebpFile}. */
  static WebpFrame first(byte[] file) throws BadImage {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = FIRST_CHUNK; at + CHUNK_HEADER <= file.length; ) {
      int length = bytes.getInt(at + 4);
      if (length < 0 || length > file.length - at - CHUNK_HEADER) {
        throw BadImage.cut("WebP");
      }
      if (Integer.reverseBytes(bytes.getInt(at)) == ANMF && length > FRAME_HEADER) {
        return of(bytes.slice(at + CHUNK_HEADER, length).order(ByteOrder.LITTLE_ENDIAN));
      }
      at += CHUNK_HEADER + length + (length & 1);
    }
    throw BadImage.damaged("it is an animated WebP file without a frame");
  }

  private static WebpFrame of(ByteBuffer frame) {
    int data = frame.limit() - FRAME_HEADER;
    boolean extended = Integer.reverseBytes(frame.getInt(FRAME_HEADER)) == ALPH;
    int size = FIRST_CHUNK + (extended ? CHUNK_HEADER + EXTENDED : 0) + data;
    ByteBuffer still = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    still.put(new byte[] {'R', 'I', 'F', 'F'}).putInt(size - 8);
    still.put(new byte[] {'W', 'E', 'B', 'P'});
    if (extended) {
      byte[] sides = new byte[6];
      frame.get(6, sides);
      still.put(new byte[] {'V', 'P', '8', 'X'}).putInt(EXTENDED).putInt(ALPHA_FLAG).put(sides);
    }
    still.put(frame.slice(FRAME_HEADER, data));
    return new WebpFrame(2 * number(frame, 0), 2 * number(frame, 3), still.array());
  }

  private static int number(ByteBuffer frame, int at) {
    return (frame.getShort(at) & 0xffff) | ((frame.get(at + 2) & 0xff) << 16);
  }

  /** The decoded frame on a white canvas. */
  Bitmap on(Bitmap frame, int width, int height) throws BadImage {
    if (left == 0 && top == 0 && frame.width() == width && frame.height() == height) {
      return frame;
    }
    if (left + frame.width() > width || top + frame.height() > height) {
      throw BadImage.damaged("its first WebP frame leaves the canvas");
    }
    byte[] canvas = new byte[3 * width * height];
    Arrays.fill(canvas, (byte) 0xff);
    byte[] rgb = frame.in(3).data();
    int row = 3 * frame.width();
    for (int y = 0; y < frame.height(); y++) {
      System.arraycopy(rgb, y * row, canvas, 3 * ((top + y) * width + left), row);
    }
    return new Bitmap(height, width, 3, canvas);
  }
}
