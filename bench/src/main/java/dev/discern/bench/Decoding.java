package dev.discern.bench;

import dev.discern.config.Spec;
import dev.discern.image.ImageFile;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.torch.Seeds;
import dev.discern.view.View;
import dev.discern.view.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures the decoding of photographs as in training: decode, random resized crop to 224 pixels,
 * flip, on one thread. {@code tools/bench/decoding.py} does the same with torchvision on Pillow;
 * {@code tools/bench.sh decoding} alternates the two. Target: 1.5 times torchvision.
 *
 * <p>Arguments: folder, images (3000: the first pass over them also warms the JVM up).
 */
public final class Decoding {
  private static final int SIDE = 224;

  private Decoding() {}

  /**
   * Measures and prints images per second.
   *
   * @param arguments folder, images
   * @throws IOException if the folder cannot be listed
   */
  public static void main(String[] arguments) throws IOException {
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3000;
    List<ImageFile> files;
    try (Stream<Path> all = Files.walk(Path.of(arguments[0]))) {
      files =
          all.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.jpe?g"))
              .sorted()
              .limit(count)
              .map(ImageFile::new)
              .toList();
    }
    View view =
        Views.training(
            new ImageShape(3, SIDE, SIDE),
            Interpolation.BILINEAR,
            1,
            List.of(Spec.parse("resized-crop"), Spec.parse("flip")));
    double unused = round(files, view, 0);
    System.out.printf(Locale.ROOT, "%.1f%n", round(files, view, 1));
  }

  private static double round(List<ImageFile> files, View view, int epoch) {
    long start = System.nanoTime();
    for (int i = 0; i < files.size(); i++) {
      var unused = view.apply(files.get(i), Seeds.random(0, epoch, i));
    }
    return files.size() / ((System.nanoTime() - start) / 1e9);
  }
}
