package dev.discern.image;

import dev.discern.codec.BadImage;
import dev.discern.codec.Format;
import dev.discern.codec.Limits;
import dev.discern.codec.Picture;
import dev.discern.codec.Reduction;
import dev.discern.config.DamagedImages;
import dev.discern.config.Internal;
import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An image file of any {@link Format}, recognized by its content.
 *
 * <p>Pixels become 8-bit and upright: gray levels and palettes are expanded, 16 bits scaled,
 * transparent images composited on white, CMYK converted without a printer profile, EXIF
 * orientation applied. Color profiles are ignored. The limit is 178 million pixels, or fewer if a
 * decoder would need more than 768 MB.
 *
 * @param path the file
 */
@Internal
public record ImageFile(Path path) implements Encoded {
  private static final int HEADER = 1 << 16;

  /**
   * Reads the size and the format from the file's header, without decoding.
   *
   * @return the size that {@link #decode} returns at full size
   * @throws DamagedImages if the file is missing, or its header is damaged or not of a {@link
   *     Format}
   */
  public ImageSize probe() {
    return guarded(
        () -> {
          try {
            return probe(HEADER);
          } catch (BadImage e) {
            if (!e.isCut()) {
              throw e;
            }
            // There are metadata before the size, or a directory at the end of the file.
            return probe(Limits.MAX_BYTES);
          }
        });
  }

  private ImageSize probe(long atMost) throws BadImage {
    try (FileBytes file = FileBytes.read(path, atMost)) {
      Format format = Format.of(file.view());
      Picture picture = format.open(file.view());
      return Upright.swapsSides(picture.orientation())
          ? new ImageSize(picture.height(), picture.width(), format)
          : new ImageSize(picture.width(), picture.height(), format);
    }
  }

  /**
   * Decodes the file. Safe to call from several threads.
   *
   * @throws DamagedImages if the file is missing, truncated, damaged, too large, or not of a {@link
   *     Format}; the message names the file, the reason and the way out
   */
  @Override
  public Raster decode(int atLeast, int channels) {
    return guarded(
        () -> {
          OpenCv.load();
          try (PointerScope scope = new PointerScope();
              FileBytes file = FileBytes.read(path, Limits.MAX_BYTES)) {
            Picture picture = Format.of(file.view()).open(file.view());
            Limits.checkDensity(picture, file.view().limit());
            return NativeRaster.of(decode(picture, file, atLeast), channels);
          }
        });
  }

  private static Mat decode(Picture picture, FileBytes file, int atLeast) throws BadImage {
    int reduction = Reduction.of(picture.width(), picture.height(), atLeast);
    int width = Reduction.reduced(picture.width(), reduction);
    int height = Reduction.reduced(picture.height(), reduction);
    Mat whole = Decoder.decode(picture, file, reduction);
    boolean full = whole.cols() == picture.width() && whole.rows() == picture.height();
    if (!full && (whole.cols() != width || whole.rows() != height)) {
      throw BadImage.damaged("its header gives another size than its content");
    }
    return Upright.turn(OpenCv.shrink(whole, width, height), picture.orientation());
  }

  private <T> T guarded(Work<T> work) {
    try {
      return work.run();
    } catch (BadImage e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    } catch (WorkFailed e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw damaged("does not fit into memory. Scale it down, or free memory", e);
    } catch (RuntimeException e) {
      // JavaCPP converts every C++ exception to a RuntimeException.
      throw damaged("cannot be decoded: its content is damaged. Fetch it again, or remove it", e);
    }
  }

  private DamagedImages damaged(String what, Throwable cause) {
    return new DamagedImages(path.toString(), "The image " + path + " " + what + ".", cause);
  }

  private interface Work<T> {
    T run() throws BadImage;
  }
}
