package dev.discern.bench;

import dev.discern.runtime.Classifier;
import dev.discern.runtime.Image;
import dev.discern.runtime.Options;
import dev.discern.runtime.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Compares the module {@code runtime} with ONNX Runtime called from Python, on decoded images and
 * with the same file and threads. Rounds alternate; the ratio is that of the medians.
 *
 * <p>Arguments: an exported file, rounds, threads. The environment variable PYTHON names an
 * interpreter that has onnxruntime and numpy; without it, only ours is measured.
 */
public final class RuntimeSpeed {
  private static final double SECONDS = 4;

  private RuntimeSpeed() {}

  /**
   * Runs the measurement and prints the results.
   *
   * @param arguments file, rounds (5), threads (2)
   * @throws IOException if Python does not start
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    Path file = Path.of(arguments[0]);
    Options options = Options.defaults().withThreads(threads).withBatchLimit(8);
    try (Classifier classifier = Classifier.open(file, options)) {
      Optional<PythonPeer> peer =
          PythonPeer.start(
              System.getenv("PYTHON"),
              "tools/bench/runtime.py",
              file.toString(),
              Integer.toString(threads));
      int side = classifier.card().input().height();
      for (int batch : new int[] {1, 8}) {
        compare(classifier, peer, rounds, batch, side, classifier.card().input().width());
        compare(classifier, peer, rounds, batch, 533, 400);
      }
      peer.ifPresent(PythonPeer::close);
    }
  }

  private static void compare(
      Classifier classifier,
      Optional<PythonPeer> peer,
      int rounds,
      int batch,
      int height,
      int width) {
    byte[] rgb = new byte[3 * height * width];
    new Random(0).nextBytes(rgb);
    List<Image> images =
        Collections.nCopies(batch, new Image.Decoded(new Pixels(height, width, rgb)));
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    String question = String.format(Locale.ROOT, "%d %d %d %.1f", batch, height, width, SECONDS);
    for (int round = 0; round <= rounds; round++) {
      double rate = rate(classifier, images);
      double other = peer.map(p -> Double.parseDouble(p.ask(question))).orElse(Double.NaN);
      if (round > 0) { // the first warms up
        ours.add(rate);
        theirs.add(other);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "batch %d of %d x %d  n=%d  runtime %.1f images/s  Python %.1f  ratio %.3f (target: 0.95)%n",
        batch,
        height,
        width,
        rounds,
        Rounds.median(ours),
        Rounds.median(theirs),
        Rounds.median(ours) / Rounds.median(theirs));
  }

  private static double rate(Classifier classifier, List<Image> images) {
    long start = System.nanoTime();
    int done = 0;
    while (System.nanoTime() - start < SECONDS * 1e9) {
      done += classifier.classifyAll(images).size();
    }
    return done / ((System.nanoTime() - start) / 1e9);
  }
}
