package dev.discern.bench;

import dev.discern.backbone.Pass;
import dev.discern.config.ConfigTree;
import dev.discern.config.MethodSpec;
import dev.discern.config.RunConfig;
import dev.discern.config.Spec;
import dev.discern.config.Task;
import dev.discern.data.Batch;
import dev.discern.data.BatchStream;
import dev.discern.head.HeadLoss;
import dev.discern.head.Methods;
import dev.discern.loss.Targets;
import dev.discern.optim.Optimizer;
import dev.discern.run.Defaults;
import dev.discern.run.Session;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Compares a training step of each method with one of cross-entropy: forward, backward and update
 * on one batch held in memory. Target: at most 1.15 times the time of cross-entropy.
 *
 * <p>Each round runs all methods, so that a slowdown of the machine affects all of them; figures
 * are medians over the rounds.
 *
 * <p>Arguments: model, rounds, steps per round, batch size.
 */
public final class MethodCost {
  private MethodCost() {}

  /**
   * Runs the benchmark and prints the results.
   *
   * @param arguments model (resnet20), rounds (5), steps per round (8), batch size (128)
   * @throws IOException if no temporary folder can be created
   */
  public static void main(String[] arguments) throws IOException {
    String model = arguments.length > 0 ? arguments[0] : "resnet20";
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    int steps = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8;
    int batch = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 128;
    Map<String, Session> sessions = new LinkedHashMap<>();
    for (MethodSpec<?> method : Methods.CATALOGUE.all()) {
      sessions.put(method.name(), session(model, method.name(), batch));
    }
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = -1; round < rounds; round++) {
      for (Map.Entry<String, Session> entry : sessions.entrySet()) {
        double median = round(entry.getValue(), steps);
        if (round >= 0) {
          seconds.computeIfAbsent(entry.getKey(), name -> new ArrayList<>()).add(median);
        }
      }
    }
    double base = Rounds.median(seconds.getOrDefault("ce", List.of()));
    seconds.forEach(
        (name, values) ->
            System.out.printf(
                Locale.ROOT,
                "%-14s %s batch %d  n=%d rounds of %d  %.2f ms  %.3f of ce (target: 1.15)%n",
                name,
                model,
                batch,
                rounds,
                steps,
                1e3 * Rounds.median(values),
                Rounds.median(values) / base));
  }

  private static Session session(String model, String loss, int batch) throws IOException {
    // Methods for several labels get the same images: a run would reject this, but a step does not
    // check it.
    RunConfig config =
        ConfigTree.of(Defaults.of("fashion-mnist"))
            .with("model.name", model)
            .with("loss.spec", Methods.CATALOGUE.canonical(Spec.parse(loss)).toString())
            .with("data.limitTrain", 10 * batch)
            .with("train.batchSize", batch)
            .with("optim.lr", 0.001)
            .toConfig("bench");
    return Session.build(config, Files.createTempDirectory("discern-bench"));
  }

  private static double round(Session session, int steps) {
    try (Scope outer = new Scope();
        BatchStream batches = session.training().epoch(0, 0)) {
      Batch batch = batches.next();
      batches.close();
      Tensor images = session.network().preparation().of(batch);
      Targets targets = targets(session, Tensors.ofClasses(batch.labels().requireOne()));
      List<Double> seconds = new ArrayList<>();
      for (int i = 0; i < steps + 2; i++) {
        long start = System.nanoTime();
        step(session, images, targets);
        seconds.add((System.nanoTime() - start) / 1e9);
      }
      return Rounds.median(seconds.subList(2, seconds.size()));
    }
  }

  // Two labels per image: its own class and that of the previous image.
  private static Targets targets(Session session, Tensor classes) {
    if (session.network().task() == Task.ONE_LABEL) {
      return new Targets.Classes(classes, null);
    }
    long count = session.split().classNames().size();
    Tensor own = torch.one_hot(classes, count);
    Tensor others = torch.one_hot(classes.roll(1), count);
    return new Targets.MultiHot(own.logical_or(others).to(ScalarType.Float), null);
  }

  private static void step(Session session, Tensor images, Targets targets) {
    try (Scope scope = new Scope()) {
      var network = session.network();
      HeadLoss loss =
          network.head().loss(network.features(images, Pass.training(0, 0, 0)), targets);
      Tensor total = loss.perSample().mean();
      for (Tensor term : loss.batchTerms().values()) {
        total = total.add(term);
      }
      Optimizer.dropGradients(network.store().parameters().values());
      total.backward();
      session.optimizer().step(0.001);
    }
  }
}
