package dev.discern.compare;

import dev.discern.config.ConfigTree;
import dev.discern.config.Diverged;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.WorkFailed;
import dev.discern.data.LoadListener;
import dev.discern.head.OwnLosses;
import dev.discern.run.FolderLock;
import dev.discern.run.RunDirectory;
import dev.discern.run.RunListener;
import dev.discern.run.Session;
import dev.discern.run.Supplied;
import dev.discern.run.TrainingRun;
import dev.discern.torch.Threads;
import dev.discern.train.TrainListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/**
 * Trains the runs of a {@link Plan} into a folder. Started again, it resumes where it left off:
 * finished and diverged runs are never repeated, interrupted ones are resumed, failed ones are
 * retried.
 *
 * <p>Only method and seed differ between the runs: weights, order and augmentation are pure
 * functions of the seed, so two runs of one seed see the same batches from the same weights, except
 * for a curriculum, which chooses the images that it teaches.
 */
public final class Comparison {
  private static final int REHEARSED_STEPS = 12;
  // Overhead of validation, checkpoints and the test over the training steps; measured, not exact.
  private static final double OVERHEAD = 1.1;

  private final Plan plan;
  private final OwnLosses losses;
  private final Path folder;
  private final CompareListener listener;
  private final BooleanSupplier stop;
  private final Map<RunState, Integer> counts = new EnumMap<>(RunState.class);

  private Comparison(
      Plan plan, OwnLosses losses, Path folder, CompareListener listener, BooleanSupplier stop) {
    this.plan = plan;
    this.losses = losses;
    this.folder = folder;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Runs the missing parts of a comparison.
   *
   * @param plan its runs
   * @param folder the comparison's folder; created if necessary
   * @param jobs how many runs to train at once
   * @param listener receives the events
   * @param stop checked after every step; true ends the comparison early, ready to be resumed
   * @return the number of runs in each state
   * @throws InvalidConfig if the folder holds a comparison that differs in more than losses and
   *     seeds
   * @throws WorkFailed if the folder is not writable, or another process is using it
   */
  public static Map<RunState, Integer> run(
      Plan plan, Path folder, int jobs, CompareListener listener, BooleanSupplier stop) {
    return run(plan, OwnLosses.NONE, folder, jobs, listener, stop);
  }

  /**
   * Runs the missing parts of a comparison that includes losses of the user's own.
   *
   * @param plan as above
   * @param losses the user's own losses that the plan names
   * @param folder as above
   * @param jobs as above
   * @param listener as above
   * @param stop as above
   * @return the number of runs in each state
   * @throws InvalidConfig as above
   * @throws WorkFailed as above
   */
  public static Map<RunState, Integer> run(
      Plan plan,
      OwnLosses losses,
      Path folder,
      int jobs,
      CompareListener listener,
      BooleanSupplier stop) {
    ComparisonFolder.prepare(folder, plan);
    try (FolderLock lock = FolderLock.of(folder);
        Threads.Claim claim = Threads.claim()) {
      ComparisonFolder.write(folder, plan);
      Comparison comparison = new Comparison(plan, losses, folder, listener, stop);
      comparison.run(jobs);
      return comparison.counts;
    }
  }

  private void announce(int jobs) {
    List<PlannedRun> left = plan.runs().stream().filter(run -> !isEnded(run)).toList();
    int done = plan.runs().size() - left.size();
    double seconds = left.isEmpty() ? 0 : left.size() * secondsARun() / jobs;
    listener.onPlan(plan, done, seconds);
  }

  private boolean isEnded(PlannedRun run) {
    Path directory = run.in(folder);
    return Files.exists(directory.resolve("result.json"))
        || Files.exists(directory.resolve("diverged.json"));
  }

  // The duration of finished runs, else that of a few steps measured now.
  private double secondsARun() {
    return plan.runs().stream()
        .map(run -> run.in(folder))
        .filter(directory -> Files.exists(directory.resolve("result.json")))
        .flatMap(directory -> RunDirectory.open(directory).readJson("result.json").stream())
        .mapToDouble(result -> result.path("secondsTotal").asDouble())
        .average()
        .orElseGet(this::rehearsedSeconds);
  }

  private double rehearsedSeconds() {
    try (Session built = Session.build(plan.base(), folder);
        Session session = built.warmed(LoadListener.NONE, stop)) {
      double step =
          session
              .trainer(epoch -> session.allClasses(), new TrainListener() {})
              .rehearse(REHEARSED_STEPS);
      return step * session.stepsPerEpoch() * plan.base().train().epochs() * OVERHEAD;
    } catch (Diverged | CancellationException e) {
      // The runs will fail or stop too, and each reports it; how long they take is unknown.
      return 0;
    }
  }

  // The rehearsal runs on the thread that will train: each computing thread has its own team of
  // helpers, and a second, idle team slows the first by 40 %, since it counts as oversubscription.
  private void run(int jobs) {
    int threads = Threads.choose(plan.base().train().threads());
    ExecutorService pool = Executors.newFixedThreadPool(jobs);
    try {
      join(
          pool.submit(
              () -> {
                Threads.share(jobs, threads);
                announce(jobs);
              }));
      train(pool, jobs, threads);
    } finally {
      // Interrupts the runs, each of which then saves its state.
      pool.shutdownNow();
      awaitEnd(pool);
    }
  }

  // The folder stays locked until all writers are done, even if this thread is interrupted
  // meanwhile.
  private static void awaitEnd(ExecutorService pool) {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // Controls wait for the runs whose gain they follow; within a phase the order is free.
  private void train(ExecutorService pool, int jobs, int threads) {
    for (boolean controls : new boolean[] {false, true}) {
      List<Future<?>> phase = new ArrayList<>();
      for (PlannedRun run : plan.runs()) {
        if (run.method().gainOf().isPresent() == controls) {
          phase.add(
              pool.submit(
                  () -> {
                    Threads.share(jobs, threads);
                    end(run);
                  }));
        }
      }
      phase.forEach(Comparison::join);
    }
  }

  private static void join(Future<?> run) {
    try {
      run.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkFailed("The comparison was interrupted: start it again to resume it.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void end(PlannedRun run) {
    String note = "";
    RunState state;
    try {
      state = stop.getAsBoolean() && !isEnded(run) ? RunState.STOPPED : trainOrFind(run);
    } catch (Diverged e) {
      state = RunState.DIVERGED;
      note = String.valueOf(e.getMessage());
    } catch (NoGain e) {
      state = RunState.IMPOSSIBLE;
      note = String.valueOf(e.getMessage());
    } catch (WorkFailed e) {
      state = RunState.FAILED;
      note = String.valueOf(e.getMessage());
    }
    synchronized (counts) {
      counts.merge(state, 1, Integer::sum);
    }
    listener.onEnd(run, number(run), state, note);
  }

  private RunState trainOrFind(PlannedRun run) throws NoGain {
    Path directory = run.in(folder);
    RunConfig config = plan.config(run, factors(run));
    ComparisonFolder.clearStillborn(directory);
    Optional<String> diverged = diverged(directory, config);
    if (diverged.isPresent()) {
      throw new Diverged(diverged.get(), 0, 0);
    }
    TrainingRun.Outcome outcome =
        Files.exists(directory)
            ? TrainingRun.resume(
                directory, tree -> ConfigTree.of(config), losses, listening(run, directory), stop)
            : TrainingRun.start(
                config,
                directory,
                new Supplied(losses, trained()),
                listening(run, directory),
                stop);
    return outcome.finished() ? RunState.FINISHED : RunState.STOPPED;
  }

  // All runs compute in the precisions that the first one chose.
  private Optional<Path> trained() {
    return plan.runs().stream()
        .map(run -> run.in(folder))
        .filter(directory -> Files.exists(directory.resolve("environment.json")))
        .findFirst();
  }

  private static Optional<String> diverged(Path directory, RunConfig config) {
    if (!Files.isDirectory(directory)
        || Files.exists(directory.resolve("result.json"))
        || !RunDirectory.open(directory).config().equals(config)) {
      return Optional.empty();
    }
    return RunDirectory.open(directory)
        .readJson("diverged.json")
        .map(node -> node.path("message").asString());
  }

  private RunListener listening(PlannedRun run, Path directory) {
    return Files.exists(directory.resolve("result.json"))
        ? new RunListener() {}
        : listener.onRun(run, number(run));
  }

  // Controls come last, in the order of train().
  private int number(PlannedRun run) {
    return inOrder().indexOf(run) + 1;
  }

  private List<PlannedRun> inOrder() {
    return plan.runs().stream()
        .sorted(Comparator.comparing(run -> run.method().gainOf().isPresent()))
        .toList();
  }

  /** A control without anything to follow. */
  private static final class NoGain extends Exception {
    private static final long serialVersionUID = 1L;

    NoGain(String message) {
      super(message);
    }
  }

  // The mean gain of each epoch of the paired run, over all its training samples.
  private List<Double> factors(PlannedRun run) throws NoGain {
    if (run.method().gainOf().isEmpty()) {
      return List.of();
    }
    PlannedRun pair = run.pair();
    Path directory = pair.in(folder);
    if (!Files.exists(directory.resolve("result.json"))) {
      throw new NoGain("There is no gain to follow: the run of " + pair + " did not finish.");
    }
    List<Double> gains = new ArrayList<>();
    for (JsonNode line : RunDirectory.open(directory).metrics()) {
      JsonNode gain = line.path("train").path("gain");
      if (gain.isMissingNode()) {
        throw new NoGain(
            "There is no gain to follow: the run of "
                + pair
                + " logged none, as a run of an earlier version may not have. Compare into another"
                + " folder, or without controls.");
      }
      if (!gain.isNumber() || !(gain.asDouble() > 0)) {
        throw new NoGain(
            "There is no gain to follow: in epoch "
                + line.path("epoch").asInt()
                + " the mean gain of "
                + pair
                + " was "
                + gain.asString()
                + ".");
      }
      gains.add(gain.asDouble());
    }
    return gains;
  }
}
