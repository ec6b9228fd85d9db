package dev.discern.predict;

import dev.discern.backbone.Pass;
import dev.discern.card.ModelCard;
import dev.discern.certainty.Calibration;
import dev.discern.certainty.Temperature;
import dev.discern.config.Internal;
import dev.discern.config.Task;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.train.Network;
import dev.discern.train.TestFlip;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The calibrated probabilities that a network gives images.
 *
 * @param network the network
 * @param card its model card
 */
@Internal
public record Answers(Network network, ModelCard card) {
  /**
   * Runs images through the network.
   *
   * @param pixels images as the card's view gives them: {@code [H, W, C]}, unsigned bytes
   * @return {@code [N][K]}: of a distribution over the classes or, if images have several labels,
   *     of each label independently
   */
  public List<double[]> of(List<byte[]> pixels) {
    if (pixels.isEmpty()) {
      return List.of();
    }
    float[] logProbabilities = logProbabilities(pixels);
    return IntStream.range(0, pixels.size())
        .mapToObj(i -> probabilities(logProbabilities, i))
        .toList();
  }

  // Several labels are independent of each other, so their probabilities do not sum to 1.
  private double[] probabilities(float[] logProbabilities, int image) {
    int classes = card.classNames().size();
    if (card.task() == Task.ONE_LABEL) {
      return card.calibration()
          .map(Calibration::temperature)
          .orElse(Temperature.NONE)
          .probabilities(logProbabilities, image, classes);
    }
    return IntStream.range(image * classes, (image + 1) * classes)
        .mapToDouble(at -> Math.exp(logProbabilities[at]))
        .toArray();
  }

  private float[] logProbabilities(List<byte[]> pixels) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor images = network.preparation().of(joined(pixels), pixels.size());
      Tensor found = logProbabilities(images);
      if (card.preprocessing().testFlip()) {
        found = TestFlip.mean(found, logProbabilities(TestFlip.mirrored(images)));
      }
      return Tensors.toFloats(found);
    }
  }

  private Tensor logProbabilities(Tensor images) {
    Tensor logits = network.head().logits(network.features(images, Pass.EVALUATION));
    return network.logProbabilities(logits);
  }

  private static byte[] joined(List<byte[]> pixels) {
    int volume = pixels.get(0).length;
    byte[] joined = new byte[Math.multiplyExact(pixels.size(), volume)];
    for (int i = 0; i < pixels.size(); i++) {
      System.arraycopy(pixels.get(i), 0, joined, i * volume, volume);
    }
    return joined;
  }
}
