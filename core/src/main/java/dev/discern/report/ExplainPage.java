package dev.discern.report;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import dev.discern.data.ImageSet;
import dev.discern.image.ImageFile;
import dev.discern.run.ExplainedRun;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A page that shows why a network predicts what it does, for images of the user's choice. */
public final class ExplainPage {
  /** More would make a page that nobody reads and few browsers draw quickly. */
  public static final int MOST_IMAGES = 200;

  private final ExplainedRun run;
  private final Explanations pictures;
  private final ArrayNode images = Json.array();

  /**
   * Begins an empty page.
   *
   * @param run the network, and the training images to show beside each image
   */
  public ExplainPage(ExplainedRun run) {
    this.run = run;
    this.pictures = new Explanations(run.view());
  }

  /**
   * Adds an image.
   *
   * @param path its file
   * @param name what the page calls it
   * @return what the page shows of it, except pictures
   * @throws WorkFailed if the file is missing, or cannot be decoded
   */
  public JsonNode add(Path path, String name) {
    ImageFile image = new ImageFile(path);
    ObjectNode node =
        run.explain(run.view().apply(image, new SplittableRandom(0)), OptionalInt.empty());
    ObjectNode plain = Json.object().put("path", name).setAll(node.deepCopy());
    node.put("name", name);
    pictures.addPicture(node, image);
    run.training().ifPresent(training -> pictures.addNeighbors(node, training));
    images.add(node);
    return plain;
  }

  /**
   * The number of images on the page.
   *
   * @return those added without a failure
   */
  public int size() {
    return images.size();
  }

  /**
   * Writes the page.
   *
   * @param file replaced if it exists
   * @throws WorkFailed if it cannot be written
   */
  public void write(Path file) {
    ObjectNode page = run.facts().put("kind", "explanation").put("title", title());
    page.putObject("setting").set("classes", page.path("classes"));
    page.set("notes", Json.MAPPER.valueToTree(run.notes()));
    int training = run.training().map(ImageSet::size).orElse(0);
    page.putObject("explained")
        .put("searched", training)
        .put("training", training)
        .set("images", images);
    AtomicFiles.writeText(file, Page.renderExplanations(page));
  }

  private String title() {
    return images.size() == 1
        ? "Why " + images.path(0).at("/guesses/0/class").asString() + "?"
        : images.size() + " explained images";
  }
}
