package dev.discern.export;

import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.config.WorkFailed;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.failure.DiscernException;
import dev.discern.image.Crop;
import dev.discern.image.Encoded;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import dev.discern.run.OwnData;
import dev.discern.view.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Images on which an export is compared with its original: test images of the run, or synthetic
 * ones where there are none.
 *
 * @param images decoded, of any size
 * @param what what they are, for a message, such as {@code test images}
 * @param note why they are not test images; else empty
 */
record SampleImages(List<Pixels> images, String what, String note) {
  private static final int MOST = 32;
  private static final int SYNTHETIC = 8;
  private static final int LEVELS = 255;

  static SampleImages of(Path run, ModelFile model, LoadListener listener) {
    try {
      List<Pixels> images = decoded(OwnData.of(run, model, listener).test(), model.card());
      return new SampleImages(images, "test images", "");
    } catch (DiscernException e) {
      return new SampleImages(
          synthetic(model.card()),
          "synthetic images",
          "Without test images, the export is compared on synthetic ones. " + e.getMessage());
    }
  }

  private static List<Pixels> decoded(ImageSet test, ModelCard card) {
    View view = card.preprocessing().view();
    int count = Math.min(MOST, test.size());
    List<Pixels> images = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int image = (int) ((long) k * test.size() / count);
      try {
        images.add(whole(test.image(image), view));
      } catch (WorkFailed damaged) {
        // Training and the data check report damaged images; here, others serve as well.
      }
    }
    if (images.isEmpty()) {
      throw new WorkFailed("None of the test images can be decoded.");
    }
    return images;
  }

  private static Pixels whole(Encoded image, View view) {
    try (Raster raster = image.decode(view.atLeast(), view.shape().channels())) {
      int height = raster.height();
      int width = raster.width();
      return raster.scaled(new Crop(0, 0, height, width), height, width, view.interpolation());
    }
  }

  private static List<Pixels> synthetic(ModelCard card) {
    SplittableRandom random = new SplittableRandom(1);
    View view = card.preprocessing().view();
    int least = Math.max(2, view.atLeast() / 4);
    List<Pixels> images = new ArrayList<>();
    for (int k = 0; k < SYNTHETIC; k++) {
      int height = random.nextInt(least, 2 * view.atLeast());
      int width = random.nextInt(least, 2 * view.atLeast());
      images.add(drawn(random, height, width, view.shape().channels()));
    }
    return images;
  }

  /** Smooth waves of color with some noise. */
  static Pixels drawn(SplittableRandom random, int height, int width, int channels) {
    double across = random.nextDouble(3, 40);
    double down = random.nextDouble(3, 40);
    int noise = random.nextInt(1, 64);
    byte[] data = new byte[height * width * channels];
    for (int k = 0; k < data.length; k++) {
      int pixel = k / channels;
      double x = (double) (pixel % width) / width;
      int row = pixel / width;
      double y = (double) row / height;
      double wave = 0.5 + 0.4 * Math.sin(across * x + k % channels) * Math.cos(down * y);
      long value = Math.round(LEVELS * wave) + random.nextInt(-noise, noise + 1);
      data[k] = (byte) Math.max(0, Math.min(LEVELS, value));
    }
    return new Pixels(height, width, channels, data);
  }
}
