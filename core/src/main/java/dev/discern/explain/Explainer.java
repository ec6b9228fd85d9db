package dev.discern.explain;

import dev.discern.backbone.Pass;
import dev.discern.card.ModelCard;
import dev.discern.certainty.Calibration;
import dev.discern.certainty.Temperature;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.explain.Explanation.Guess;
import dev.discern.explain.Explanation.Reason;
import dev.discern.head.Features;
import dev.discern.image.ImageShape;
import dev.discern.image.Pixels;
import dev.discern.layer.Shape;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.train.Network;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Explains a network's predictions by {@link GradCam}, whatever its architecture and its head. */
public final class Explainer {
  private final Network network;
  private final Temperature temperature;

  /**
   * Explains a network.
   *
   * @param network for one class per image, with a map of features
   * @param card its model card
   * @throws InvalidConfig if its images have several labels, or it pools no map
   */
  public Explainer(Network network, ModelCard card) {
    obstacle(network, card)
        .ifPresent(
            reason -> {
              throw new InvalidConfig(reason);
            });
    this.network = network;
    temperature = card.calibration().map(Calibration::temperature).orElse(Temperature.NONE);
  }

  /**
   * Why a network cannot be explained.
   *
   * @param network the network
   * @param card its model card
   * @return a sentence for the user, or empty if it can be
   */
  public static Optional<String> obstacle(Network network, ModelCard card) {
    if (card.task() == Task.MANY_LABELS) {
      return Optional.of(
          "Images of this network have several labels, but an explanation compares one predicted"
              + " class with its strongest rival: name a run with one class per image.");
    }
    ImageShape images = card.preprocessing().shape();
    Shape.Grid image = new Shape.Grid(images.channels(), images.height(), images.width());
    return network.backbone().architecture().mapShape(image) instanceof Shape.Grid
        ? Optional.empty()
        : Optional.of(
            card.architecture()
                + " classifies a token instead of pooling a map of the image, so there is no heat"
                + " map to draw: Grad-CAM needs a convolutional network.");
  }

  /**
   * Explains one prediction.
   *
   * @param pixels the image as the network sees it
   * @param truth its class, if known: the rival of a wrong prediction; otherwise the rival is the
   *     second most likely class
   * @return the classes, and a heat map for the predicted class and for its rival
   * @throws WorkFailed if the network's outputs are not finite
   */
  public Explanation explain(Pixels pixels, OptionalInt truth) {
    try (Scope scope = new Scope()) {
      Tensor map = map(pixels);
      map.set_requires_grad(true);
      Tensor features = network.backbone().pool(map, Pass.EVALUATION);
      Tensor logits = network.head().logits(new Features(features));
      List<Guess> guesses = guesses(logits);
      int predicted = guesses.get(0).label();
      int rival = truth.orElse(predicted);
      rival = rival == predicted ? guesses.get(1).label() : rival;
      List<Reason> reasons =
          Stream.of(predicted, rival)
              .map(label -> new Reason(label, GradCam.of(map, logits.select(1, label).sum())))
              .toList();
      return new Explanation(guesses, reasons, Tensors.toFloats(features));
    }
  }

  // Nothing before the map needs a gradient.
  private Tensor map(Pixels pixels) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      Tensor images = network.preparation().of(pixels.data(), 1);
      return network
          .precisions()
          .inference()
          .run(network.device().type(), () -> network.backbone().map(images, Pass.EVALUATION))
          .to(ScalarType.Float);
    }
  }

  private List<Guess> guesses(Tensor logits) {
    float[] logProbabilities = Tensors.toFloats(network.logProbabilities(logits));
    if (IntStream.range(0, logProbabilities.length)
        .anyMatch(k -> !Float.isFinite(logProbabilities[k]))) {
      throw new WorkFailed(
          "The network's outputs are NaN or infinite, because its weights diverged: explain another"
              + " checkpoint, or train with a smaller optim.lr.");
    }
    // As predict prints them.
    var probabilities = temperature.probabilities(logProbabilities, 0, logProbabilities.length);
    return IntStream.range(0, logProbabilities.length)
        .mapToObj(k -> new Guess(k, probabilities[k]))
        .sorted(Comparator.comparingDouble(Guess::probability).reversed())
        .toList();
  }
}
