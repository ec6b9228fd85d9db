package dev.discern.run;

import dev.discern.card.ModelCard;
import dev.discern.config.ConfigTree;
import dev.discern.config.DamagedImages;
import dev.discern.config.Diverged;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.Spec;
import dev.discern.config.WorkFailed;
import dev.discern.curriculum.Curricula;
import dev.discern.data.FirstLook;
import dev.discern.data.Split;
import dev.discern.head.OwnLosses;
import dev.discern.metric.ClassificationResult;
import dev.discern.torch.NativeSettings;
import dev.discern.torch.Threads;
import dev.discern.train.Checkpoint;
import dev.discern.train.EpochResult;
import dev.discern.train.Lessons;
import dev.discern.train.Progress;
import dev.discern.train.TrainListener;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Trains into a run directory, from the start or from where an interrupted run left off. */
public final class TrainingRun {
  private final RunDirectory directory;
  private final RunListener listener;
  private final LiveFiles live;
  private final boolean alone;
  private Session session;

  private TrainingRun(
      RunDirectory directory, Session session, RunListener listener, boolean alone) {
    this.alone = alone;
    this.directory = directory;
    this.session = session;
    this.listener = listener;
    this.live = LiveFiles.of(directory.path(), session);
  }

  /**
   * The outcome of a training session.
   *
   * @param path the run's directory
   * @param finished whether training is over, early or after all epochs; if not, the run was
   *     stopped and can be resumed
   * @param result the content of {@code result.json} if finished
   */
  public record Outcome(Path path, boolean finished, Optional<JsonNode> result) {}

  /**
   * Trains a new run.
   *
   * @param asked the configuration; its names are checked before anything is written
   * @param out the run's directory; must not exist
   * @param listener receives the events of the run
   * @param stop checked after every step and evaluated batch; true ends the run early, ready to be
   *     resumed, as an interrupt of the calling thread does
   * @return the outcome
   */
  public static Outcome start(
      RunConfig asked, Path out, RunListener listener, BooleanSupplier stop) {
    return start(asked, out, Supplied.NOTHING, listener, stop);
  }

  /**
   * Trains a new run with what its configuration cannot hold.
   *
   * @param asked as above
   * @param out as above
   * @param supplied the losses of the user's own, and the run to compute like
   * @param listener as above
   * @param stop as above
   * @return the outcome
   */
  public static Outcome start(
      RunConfig asked, Path out, Supplied supplied, RunListener listener, BooleanSupplier stop) {
    RunConfig config = CanonicalConfig.of(asked, supplied.losses());
    RunDirectory.requireFree(out);
    // Detects problems with the request before anything is written to the disk.
    try (Threads.Claim claim = Threads.claim()) {
      Threads.use(Threads.choose(config.train().threads()));
      Session session = Session.build(config, out, supplied, listener::onLoad);
      try (RunDirectory directory = RunDirectory.create(out)) {
        directory.writeConfig(config);
        return new TrainingRun(directory, session, listener, supplied.alike().isEmpty())
            .runAndFree(stop);
      }
    } catch (OutOfMemoryError e) {
      throw NativeSettings.explained(e).orElseThrow(() -> e);
    }
  }

  /**
   * Resumes a run that was interrupted or stopped.
   *
   * @param path the run's directory
   * @param repeated applies the user's options to the run's configuration again; no value may
   *     change
   * @param listener receives the events of the run
   * @param stop as in {@link #start}
   * @return the outcome; a finished run is left unchanged
   */
  public static Outcome resume(
      Path path, UnaryOperator<ConfigTree> repeated, RunListener listener, BooleanSupplier stop) {
    return resume(path, repeated, OwnLosses.NONE, listener, stop);
  }

  /**
   * Resumes a run that was interrupted or stopped, with the user's own losses.
   *
   * @param path as above
   * @param repeated as above
   * @param losses those that the run may name
   * @param listener as above
   * @param stop as above
   * @return the outcome; a finished run is left unchanged
   * @throws InvalidConfig if the run is not finished and its loss is neither in the catalogue nor
   *     among these
   */
  public static Outcome resume(
      Path path,
      UnaryOperator<ConfigTree> repeated,
      OwnLosses losses,
      RunListener listener,
      BooleanSupplier stop) {
    try (Threads.Claim claim = Threads.claim();
        RunDirectory directory = RunDirectory.openToWrite(path)) {
      RunConfig config = directory.config();
      requireSame(path, config, repeated, losses);
      RecordedEnvironment.useThreads(directory, config);
      Optional<JsonNode> result = directory.readJson("result.json");
      if (result.isPresent()) {
        listener.onNote(path + " is finished: nothing is left to train.");
        return new Outcome(path, true, result);
      }
      losses.requireGiven(config.loss().spec(), path.toString());
      Session session = Session.build(config, path, Supplied.of(losses), listener::onLoad);
      return new TrainingRun(directory, session, listener, true).runAndFree(stop);
    } catch (OutOfMemoryError e) {
      throw NativeSettings.explained(e).orElseThrow(() -> e);
    }
  }

  private static void requireSame(
      Path path, RunConfig config, UnaryOperator<ConfigTree> repeated, OwnLosses losses) {
    ConfigTree mine = ConfigTree.of(config);
    RunConfig asked = CanonicalConfig.spelled(repeated.apply(mine).toConfig("The request"), losses);
    Map<String, String> own = mine.flat();
    ConfigTree.of(asked)
        .flat()
        .forEach(
            (key, value) -> {
              if (!value.equals(own.get(key))) {
                throw new InvalidConfig(
                    path
                        + " was started with "
                        + key
                        + " "
                        + own.get(key)
                        + ", not "
                        + value
                        + ": leave that out to resume, or start a new run.");
              }
            });
  }

  // The last session: preparing may add features to the one that was built.
  private Outcome runAndFree(BooleanSupplier stop) {
    try {
      return run(stop);
    } finally {
      session.close();
    }
  }

  private Outcome run(BooleanSupplier stop) {
    NativeSettings.advice().forEach(listener::onNote);
    new RecordedEnvironment(directory, session).write();
    Optional<Checkpoint.Found> found = session.checkpoint().findLast();
    found.ifPresent(this::restore);
    Progress start = found.map(Checkpoint.Found::progress).orElse(Progress.START);
    directory.keepMetricsUntil(start.epoch());
    live.begin(start);
    BooleanSupplier asked = () -> stop.getAsBoolean() || Thread.currentThread().isInterrupted();
    try {
      listener.onStart(started(start));
      Outcome outcome =
          prepare(found.isEmpty(), asked) ? conclude(train(start, asked), asked) : stopped();
      live.end(outcome.finished() ? "finished" : "stopped", "");
      return outcome;
    } catch (DamagedImages one) {
      throw ended(damaged(one));
    } catch (RuntimeException e) {
      throw ended(MemoryCheck.explained(e, session.config().train().batchSize()));
    }
  }

  // False if it was stopped: the run then resumes from its start.
  private boolean prepare(boolean fresh, BooleanSupplier stop) {
    try {
      session = new FeatureStage(session, directory, listener, alone, stop).run(fresh);
      return true;
    } catch (CancellationException e) {
      return false;
    }
  }

  private Outcome stopped() {
    return new Outcome(directory.path(), false, Optional.empty());
  }

  private RunStart started(Progress start) {
    Split split = session.split();
    return new RunStart(
        session.config(),
        session.network().store().parameterCount(),
        split.train().size(),
        split.validation().size(),
        split.test().size(),
        split.classNames().size(),
        session.stepsPerEpoch(),
        Threads.count(),
        session.notes(),
        start.epoch(),
        start.step());
  }

  private RuntimeException ended(RuntimeException failure) {
    live.end("failed", String.valueOf(failure.getMessage()));
    return failure;
  }

  // The identities of the damaged files are kept, so that the run resumes once they are replaced.
  private WorkFailed damaged(DamagedImages one) {
    FirstLook.Found found = session.images().look().all(one);
    directory.writeDamagedImages(found.identities());
    return new WorkFailed(
        found.failure().getMessage()
            + "\nReplace such files by intact copies of the same names and resume the run, or remove"
            + " them and start a new one.",
        one);
  }

  private Outcome conclude(Progress end, BooleanSupplier stop) {
    if (!session.config().train().isOver(end.epoch(), end.best().epoch())) {
      return stopped();
    }
    EarlyStop.of(session.config().train(), end).ifPresent(early -> listener.onNote(early.words()));
    try {
      JsonNode result = new Conclusion(directory, session, stop).write(end);
      return new Outcome(directory.path(), true, Optional.of(result));
    } catch (CancellationException e) {
      return stopped(); // the last checkpoint is of the last epoch: only the final results are
      // missing
    }
  }

  private Progress train(Progress start, BooleanSupplier stop) {
    try {
      return session.trainer(lessons(start), listening()).train(start, stop);
    } catch (Diverged e) {
      directory.writeDivergence(e);
      throw e;
    }
  }

  private Lessons lessons(Progress start) {
    String curriculum = session.config().train().curriculum();
    return !session.config().train().hasCurriculum()
        ? epoch -> session.allClasses()
        : new ExpandingLessons(
            Curricula.CATALOGUE.create(Spec.parse(curriculum)), session, directory, start);
  }

  private void restore(Checkpoint.Found found) {
    if (!found.warning().isEmpty()) {
      listener.onNote(found.warning());
    }
    ModelCard card = ModelCard.of(found.file());
    Cards.requireSame(found.file(), card, session.card());
    if (card.provenance().isEmpty()) {
      listener.onNote(
          found.file()
              + " was written by an earlier version, whose augmentation differed: the remaining"
              + " epochs are trained, but the results are not bit-identical to those of that"
              + " version.");
    }
    Checkpoint.restore(found.file(), session.network(), session.optimizer(), session.average());
  }

  private TrainListener listening() {
    return new TrainListener() {
      @Override
      public void onStep(int epoch, int step, int stepsPerEpoch, double loss) {
        live.step(epoch, step, loss);
        listener.onStep(epoch, step, stepsPerEpoch, loss);
      }

      @Override
      public void onEpoch(EpochResult result) {
        if (result.validation() instanceof ClassificationResult classes) {
          live.confusion(result.epoch(), classes.confusion());
        }
        directory.appendMetrics(Figures.epoch(result).put("time", LiveFiles.now()));
        listener.onEpoch(result);
      }
    };
  }
}
