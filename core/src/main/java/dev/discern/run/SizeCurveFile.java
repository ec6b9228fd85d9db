package dev.discern.run;

import dev.discern.config.Task;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.feature.FeatureTable;
import dev.discern.feature.SizeCurve;
import dev.discern.feature.SizeCurve.Part;
import dev.discern.stats.Doubling;
import dev.discern.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * {@code size-curve.json}: how accuracy grows with the number of training images, for a report. It
 * depends on the data and on the weights that the run starts from, not on its training.
 */
final class SizeCurveFile {
  static final String NAME = "size-curve.json";

  private SizeCurveFile() {}

  /**
   * Writes the file, unless it exists, or the images have several labels or are too few.
   *
   * @param features of the training and the validation images, among others
   * @param stop true ends the computation
   * @throws java.util.concurrent.CancellationException if it was stopped
   */
  static void write(
      RunDirectory directory,
      Session session,
      FrozenFeatures features,
      LoadListener listener,
      BooleanSupplier stop) {
    ImageSet train = session.split().train();
    if (train.task() == Task.MANY_LABELS || directory.readJson(NAME).isPresent()) {
      return;
    }
    long startNanos = System.nanoTime();
    Optional<SizeCurve> curve =
        SizeCurve.of(
            part(train, features),
            part(session.split().validation(), features),
            train.classNames().size(),
            session.config().data().splitSeed(),
            listener,
            stop);
    curve.ifPresent(
        found -> directory.writeJson(NAME, tree(found, (System.nanoTime() - startNanos) / 1e9)));
  }

  private static Part part(ImageSet set, FrozenFeatures features) {
    float[] values = Tensors.toFloats(Objects.requireNonNull(features.tables().get(set)));
    int[] labels = IntStream.range(0, set.size()).map(set::label).toArray();
    return new Part(new FeatureTable(values, values.length / set.size()), labels);
  }

  private static Map<String, Object> tree(SizeCurve curve, double seconds) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("validationImages", curve.validationImages());
    tree.put("points", curve.points());
    curve.doubling().ifPresent(doubling -> tree.put("doubling", tree(doubling)));
    tree.put("seconds", seconds);
    return tree;
  }

  private static Map<String, Object> tree(Doubling doubling) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("gain", doubling.gain());
    tree.put("low", doubling.interval().low());
    tree.put("high", doubling.interval().high());
    tree.put("lastGain", doubling.lastGain());
    tree.put("lastForetold", doubling.lastForetold());
    tree.put("supported", doubling.supported());
    return tree;
  }
}
