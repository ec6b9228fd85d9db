package dev.discern.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongSupplier;

/**
 * Compares training steps and inference of networks with PyTorch's, on random images in memory. The
 * two alternate, and the one that is not measured waits: threads of two OpenMP processes on the
 * same cores slow each other many times over.
 *
 * <p>Arguments: models, rounds, batch size, side, precisions, clock. {@code resnet20} always takes
 * 128 images of 28 × 28. The clock {@code cpu} counts the time that the measuring thread runs: with
 * one thread, it says something on a machine that is not idle too.
 */
public final class NetworkSpeed {
  private static final List<String> DEFAULTS =
      List.of(
          "resnet18,mobilenetv3_small_100,tf_efficientnet_lite0,convnext_atto,resnet20",
          "5",
          "32",
          "224",
          "fp32,bf16",
          "wall");

  private static final double SECONDS = 2;
  // Longer than idle threads of OpenMP spin before they sleep.
  private static final long REST_MILLIS = 400;

  private NetworkSpeed() {}

  /**
   * Runs the benchmark and prints the results.
   *
   * @param arguments models (separated by commas), rounds (5), batch size (32), side (224),
   *     precisions (fp32,bf16), clock (wall)
   * @throws IOException if the peer cannot be started
   */
  public static void main(String[] arguments) throws IOException {
    List<String> given = new ArrayList<>(Arrays.asList(arguments));
    given.addAll(DEFAULTS.subList(given.size(), DEFAULTS.size()));
    int rounds = Integer.parseInt(given.get(1));
    String clock = given.get(5);
    Optional<PythonPeer> peer =
        PythonPeer.start(System.getenv("PYTHON"), "tools/bench/networks.py", clock);
    try {
      for (String model : given.get(0).split(",", -1)) {
        boolean small = model.equals("resnet20");
        int batch = small ? 128 : Integer.parseInt(given.get(2));
        int side = small ? 28 : Integer.parseInt(given.get(3));
        for (String precision : given.get(4).split(",", -1)) {
          compare(model, precision, batch, side, clock, rounds, peer);
        }
      }
    } finally {
      peer.ifPresent(PythonPeer::close);
    }
  }

  private static void compare(
      String model,
      String precision,
      int batch,
      int side,
      String clock,
      int rounds,
      Optional<PythonPeer> peer) {
    peer.ifPresent(
        torch ->
            System.out.printf(
                "%s %s  peer: %s%n",
                model,
                precision,
                torch.ask(
                    String.format(
                        Locale.ROOT,
                        "load %s %s %d %d %d",
                        model,
                        precision,
                        batch,
                        side,
                        SpeedSubject.CLASSES))));
    rest();
    try (SpeedSubject subject = new SpeedSubject(model, precision, batch, side, clock(clock))) {
      Duel training = new Duel("train", subject::trainingRate, peer);
      Duel inference = new Duel("infer", subject::inferenceRate, peer);
      for (int round = 1; round <= rounds; round++) {
        System.out.printf(
            Locale.ROOT,
            "%s %s  round %d  %s  %s%n",
            model,
            precision,
            round,
            training.round(),
            inference.round());
      }
      System.out.printf(
          Locale.ROOT,
          "%s %s batch %d side %d  n=%d  %s  %s%n",
          model,
          precision,
          batch,
          side,
          rounds,
          training.medians(),
          inference.medians());
    }
  }

  private static LongSupplier clock(String name) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return name.equals("cpu") ? threads::getCurrentThreadCpuTime : System::nanoTime;
  }

  private static void rest() {
    try {
      Thread.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One kind of work, measured on both sides in turn. */
  private static final class Duel {
    private final String kind;
    private final DoubleUnaryOperator own;
    private final Optional<PythonPeer> peer;
    private final List<Double> owns = new ArrayList<>();
    private final List<Double> peers = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    Duel(String kind, DoubleUnaryOperator own, Optional<PythonPeer> peer) {
      this.kind = kind;
      this.own = own;
      this.peer = peer;
    }

    // The side that goes first alternates too.
    String round() {
      boolean ownFirst = owns.size() % 2 == 0;
      if (ownFirst) {
        measureOwn();
      }
      peer.ifPresent(this::measurePeer);
      if (!ownFirst) {
        measureOwn();
      }
      int last = owns.size() - 1;
      if (peer.isPresent()) {
        ratios.add(owns.get(last) / peers.get(last));
      }
      return text(
          owns.get(last),
          peer.isPresent() ? peers.get(last) : 0,
          peer.isPresent() ? ratios.get(last) : 0);
    }

    String medians() {
      return peer.isPresent()
          ? text(Rounds.median(owns), Rounds.median(peers), Rounds.median(ratios))
          : text(Rounds.median(owns), 0, 0);
    }

    private void measureOwn() {
      owns.add(own.applyAsDouble(SECONDS));
      rest();
    }

    private void measurePeer(PythonPeer torch) {
      peers.add(Double.parseDouble(torch.ask(kind + " " + SECONDS)));
      rest();
    }

    private String text(double mine, double theirs, double ratio) {
      String text = String.format(Locale.ROOT, "%s %.1f images/s", kind, mine);
      return peer.isPresent()
          ? text + String.format(Locale.ROOT, ", peer %.1f, ratio %.3f", theirs, ratio)
          : text;
    }
  }
}
