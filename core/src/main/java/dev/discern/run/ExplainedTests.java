package dev.discern.run;

import dev.discern.card.ModelFile;
import dev.discern.config.Internal;
import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.data.Split;
import dev.discern.data.Subset;
import dev.discern.failure.DiscernException;
import dev.discern.image.ImageShape;
import dev.discern.image.Pixels;
import dev.discern.run.Predictions.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Explains the wrong predictions of a finished run for a dozen test images, for its report: {@code
 * explanations.json}. Only of photographs: three channels, and sides of at least {@value #SMALLEST}
 * pixels.
 */
@Internal
public final class ExplainedTests {
  /** The file's name in a run directory. */
  public static final String FILE = "explanations.json";

  private static final int SMALLEST = 64;

  /** Where the backbone was trained, the features of all training images would take a while. */
  private static final int MOST_SEARCHED = 1000;

  private static final JsonMapper JSON = JsonMapper.shared();

  private ExplainedTests() {}

  /**
   * Writes the file, unless it is there or the run has nothing to explain.
   *
   * @param run the directory of a finished run
   * @param listener receives the progress
   * @param stop true leaves the file out
   * @return a sentence for the user if the file could not be written; else empty
   */
  public static String write(Path run, LoadListener listener, BooleanSupplier stop) {
    try {
      RunDirectory directory = RunDirectory.open(run);
      if (!Files.exists(run.resolve(FILE)) && directory.task() == Task.ONE_LABEL) {
        write(directory, listener, stop);
      }
      return "";
    } catch (CancellationException e) {
      return "";
    } catch (DiscernException e) {
      return "The report explains no images. " + e.getMessage();
    }
  }

  private static void write(RunDirectory directory, LoadListener listener, BooleanSupplier stop) {
    ModelFile model = ModelFile.find(directory.weights(), ModelFile.LAST);
    List<Row> rows = Predictions.read(directory.path()).rows();
    Map<Integer, String> chosen = TellingImages.of(rows, model.card().classNames().size());
    if (chosen.isEmpty() || !isPhotograph(model.card().preprocessing().shape())) {
      return;
    }
    RunConfig config = directory.config();
    try (ExplainedRun run =
        ExplainedRun.open(directory.path(), model, config.train().device(), Optional.empty())) {
      Split split = run.data(listener);
      int[] searched = searched(split.train().size(), config.model().freeze());
      run.search(Subset.of(split.train(), searched), listener, stop);
      ObjectNode node = JSON.createObjectNode().put("searched", searched.length);
      ArrayNode images = node.put("training", split.train().size()).putArray("images");
      chosen.forEach(
          (image, why) -> images.add(explained(run, split.test(), image, why, searched)));
      directory.writeJson(FILE, node);
    }
  }

  private static boolean isPhotograph(ImageShape shape) {
    return shape.channels() == 3 && Math.min(shape.height(), shape.width()) >= SMALLEST;
  }

  // Of a frozen backbone, the features of all are kept since training.
  private static int[] searched(int images, String frozen) {
    int count = frozen.equals("backbone") ? images : Math.min(images, MOST_SEARCHED);
    return IntStream.range(0, count).map(i -> (int) ((long) i * images / count)).toArray();
  }

  private static ObjectNode explained(
      ExplainedRun run, ImageSet test, int image, String why, int[] searched) {
    int label = test.label(image);
    Pixels pixels = run.view().apply(test.image(image), new SplittableRandom(0));
    ObjectNode node = run.explain(pixels, OptionalInt.of(label));
    node.put("image", image).put("why", why).put("label", label);
    for (JsonNode neighbor : node.path("neighbors")) {
      ((ObjectNode) neighbor).put("image", searched[neighbor.path("image").asInt()]);
    }
    return node;
  }
}
