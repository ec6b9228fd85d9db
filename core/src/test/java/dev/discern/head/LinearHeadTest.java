package dev.discern.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.head.BuiltHead.Step;
import dev.discern.loss.Targets;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class LinearHeadTest {
  private static final int N = 3;
  private static final List<Integer> TAUGHT = List.of(3, 1);
  // By their place among those taught: class 3, class 1, class 3.
  private static final int[] PLACES = {0, 1, 0};

  @Test
  void classesThatAreNotTaughtTakeNoPart() {
    try (Scope scope = new Scope()) {
      BuiltHead all = BuiltHead.of("ce");
      BuiltHead some = all.with(all.head().among(TAUGHT).orElseThrow());
      Tensor x =
          Tensors.ofDoubles(
                  new double[] {1, -2, .5, 0, 3, -1, 1, 2, .25, 0, 2, 2, -1, 1, .5},
                  N,
                  BuiltHead.FEATURES)
              .to(ScalarType.Float);
      double[] logits = values(all.head().logits(BuiltHead.features(x)));
      Step step = some.step(x, new Targets.Classes(Tensors.ofClasses(PLACES), null));
      double[] masked = values(step.loss().logits());
      double[] losses = values(step.loss().perSample());
      for (int i = 0; i < N; i++) {
        double total = 0;
        for (int k = 0; k < BuiltHead.CLASSES; k++) {
          double z = logits[i * BuiltHead.CLASSES + k];
          boolean taught = TAUGHT.contains(k);
          assertThat(masked[i * BuiltHead.CLASSES + k])
              .isEqualTo(taught ? z : Double.NEGATIVE_INFINITY);
          total += taught ? Math.exp(z) : 0;
        }
        double ofTrue = logits[i * BuiltHead.CLASSES + TAUGHT.get(PLACES[i])];
        assertThat(losses[i]).isCloseTo(Math.log(total) - ofTrue, within(1e-6));
      }
      for (int k = 0; k < BuiltHead.CLASSES; k++) {
        assertThat(step.gradient("fc.bias")[k] != 0)
            .as("class %d", k)
            .isEqualTo(TAUGHT.contains(k));
        for (int f = 0; f < BuiltHead.FEATURES; f++) {
          double slope = step.gradient("fc.weight")[k * BuiltHead.FEATURES + f];
          assertThat(slope != 0).as("class %d", k).isEqualTo(TAUGHT.contains(k));
        }
      }
    }
  }

  private static double[] values(Tensor tensor) {
    return Tensors.toDoubles(tensor.detach().to(ScalarType.Double).flatten());
  }
}
