package dev.discern.codec;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.discern.scale.Bitmap;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes with ImageIO and TwelveMonkeys' readers. The readers are named here, so that others on
 * the class path change nothing.
 */
final class LibraryDecoder {
  private static final int FIRST_APP = 0xe1;
  private static final int LAST_APP = 0xef;
  private static final int ADOBE = 0xee;
  private static final int COMMENT = 0xfe;

  private LibraryDecoder() {}

  /** Finds the readers on first use. */
  private static final class Readers {
    static final ImageReaderSpi JPEG = registered(JPEGImageReaderSpi.class.getName());
    static final ImageReaderSpi WEBP = registered(WebPImageReaderSpi.class.getName());
    static final ImageReaderSpi PNG = registered("com.sun.imageio.plugins.png.PNGImageReaderSpi");

    private Readers() {}

    private static ImageReaderSpi registered(String name) {
      Iterator<ImageReaderSpi> all =
          IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
      while (all.hasNext()) {
        ImageReaderSpi provider = all.next();
        if (provider.getClass().getName().equals(name)) {
          return provider;
        }
      }
      throw new IllegalStateException("ImageIO lacks the reader " + name + ".");
    }
  }

  static Bitmap jpeg(byte[] file) throws BadImage {
    return Samples.bitmap(read(Readers.JPEG, withoutMetadata(file)), -1);
  }

  static Bitmap png(byte[] file, PngFile header) throws BadImage {
    byte[] kept = file.clone();
    int length = PngFile.keepPixels(ByteBuffer.wrap(kept));
    BufferedImage image = read(Readers.PNG, java.util.Arrays.copyOf(kept, length));
    return Samples.bitmap(image, header.greyKey());
  }

  static Bitmap webp(byte[] file, WebpFile header) throws BadImage {
    if (header.animated()) {
      WebpFrame frame = WebpFrame.first(file);
      Bitmap still = Samples.bitmap(read(Readers.WEBP, frame.still()), -1);
      return frame.on(still, header.width(), header.height());
    }
    return Samples.bitmap(read(Readers.WEBP, file), -1);
  }

  private static BufferedImage read(ImageReaderSpi provider, byte[] file) throws BadImage {
    ImageReader reader = null;
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader = provider.createReaderInstance(null);
      reader.setInput(in, true, true);
      return reader.read(0);
    } catch (IOException | RuntimeException e) {
      // Readers throw exceptions of many types for damaged files.
      throw BadImage.damaged("its content cannot be decoded");
    } finally {
      if (reader != null) {
        reader.dispose();
      }
    }
  }

  // Color profiles would change colors, and damaged metadata stop the reader.
  private static byte[] withoutMetadata(byte[] file) throws BadImage {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    JpegMarkers markers = new JpegMarkers(ByteBuffer.wrap(file));
    out.write(file, 0, 2);
    for (int marker = markers.next(); marker != JpegMarkers.SCAN; marker = markers.next()) {
      ByteBuffer segment = markers.segment();
      boolean metadata =
          marker == COMMENT || (marker >= FIRST_APP && marker <= LAST_APP && marker != ADOBE);
      if (!metadata) {
        int length = segment.limit();
        out.write(0xff);
        out.write(marker);
        out.write((length + 2) >> 8);
        out.write(length + 2);
        out.write(file, segment.arrayOffset(), length);
      }
    }
    out.write(file, markers.position(), file.length - markers.position());
    return out.toByteArray();
  }
}
