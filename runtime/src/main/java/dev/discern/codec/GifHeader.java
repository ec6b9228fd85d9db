package dev.discern.codec;

import java.nio.ByteBuffer;

/** Reads a GIF file up to the pixels of its first frame. */
final class GifHeader {
  private static final int EXTENSION = 0x21;
  private static final int FRAME = 0x2c;
  private static final int GRAPHIC_CONTROL = 0xf9;

  private final ByteBuffer file;
  private int at = 13; // after the signature and the screen descriptor
  private int transparent = -1;

  GifHeader(ByteBuffer file) {
    this.file = file;
  }

  GifFile read() throws BadImage {
    int flags = unsigned(10);
    int[] palette = palette((flags & 0x80) != 0, flags);
    for (int block = unsigned(at++); block != FRAME; block = unsigned(at++)) {
      if (block != EXTENSION) {
        throw BadImage.damaged("it is a GIF file without a picture");
      }
      extension();
    }
    return frame(palette);
  }

  private void extension() {
    int label = unsigned(at++);
    if (label == GRAPHIC_CONTROL && unsigned(at) >= 4 && (file.get(at + 1) & 1) != 0) {
      transparent = unsigned(at + 4);
    }
    for (int length = unsigned(at++); length != 0; length = unsigned(at++)) {
      at += length;
    }
  }

  private GifFile frame(int[] shared) throws BadImage {
    int left = side(at);
    int top = side(at + 2);
    int frameWidth = side(at + 4);
    int frameHeight = side(at + 6);
    int flags = unsigned(at + 8);
    at += 9;
    boolean ownPalette = (flags & 0x80) != 0;
    int[] own = palette(ownPalette, flags);
    if (frameWidth == 0 || frameHeight == 0) {
      throw BadImage.damaged("its first GIF frame has no pixels");
    }
    int[] palette = ownPalette ? own : shared;
    return new GifFile(
        // A frame may be larger than the screen, which grows with it.
        Math.max(side(6), left + frameWidth),
        Math.max(side(8), top + frameHeight),
        left,
        top,
        frameWidth,
        frameHeight,
        (flags & 0x40) != 0,
        palette,
        transparent,
        transparent >= 0 ? 0xffffff : palette[unsigned(11)],
        at);
  }

  private int[] palette(boolean present, int flags) {
    int[] palette = new int[256];
    int colors = present ? 2 << (flags & 7) : 256;
    for (int k = 0; k < colors; k++) {
      // Without a palette, shades of gray.
      palette[k] =
          present ? unsigned(at) << 16 | unsigned(at + 1) << 8 | unsigned(at + 2) : k * 0x010101;
      at += present ? 3 : 0;
    }
    return palette;
  }

  private int side(int position) {
    return file.getShort(position) & 0xffff;
  }

  private int unsigned(int position) {
    return file.get(position) & 0xff;
  }
}
