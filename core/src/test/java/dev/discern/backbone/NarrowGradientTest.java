package dev.discern.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.layer.Architecture;
import dev.discern.layer.Conv;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Padding;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precision;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Objects;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine's bf16 gradients of windows that reach beyond a small map are wrong. */
class NarrowGradientTest {
  private static final int BATCH = 4;

  @ParameterizedTest
  @CsvSource({
    "16, 3, 2, 1",
    "64, 3, 2, 1",
    "256, 3, 2, 1",
    "16, 5, 2, 1",
    "64, 7, 2, 1",
    "256, 5, 1, 1",
    "256, 7, 1, 2",
    "16, 3, 1, 1",
    "64, 3, 2, 2",
    "64, 3, 1, 4"
  })
  void aConvolutionInBf16HasTheGradientsOfFloat32(int channels, int kernel, int stride, int side) {
    float[] exact = gradient(channels, kernel, stride, side, Precision.FP32);
    float[] narrow = gradient(channels, kernel, stride, side, Precision.BF16);
    float largest = 0;
    for (float value : exact) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < exact.length; i++) {
      assertThat(Math.abs(narrow[i] - exact[i])).isLessThan(0.05f * largest);
    }
  }

  private static float[] gradient(
      int channels, int kernel, int stride, int side, Precision precision) {
    Conv conv =
        new Conv("conv", channels, channels, kernel, stride, Padding.of(kernel / 2), 1, false);
    Architecture architecture =
        new Architecture(
            channels,
            side,
            1,
            conv,
            new GlobalPool(),
            "fc",
            Architecture.Initialization.HE_FAN_OUT);
    try (Scope scope = new Scope()) {
      ParameterStore store = new ParameterStore(0, new Device("cpu"));
      Backbone backbone = new Backbone(architecture, store);
      Tensor images = Precision.channelsLast(images(channels, side));
      Tensor pooled =
          precision.run(DeviceType.CPU, () -> backbone.forward(images, Pass.training(0, 0, 0)));
      pooled.mul(pooled).sum().backward();
      Tensor weight = Objects.requireNonNull(store.parameters().get("conv.weight"));
      return Tensors.toFloats(weight.grad());
    }
  }

  private static Tensor images(int channels, int side) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[BATCH * channels * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensors.ofFloats(values, BATCH, channels, side, side);
  }
}
