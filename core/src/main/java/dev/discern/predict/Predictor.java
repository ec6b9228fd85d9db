package dev.discern.predict;

import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageFile;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.predict.Prediction.ClassProbability;
import dev.discern.run.ModelIdentity;
import dev.discern.run.RunDirectory;
import dev.discern.run.Session;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.train.Checkpoint;
import dev.discern.train.Network;
import dev.discern.view.View;
import dev.discern.view.Views;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;

/** Classifies images with a run's weights; the run's training data are not needed. */
public final class Predictor {
  private final Network network;
  private final ModelIdentity identity;

  private Predictor(Network network, ModelIdentity identity) {
    this.network = network;
    this.identity = identity;
  }

  /**
   * Loads a run's network.
   *
   * @param run the run's directory
   * @param checkpoint {@code best} or {@code last}
   * @return a predictor
   * @throws WorkFailed if the run has no such checkpoint
   */
  public static Predictor open(Path run, String checkpoint) {
    RunDirectory directory = RunDirectory.open(run);
    RunConfig config = directory.config();
    Path file = directory.requireCheckpoint(checkpoint);
    ModelIdentity identity = ModelIdentity.of(SafeTensors.readMetadata(file), file);
    Network network = Session.network(config, identity, List.of());
    Checkpoint.restore(file, network, Optional.empty());
    return new Predictor(network, identity);
  }

  /**
   * What the network is for.
   *
   * @return classes, image shape and normalisation
   */
  public ModelIdentity identity() {
    return identity;
  }

  /**
   * How many labels an image has.
   *
   * @return what the network was trained for
   */
  public Task task() {
    return network.task();
  }

  /**
   * Classifies one image file.
   *
   * @param image a PNG or JPEG file
   * @return all classes with their probabilities; where an image has several labels, each label's
   *     own
   * @throws WorkFailed if the file is missing or can't be decoded
   */
  public Prediction predict(Path image) {
    ImageShape shape = identity.shape();
    View view = Views.evaluation(shape, Interpolation.BILINEAR, 1);
    Pixels pixels = view.apply(new ImageFile(image), new SplittableRandom(0));
    float[] probabilities = probabilities(pixels);
    List<ClassProbability> classes =
        IntStream.range(0, probabilities.length)
            .mapToObj(k -> new ClassProbability(identity.classNames().get(k), probabilities[k]))
            .sorted(Comparator.comparingDouble(ClassProbability::probability).reversed())
            .toList();
    return new Prediction(classes);
  }

  private float[] probabilities(Pixels pixels) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      var images = network.preparation().of(pixels.data(), 1);
      var logits = network.head().logits(network.features(images, false));
      return Tensors.toFloats(network.logProbabilities(logits).exp());
    }
  }
}
