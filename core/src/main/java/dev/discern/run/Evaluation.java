package dev.discern.run;

import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.config.Check;
import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.TrainConfig;
import dev.discern.config.WorkFailed;
import dev.discern.data.Datasets;
import dev.discern.data.Fingerprint;
import dev.discern.data.ImageSet;
import dev.discern.data.KnownClasses;
import dev.discern.data.LabelledSource;
import dev.discern.data.Split;
import dev.discern.failure.DiscernException;
import dev.discern.head.OwnLosses;
import dev.discern.metric.EvaluationResult;
import dev.discern.torch.Devices;
import dev.discern.train.EvaluationListener;
import dev.discern.train.Evaluator;
import dev.discern.train.Feed;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import dev.discern.train.Objective;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures trained weights without changing any file.
 *
 * @param file the measured weights
 * @param part {@code test}, {@code validation}, or {@code all} images of other data
 * @param figures under the names of {@code result.json}
 * @param notes sentences for the user
 */
public record Evaluation(Path file, String part, JsonNode figures, List<String> notes) {
  private static final List<String> OWN_PARTS = List.of("test", "validation");
  private static final int WORKERS = 2;

  /** Keeps an unmodifiable copy. */
  public Evaluation {
    notes = List.copyOf(notes);
  }

  /**
   * What to measure and how.
   *
   * @param checkpoint {@code best} or {@code last}, as {@link ModelFile#find} takes it
   * @param part {@code test} or {@code validation}, or {@code all} for other data; empty for the
   *     test images of the run's own data and all images of other data
   * @param data other data to measure on, as a name or a path; empty for the run's own data
   * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
   * @param precision {@code auto}, {@code fp32} or {@code bf16}; if empty, the run's own precision
   *     for its own data, else {@code auto}
   */
  public record Request(
      String checkpoint,
      Optional<String> part,
      Optional<String> data,
      String device,
      Optional<String> precision) {
    /** Refuses unknown names. */
    public Request {
      Check.oneOf(checkpoint, "The checkpoint", List.of(ModelFile.BEST, ModelFile.LAST));
      Devices.requireName(device);
      precision.ifPresent(name -> Check.oneOf(name, "The precision", TrainConfig.PRECISIONS));
      List<String> parts =
          data.isEmpty() ? OWN_PARTS : List.of("test", "validation", LabelledSource.ALL);
      part.ifPresent(name -> Check.oneOf(name, "The split", parts));
    }

    /** A checkpoint on a part of the run's own data. */
    static Request own(String checkpoint, String part) {
      return new Request(checkpoint, Optional.of(part), Optional.empty(), "auto", Optional.empty());
    }
  }

  /** The images to measure, with the settings they need from a run's configuration. */
  private record Images(
      ImageSet images,
      String part,
      List<String> notes,
      int workers,
      String precision,
      Function<Network, Objective> objective) {}

  /**
   * Measures a run or a weights file.
   *
   * <p>The run's own data need its {@code config.yaml}, and their loss is weighted as in training.
   * All images of other data are measured, unless the request names one of their parts; classes are
   * matched by name, and the loss is not weighted. If the fingerprint shows that the other data are
   * the run's own in a new place, they are split as for training, so that no training image is
   * measured.
   *
   * @param run a run's folder, or a weights file
   * @param request what to measure
   * @return the figures
   * @throws dev.discern.config.InvalidConfig if there is no run or no data
   * @throws WorkFailed if the data no longer exist, or do not fit the model
   */
  public static Evaluation of(Path run, Request request) {
    ModelFile model = ModelFile.find(run, request.checkpoint());
    Images images =
        request.data().isEmpty()
            ? own(run, model, request)
            : elsewhere(run, model, request.data().get(), request);
    String precision = request.precision().orElse(images.precision());
    Network network = Networks.open(model, request.device(), precision);
    try {
      List<String> names = model.card().classNames();
      Optional<CertaintyRecord> certainty =
          model.card().calibration().map(fitted -> new CertaintyRecord(fitted, names.size()));
      EvaluationResult result =
          new Evaluator(network, images.objective().apply(network))
              .withTestFlip(model.card().preprocessing().testFlip())
              .evaluate(
                  Feed.ofImages(Session.loader(images.images(), model.card(), images.workers())),
                  certainty.map(EvaluationListener.class::cast).orElse(EvaluationListener.NONE));
      ObjectNode node = Figures.full(result, names);
      certainty.ifPresent(record -> node.set("certainty", record.figures()));
      node.set("mostConfused", Figures.mostConfused(result, names));
      List<String> notes = new ArrayList<>(images.notes());
      if (!model.note().isEmpty()) {
        notes.add(0, model.note());
      }
      String method = model.card().method();
      if (OwnLosses.isOne(method)) {
        notes.add("The loss shown is cross-entropy: " + method + " is not part of Discern.");
      }
      return new Evaluation(model.file(), images.part(), node, notes);
    } finally {
      network.store().state().values().forEach(Tensor::close);
    }
  }

  private static Images own(Path run, ModelFile model, Request request) {
    if (!Files.isDirectory(run)) {
      throw new InvalidConfig(
          run
              + " is weights only, without data of its own: name the data too (evaluate "
              + run
              + " DATA).");
    }
    RunConfig config = RunDirectory.open(run).config();
    String source = config.data().source();
    if (!Datasets.isNamed(source) && !Files.exists(Path.of(source))) {
      throw new WorkFailed(
          "The data of "
              + run
              + " are no longer at "
              + source
              + ": restore them, or name their new place (evaluate RUN DATA).");
    }
    return own(run, config, Datasets.load(config.data()), model, request);
  }

  private static Images own(
      Path run, RunConfig config, Split split, ModelFile model, Request request) {
    String part = request.part().orElse("test");
    Cards.requireFits(model.file(), model.card(), split);
    return new Images(
        part.equals("test") ? split.test() : split.validation(),
        part,
        List.of(),
        config.data().workers(),
        RecordedPrecision.inference(run, config.train(), request.device()),
        network -> ClassWeights.objective(config, split.train(), network.device()));
  }

  private static Images elsewhere(Path run, ModelFile model, String data, Request request) {
    boolean all = request.part().filter(LabelledSource.ALL::equals).isPresent();
    if (!all && Files.isDirectory(run)) {
      Optional<Images> moved = moved(run, model, data, request);
      if (moved.isPresent()) {
        return moved.get();
      }
    }
    ModelCard card = model.card();
    String part = request.part().orElse(LabelledSource.ALL);
    LabelledSource source =
        LabelledSource.open(
            data,
            part,
            card.preprocessing().shape(),
            card.task(),
            new KnownClasses(card.classNames(), card.classIds()));
    int classes = card.classNames().size();
    return new Images(
        source.images(),
        part,
        source.notes(),
        WORKERS,
        "auto",
        n -> new Objective(classes, 0, null));
  }

  // The run's own data under another path: their fingerprint holds paths below the folder.
  private static Optional<Images> moved(Path run, ModelFile model, String data, Request request) {
    RunDirectory directory = RunDirectory.open(run);
    if (!Files.exists(run.resolve("config.yaml"))) {
      return Optional.empty();
    }
    String trained =
        directory
            .readJson("environment.json")
            .map(facts -> facts.path("dataFingerprint").asString(""))
            .orElse("");
    try {
      RunConfig config =
          ConfigTree.of(directory.config()).with("data.source", data).toConfig("The run");
      Split split = Datasets.load(config.data());
      if (!Fingerprint.of(split).equals(trained)) {
        return Optional.empty();
      }
      Images own = own(run, config, split, model, request);
      String note =
          data
              + " has the data that the run was trained on: only its "
              + own.part()
              + " images are measured.";
      return Optional.of(
          new Images(
              own.images(),
              own.part(),
              List.of(note),
              own.workers(),
              own.precision(),
              own.objective()));
    } catch (DiscernException e) {
      return Optional
          .empty(); // data that cannot be split like the run's data are not the run's data
    }
  }
}
