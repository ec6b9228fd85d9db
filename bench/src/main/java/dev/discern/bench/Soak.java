package dev.discern.bench;

import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.head.Methods;
import dev.discern.run.Defaults;
import dev.discern.run.Session;
import dev.discern.torch.NativeMemory;
import dev.discern.train.Progress;
import dev.discern.train.TrainListener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs many training steps and compares resident bytes, live native objects and step time of the
 * last tenth with the second tenth. Targets: increases of at most 2 %, 0 and 5 %. Also prints the
 * peak resident memory beyond the Java heap, for comparison between losses.
 *
 * <p>Arguments: model (resnet8), loss (crl), batch size (48), steps (1000).
 */
public final class Soak {
  private Soak() {}

  private record Sample(long bytes, long pointers, double seconds) {}

  /**
   * Runs the benchmark and prints the results.
   *
   * @param arguments model, loss, batch size, steps
   * @throws IOException if no temporary folder can be created
   */
  public static void main(String[] arguments) throws IOException {
    String model = arguments.length > 0 ? arguments[0] : "resnet8";
    String loss = arguments.length > 1 ? arguments[1] : "crl";
    boolean several = Methods.taskOf(loss) == Task.MANY_LABELS;
    int batch = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 48;
    int steps = arguments.length > 3 ? Math.max(10, Integer.parseInt(arguments[3])) : 1000;
    RunConfig config =
        ConfigTree.of(Defaults.of("fashion-mnist"))
            .with("model.name", model)
            .with("loss.spec", loss)
            .with("data.compose", several ? 4 : 0)
            // A small batch keeps all steps within one epoch: after a validation, the allocator
            // would hold the memory of its larger batches for a while.
            .with("train.batchSize", batch)
            .with("train.epochs", 100)
            .toConfig("bench");
    Session session = Session.build(config, Files.createTempDirectory("discern-soak"));
    List<Sample> samples = new ArrayList<>();
    TrainListener listener =
        new TrainListener() {
          private long before = System.nanoTime();

          @Override
          public void onStep(int epoch, int step, int stepsPerEpoch, double meanLoss) {
            long now = System.nanoTime();
            // The first step of an epoch includes the time of the previous validation.
            double seconds = step == 1 ? Double.NaN : (now - before) / 1e9;
            samples.add(
                new Sample(NativeMemory.residentBytes(), NativeMemory.livePointers(), seconds));
            before = System.nanoTime();
          }
        };
    session
        .trainer(epoch -> session.allClasses(), listener)
        .train(Progress.START, () -> samples.size() >= steps);
    for (int t = 0; t < 10; t++) {
      List<Sample> tenth = samples.subList(t * steps / 10, (t + 1) * steps / 10);
      System.out.printf(
          Locale.ROOT, "tenth %2d  resident %.1f MB%n", t + 1, median(tenth, s -> s.bytes() / 1e6));
    }
    print(model, loss, samples);
  }

  private static void print(String model, String loss, List<Sample> samples) {
    int tenth = samples.size() / 10;
    List<Sample> second = samples.subList(tenth, 2 * tenth);
    List<Sample> last = samples.subList(samples.size() - tenth, samples.size());
    System.out.printf(
        Locale.ROOT,
        "%s %s, %d steps, last tenth against second tenth: resident %.1f MB to %.1f MB (%+.2f %%;"
            + " target 2 %%), live pointers %.0f to %.0f (target +0), step %.2f ms to %.2f ms"
            + " (%+.2f %%; target 5 %%)%n",
        model,
        loss,
        samples.size(),
        median(second, s -> s.bytes() / 1e6),
        median(last, s -> s.bytes() / 1e6),
        percent(median(second, Sample::bytes), median(last, Sample::bytes)),
        median(second, Sample::pointers),
        median(last, Sample::pointers),
        1e3 * median(second, Sample::seconds),
        1e3 * median(last, Sample::seconds),
        percent(median(second, Sample::seconds), median(last, Sample::seconds)));
    // The whole heap is resident from the start.
    long heap = Runtime.getRuntime().totalMemory();
    System.out.printf(
        Locale.ROOT,
        "%s %s, at most %.1f MB resident beyond the heap%n",
        model,
        loss,
        (samples.stream().mapToLong(Sample::bytes).max().orElseThrow() - heap) / 1e6);
  }

  private static double percent(double before, double after) {
    return 100 * (after / before - 1);
  }

  private static double median(
      List<Sample> samples, java.util.function.ToDoubleFunction<Sample> figure) {
    return Rounds.median(
        samples.stream().mapToDouble(figure).filter(v -> !Double.isNaN(v)).boxed().toList());
  }
}
