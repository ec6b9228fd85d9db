package dev.discern.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.backbone.Pass;
import dev.discern.data.Batch;
import dev.discern.data.BatchStream;
import dev.discern.metric.EvaluationResult;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class TestFlipTest {
  private record Seen(EvaluationResult result, List<float[]> logProbabilities) {}

  private static Seen evaluate(TinyNetwork tiny, boolean flip) {
    Objective objective = new Objective(TinyNetwork.CLASSES, 0, null);
    List<float[]> seen = new ArrayList<>();
    EvaluationResult result =
        new Evaluator(tiny.network, objective)
            .withTestFlip(flip)
            .evaluate(tiny.lesson(objective).feed(), (batch, lp, features) -> seen.add(lp));
    return new Seen(result, seen);
  }

  // The bytes of the same images, mirrored without the engine.
  private static byte[] mirrored(byte[] images, int side, int channels) {
    byte[] mirror = new byte[images.length];
    for (int pixel = 0; pixel < images.length / channels; pixel++) {
      int x = pixel % side;
      System.arraycopy(
          images, (pixel - x + side - 1 - x) * channels, mirror, pixel * channels, channels);
    }
    return mirror;
  }

  private static double[] probabilities(TinyNetwork tiny, byte[] images, int size) {
    Tensor input = tiny.network.preparation().of(images, size);
    Tensor logits = tiny.network.head().logits(tiny.network.features(input, Pass.EVALUATION));
    return Tensors.toDoubles(logits.softmax(1));
  }

  @Test
  void evaluatesTheMeanOverImageAndMirrorImage() {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard();
        TinyNetwork tiny = TinyNetwork.of("ce", false);
        BatchStream batches =
            tiny.lesson(new Objective(TinyNetwork.CLASSES, 0, null)).feed().batches().epoch(0, 0)) {
      Batch batch = batches.next();
      double[] plain = probabilities(tiny, batch.images(), batch.size());
      double[] mirror = probabilities(tiny, mirrored(batch.images(), 8, 3), batch.size());
      Seen seen = evaluate(tiny, true);
      float[] found = seen.logProbabilities().get(0);
      double loss = 0;
      for (int i = 0; i < found.length; i++) {
        assertThat(Math.exp(found[i])).isCloseTo((plain[i] + mirror[i]) / 2, within(1e-6));
      }
      for (int i = 0; i < batch.size(); i++) {
        int at = i * TinyNetwork.CLASSES + batch.labels().requireOne()[i];
        loss -= (Math.log(plain[at]) + Math.log(mirror[at])) / 2;
      }
      assertThat(seen.result().loss()).isCloseTo(loss / batch.size(), within(1e-6));
      assertThat(plain).isNotEqualTo(mirror);
      assertThat(evaluate(tiny, false).result().loss()).isNotEqualTo(seen.result().loss());
    }
  }
}
