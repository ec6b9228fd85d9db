package dev.discern.run;

import dev.discern.card.ModelFile;
import dev.discern.config.Internal;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.data.Split;
import dev.discern.explain.Explainer;
import dev.discern.explain.Explanation;
import dev.discern.explain.ExplanationJson;
import dev.discern.explain.NearestImages;
import dev.discern.failure.DiscernException;
import dev.discern.feature.Extractor;
import dev.discern.feature.FeatureCache;
import dev.discern.image.Pixels;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import dev.discern.view.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trained weights, opened to explain their predictions. Of a run whose data are still there, the
 * training images too, among which it finds the nearest ones.
 */
@Internal
public final class ExplainedRun implements AutoCloseable {
  private static final int NEIGHBORS = 6;
  private static final int WORKERS = 2;

  private final Path run;
  private final ModelFile model;
  private final Network network;
  private final Explainer explainer;
  private final List<String> notes = new ArrayList<>();
  private @Nullable ImageSet training;
  private @Nullable NearestImages nearest;

  private ExplainedRun(Path run, ModelFile model, Network network) {
    this.run = run;
    this.model = model;
    this.network = network;
    this.explainer = new Explainer(network, model.card());
    if (!model.note().isEmpty()) {
      notes.add(model.note());
    }
  }

  /**
   * Opens weights.
   *
   * @param run a run's folder, or a weights file
   * @param checkpoint {@code best} or {@code last}
   * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
   * @param precision {@code auto}, {@code fp32} or {@code bf16}; if empty, the run's own
   * @return the network, for the caller to close
   * @throws dev.discern.config.InvalidConfig if there is no run, or if its network has no map of
   *     features
   * @throws dev.discern.config.WorkFailed if there are no weights, or they are damaged
   */
  public static ExplainedRun open(
      Path run, String checkpoint, String device, Optional<String> precision) {
    return open(run, ModelFile.find(run, checkpoint), device, precision);
  }

  /** As {@link #open(Path, String, String, Optional)}, with weights of the run that were found. */
  static ExplainedRun open(Path run, ModelFile model, String device, Optional<String> precision) {
    Network network =
        Networks.open(model, device, precision.orElseGet(() -> ownPrecision(run, device)));
    try {
      return new ExplainedRun(run, model, network);
    } catch (DiscernException e) {
      free(network);
      throw e;
    }
  }

  private static String ownPrecision(Path run, String device) {
    return OwnData.isRun(run)
        ? RecordedPrecision.inference(run, RunDirectory.open(run).config().train(), device)
        : "fp32";
  }

  /**
   * Computes, or reads from the cache, the features of the training images. If they are no longer
   * there, {@link #notes} says so, and explanations name no training images.
   *
   * @param listener receives the progress
   * @param stop true ends the computation with a {@code CancellationException}
   */
  public void search(LoadListener listener, BooleanSupplier stop) {
    try {
      search(data(listener).train(), listener, stop);
    } catch (DiscernException e) {
      notes.add("The nearest training images are left out. " + e.getMessage());
    }
  }

  /** As {@link #search(LoadListener, BooleanSupplier)}, among given images. */
  void search(ImageSet among, LoadListener listener, BooleanSupplier stop) {
    FeatureCache.Found found =
        FeatureCache.standard()
            .of(among, new Extractor(network, model.card(), WORKERS), listener, stop);
    notes.addAll(found.notes());
    nearest = new NearestImages(found.table());
    training = among;
  }

  /** The run's data, if they are still those that it was trained on. */
  Split data(LoadListener listener) {
    return OwnData.of(run, model, listener);
  }

  /**
   * What is explained.
   *
   * @return the file of the {@code weights}, the {@code model}, the {@code method}, and the names
   *     of the {@code classes}
   */
  public ObjectNode facts() {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("weights", model.file().toString())
        .put("model", model.card().architecture())
        .put("method", model.card().method());
    model.card().classNames().forEach(node.putArray("classes")::add);
    return node;
  }

  /**
   * What the network sees of an image.
   *
   * @return the view of the model card
   */
  public View view() {
    return model.card().preprocessing().view();
  }

  /**
   * Sentences for the user.
   *
   * @return what differs from what was asked for
   */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * The training images that were searched.
   *
   * @return empty before {@link #search(LoadListener, BooleanSupplier)}, and where there are none
   */
  public Optional<ImageSet> training() {
    return Optional.ofNullable(training);
  }

  /**
   * Explains the prediction for an image.
   *
   * @param pixels as the {@link #view} gives them
   * @param truth its class, if known
   * @return as {@link ExplanationJson} says
   * @throws dev.discern.config.WorkFailed if the network's outputs are not finite
   */
  public ObjectNode explain(Pixels pixels, OptionalInt truth) {
    Explanation explanation = explainer.explain(pixels, truth);
    ObjectNode node = ExplanationJson.of(explanation, model.card().classNames());
    if (nearest != null && training != null) {
      ExplanationJson.addNeighbors(node, nearest.of(explanation.features(), NEIGHBORS), training);
    }
    return node;
  }

  /** Frees the network's memory. */
  @Override
  public void close() {
    free(network);
  }

  private static void free(Network network) {
    network.store().state().values().forEach(Tensor::close);
  }
}
