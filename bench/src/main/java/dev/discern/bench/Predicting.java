package dev.discern.bench;

import dev.discern.backbone.Pass;
import dev.discern.card.ModelFile;
import dev.discern.image.ImageFile;
import dev.discern.predict.Classifier;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.torch.Threads;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import dev.discern.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Compares classifying image files with its two halves: decoding them on one thread, and passing
 * decoded batches through the network. The three alternate. Target: 0.9 times the slower half.
 *
 * <p>Arguments: run, folder, images (1000), rounds (5).
 */
public final class Predicting {
  private Predicting() {}

  /**
   * Runs the benchmark and prints the results.
   *
   * @param arguments run, folder, images, rounds
   * @throws IOException if the folder cannot be listed
   */
  public static void main(String[] arguments) throws IOException {
    int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1000;
    int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of(arguments[1]))) {
      files =
          all.filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.jpe?g"))
              .sorted()
              .limit(count)
              .toList();
    }
    Threads.use(Threads.choose(Threads.AUTO));
    ModelFile model = ModelFile.find(Path.of(arguments[0]), ModelFile.BEST);
    View view = model.card().preprocessing().view();
    Network network = Networks.openFolded(model, "auto", "auto");
    List<Double> whole = new ArrayList<>();
    List<Double> decode = new ArrayList<>();
    List<Double> pass = new ArrayList<>();
    try (Classifier classifier = Classifier.open(Path.of(arguments[0]))) {
      byte[] batch = batch(view, files, classifier.batchSize());
      for (int round = 0; round <= rounds; round++) {
        double both = rate(files.size(), () -> classifier.classify(files));
        double decoding = rate(files.size(), () -> decode(view, files));
        double passing =
            rate(files.size(), () -> pass(network, batch, classifier.batchSize(), files.size()));
        if (round > 0) { // the first warms up
          whole.add(both);
          decode.add(decoding);
          pass.add(passing);
          System.out.printf(
              Locale.ROOT,
              "round %d  classify %.0f  decode %.0f  network %.0f images/s%n",
              round,
              both,
              decoding,
              passing);
        }
      }
    }
    double slower = Math.min(Rounds.median(decode), Rounds.median(pass));
    System.out.printf(
        Locale.ROOT,
        "n=%d  classify %.0f, the slower half %.0f images/s: ratio %.3f (target: 0.9)%n",
        rounds,
        Rounds.median(whole),
        slower,
        Rounds.median(whole) / slower);
  }

  private static double rate(int images, Runnable work) {
    long start = System.nanoTime();
    work.run();
    return images / ((System.nanoTime() - start) / 1e9);
  }

  private static void decode(View view, List<Path> files) {
    for (Path file : files) {
      var unused = view.apply(new ImageFile(file), new SplittableRandom(0));
    }
  }

  private static byte[] batch(View view, List<Path> files, int size) {
    int volume = view.apply(new ImageFile(files.get(0)), new SplittableRandom(0)).data().length;
    byte[] batch = new byte[size * volume];
    for (int i = 0; i < size; i++) {
      byte[] pixels = view.apply(new ImageFile(files.get(i)), new SplittableRandom(0)).data();
      System.arraycopy(pixels, 0, batch, i * volume, volume);
    }
    return batch;
  }

  private static void pass(Network network, byte[] batch, int size, int images) {
    for (int done = 0; done < images; done += size) {
      try (Scope scope = new Scope();
          NoGradGuard noGrad = new NoGradGuard()) {
        Tensor input = network.preparation().of(batch, size);
        Tensor logits = network.head().logits(network.features(input, Pass.EVALUATION));
        float[] unused = Tensors.toFloats(network.logProbabilities(logits).exp());
      }
    }
  }
}
