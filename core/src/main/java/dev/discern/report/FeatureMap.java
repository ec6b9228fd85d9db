package dev.discern.report;

import dev.discern.embedding.Pca;
import dev.discern.embedding.Projection;
import dev.discern.embedding.TSne;
import dev.discern.run.FeatureSample;
import dev.discern.run.Predictions;
import dev.discern.run.Predictions.Row;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The feature map of a method: principal components and t-SNE of the test images of one seed. */
final class FeatureMap {
  private static final double PERPLEXITY = 30;
  private static final int ITERATIONS = 500;
  // More points would hide each other.
  private static final int POINTS = 600;

  private FeatureMap() {}

  static ObjectNode of(RunRecord run) {
    FeatureSample sample = run.features();
    int step = Math.max(1, (int) Math.ceil((double) sample.images().size() / POINTS));
    int points = (sample.images().size() + step - 1) / step;
    double[][] rows = new double[points][];
    ObjectNode node = Json.object().put("seed", run.entry().seed());
    ArrayNode images = node.putArray("images");
    ArrayNode labels = node.putArray("labels");
    ArrayNode predicted = node.putArray("predicted");
    List<Row> predictions = ((Predictions) run.requirePredictions()).rows();
    for (int i = 0; i < points; i++) {
      rows[i] = widened(sample.features().get(i * step));
      int image = sample.images().get(i * step);
      images.add(image);
      labels.add(predictions.get(image).label());
      predicted.add(predictions.get(image).predicted());
    }
    Projection pca = Pca.project(rows);
    node.set("pca", points(pca.points()));
    node.set("explained", Json.MAPPER.valueToTree(pca.explained()));
    node.set("tsne", points(TSne.project(rows, PERPLEXITY, ITERATIONS, 0).points()));
    return node;
  }

  private static double[] widened(float[] row) {
    double[] wide = new double[row.length];
    for (int f = 0; f < row.length; f++) {
      wide[f] = row[f];
    }
    return wide;
  }

  // Three decimals are precise enough for any screen.
  private static ArrayNode points(double[][] points) {
    ArrayNode node = Json.array();
    for (double[] point : points) {
      node.addArray()
          .add(Math.round(point[0] * 1000) / 1000.0)
          .add(Math.round(point[1] * 1000) / 1000.0);
    }
    return node;
  }
}
