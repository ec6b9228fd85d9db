package dev.discern.bench;

import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.data.BatchLoader;
import dev.discern.data.ImageSet;
import dev.discern.data.MemoryImageSet;
import dev.discern.data.Sampler;
import dev.discern.image.ImageShape;
import dev.discern.run.Defaults;
import dev.discern.run.Session;
import dev.discern.train.EpochResult;
import dev.discern.train.Feed;
import dev.discern.train.Lesson;
import dev.discern.train.Progress;
import dev.discern.train.TrainListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Compares whole training epochs over a folder of small images, read from files and from the same
 * pixels in memory. Epochs alternate, so that a slowdown of the machine affects both. Target: a
 * ratio of 0.9.
 *
 * <p>Arguments: folder, model (resnet8), rounds (3), cache (auto), images (all).
 */
public final class FilesAgainstMemory {
  private static final int SIDE = 32;

  private FilesAgainstMemory() {}

  /**
   * Runs the benchmark and prints the results.
   *
   * @param arguments folder, model, rounds, cache, images
   * @throws IOException if no temporary folder can be created
   */
  public static void main(String[] arguments) throws IOException {
    String model = arguments.length > 1 ? arguments[1] : "resnet8";
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    String cache = arguments.length > 3 ? arguments[3] : "auto";
    int images = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0;
    RunConfig config =
        ConfigTree.of(Defaults.of(Path.of(arguments[0]).toAbsolutePath().toString()))
            .with("model.name", model)
            .with("loss.spec", "ce")
            .with("data.imageSize", SIDE)
            .with("data.cache", cache)
            .with("data.limitTrain", images)
            .with("data.augment", List.of("crop(padding=4)", "flip"))
            .with("train.batchSize", 128)
            .with("train.sampler", "shuffled")
            .with("train.epochs", 2 * rounds + 2)
            .toConfig("bench");
    Session session = Session.build(config, Files.createTempDirectory("discern-bench"));
    Lesson files = session.allClasses();
    Lesson memory =
        new Lesson(
            Feed.ofImages(inMemory(session, config)),
            files.head(),
            files.objective(),
            files.classes());
    List<Double> fromFiles = new ArrayList<>();
    List<Double> fromMemory = new ArrayList<>();
    TrainListener listener =
        new TrainListener() {
          @Override
          public void onEpoch(EpochResult result) {
            boolean isFiles = result.epoch() % 2 == 1;
            System.out.printf(
                Locale.ROOT,
                "epoch %d  %s %.0f images/s%n",
                result.epoch(),
                isFiles ? "files" : "memory",
                result.imagesPerSecond());
            if (result.epoch() > 2) {
              (isFiles ? fromFiles : fromMemory).add(result.imagesPerSecond());
            }
          }
        };
    session
        .trainer(epoch -> epoch % 2 == 0 ? files : memory, listener)
        .train(Progress.START, () -> false);
    System.out.printf(
        Locale.ROOT,
        "%s, cache %s, n=%d  files %.0f  memory %.0f  ratio %.3f (target: 0.9)%n",
        model,
        cache,
        rounds,
        Rounds.median(fromFiles),
        Rounds.median(fromMemory),
        Rounds.median(fromFiles) / Rounds.median(fromMemory));
  }

  private static BatchLoader inMemory(Session session, RunConfig config) {
    ImageSet train = session.split().train();
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    for (int i = 0; i < train.size(); i++) {
      pixels.writeBytes(
          session.images().evaluation().apply(train.image(i), new SplittableRandom(0)).data());
    }
    ImageSet memory =
        new MemoryImageSet(
            "memory",
            new ImageShape(3, SIDE, SIDE),
            train.classNames(),
            pixels.toByteArray(),
            IntStream.range(0, train.size()).map(train::label).toArray());
    return BatchLoader.training(
        memory,
        new Sampler.Shuffled(memory.size()),
        session.images().training(),
        config.train().batchSize(),
        config.train().seed(),
        config.data().workers());
  }
}
