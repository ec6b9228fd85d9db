package dev.discern.report;

import dev.discern.data.ImageSet;
import dev.discern.data.Split;
import dev.discern.image.Encoded;
import dev.discern.run.ExplainedTests;
import dev.discern.run.RunDirectory;
import dev.discern.view.View;
import java.nio.file.Path;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Explained images on a page: what {@code ExplanationJson} describes, with pictures. */
final class Explanations {
  private static final int SIDE = 224;
  private static final int NEIGHBOR_SIDE = 96;

  private final View view;

  Explanations(View view) {
    this.view = view;
  }

  /** Adds the explanations of a run's test images to a page, if the run has any. */
  void addTests(ObjectNode page, Path run, Split split) {
    JsonNode file = RunDirectory.open(run).readJson(ExplainedTests.FILE).orElse(null);
    if (file == null) {
      return;
    }
    for (JsonNode each : file.path("images")) {
      int image = each.path("image").asInt();
      ObjectNode explained = ((ObjectNode) each).put("name", split.test().describe(image));
      addPicture(explained, split.test().image(image));
      addNeighbors(explained, split.train());
    }
    page.set("explained", file);
  }

  /** Adds the picture of an image. */
  void addPicture(ObjectNode explained, Encoded image) {
    explained.put("picture", picture(image, SIDE));
  }

  /** Adds the pictures of an image's neighbors. */
  void addNeighbors(ObjectNode explained, ImageSet training) {
    for (JsonNode neighbor : explained.path("neighbors")) {
      Encoded near = training.image(neighbor.path("image").asInt());
      ((ObjectNode) neighbor).put("picture", picture(near, NEIGHBOR_SIDE));
    }
  }

  private String picture(Encoded image, int side) {
    return Thumbnail.of(view.apply(image, new SplittableRandom(0)), side);
  }
}
