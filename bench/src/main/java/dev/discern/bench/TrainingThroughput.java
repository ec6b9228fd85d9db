package dev.discern.bench;

import dev.discern.backbone.Pass;
import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.data.Batch;
import dev.discern.data.BatchStream;
import dev.discern.data.LoadListener;
import dev.discern.head.HeadLoss;
import dev.discern.loss.Targets;
import dev.discern.optim.Optimizer;
import dev.discern.run.Defaults;
import dev.discern.run.Session;
import dev.discern.run.Wishes;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.train.EpochResult;
import dev.discern.train.Progress;
import dev.discern.train.TrainListener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Compares whole training epochs with a bare loop: the same network, batch size and precision on
 * one batch held as a tensor, with nothing but forward, loss, backward and update.
 *
 * <p>Rounds alternate, so that a slowdown of the machine affects both; the ratio is that of the
 * medians.
 *
 * <p>Arguments: model, rounds, training images per round, precision, data. The model {@code
 * default} is what {@code train} chooses for the data: for a folder of photographs, the embedded
 * network.
 */
public final class TrainingThroughput {
  private TrainingThroughput() {}

  /**
   * Runs the benchmark and prints the results.
   *
   * @param arguments model (resnet8), rounds (5), images per round (12800; 0 is all), precision
   *     (auto), data (fashion-mnist)
   * @throws IOException if no temporary folder can be created
   */
  public static void main(String[] arguments) throws IOException {
    List<String> given = new ArrayList<>(Arrays.asList(arguments));
    List<String> defaults = List.of("resnet8", "5", "12800", "auto", "fashion-mnist");
    given.addAll(defaults.subList(given.size(), defaults.size()));
    int rounds = Integer.parseInt(given.get(1));
    RunConfig config = config(given, rounds);
    Session session = Session.build(config, Files.createTempDirectory("discern-bench"));
    List<Double> whole = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    TrainListener listener =
        new TrainListener() {
          @Override
          public void onEpoch(EpochResult result) {
            double bareRate = bareLoop(session, session.training().stepsPerEpoch());
            if (result.epoch() > 1) {
              whole.add(result.imagesPerSecond());
              bare.add(bareRate);
              System.out.printf(
                  Locale.ROOT,
                  "round %d  epoch %.0f images/s  bare %.0f images/s%n",
                  result.epoch() - 1,
                  result.imagesPerSecond(),
                  bareRate);
            }
          }
        };
    session.trainer(epoch -> session.allClasses(), listener).train(Progress.START, () -> false);
    System.out.printf(
        Locale.ROOT,
        "%s %s  n=%d  epoch %.0f  bare %.0f  ratio %.3f (target: 0.95)%n",
        given.get(0),
        session.network().precisions().training(),
        rounds,
        Rounds.median(whole),
        Rounds.median(bare),
        Rounds.median(whole) / Rounds.median(bare));
  }

  private static RunConfig config(List<String> given, int rounds) {
    boolean isDefault = given.get(0).equals("default");
    Wishes wishes =
        isDefault
            ? Wishes.NONE
            : new Wishes(Optional.of(given.get(0)), Optional.empty(), Optional.empty());
    ConfigTree tree =
        ConfigTree.of(Defaults.choose(given.get(4), wishes, LoadListener.NONE).config())
            .with("loss.spec", "crl")
            .with("data.limitTrain", Integer.parseInt(given.get(2)))
            .with("train.precision", given.get(3))
            .with("train.epochs", rounds + 1);
    return (isDefault ? tree : tree.with("model.name", given.get(0))).toConfig("bench");
  }

  private static double bareLoop(Session session, int steps) {
    try (Scope outer = new Scope();
        BatchStream batches = session.training().epoch(0, 0)) {
      Batch batch = batches.next();
      Tensor images = session.network().preparation().of(batch);
      Tensor classes = Tensors.ofClasses(batch.labels().requireOne());
      batches.close();
      long start = System.nanoTime();
      for (int i = 0; i < steps; i++) {
        bareStep(session, images, classes);
      }
      return steps * batch.size() / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static void bareStep(Session session, Tensor images, Tensor classes) {
    try (Scope scope = new Scope()) {
      Targets targets = new Targets.Classes(classes, null);
      HeadLoss loss =
          session
              .network()
              .head()
              .loss(session.network().features(images, Pass.training(0, 0, 0)), targets);
      Tensor mean = loss.perSample().mean();
      Optimizer.dropGradients(session.network().store().parameters().values());
      mean.backward();
      session.optimizer().step(1e-4);
    }
  }
}
