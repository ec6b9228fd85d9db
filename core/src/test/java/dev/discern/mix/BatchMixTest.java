package dev.discern.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.MethodSpec;
import dev.discern.loss.CrossEntropy;
import dev.discern.loss.Targets;
import dev.discern.torch.Precision;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every way to mix must keep, and what it does to targets. */
class BatchMixTest {
  private static final int N = 6;
  private static final int SIDE = 8;
  private static final double[] CLASS_WEIGHTS = {0.5, 2, 3};

  static Stream<BatchMix> everything() {
    return Mixes.CATALOGUE.all().stream().map(BatchMixTest::made);
  }

  private static BatchMix made(MethodSpec<BatchMix> spec) {
    return spec.create(Map.of());
  }

  @ParameterizedTest
  @MethodSource("everything")
  void keepsShapesTypesAndTheImagesThemselves(BatchMix mix) {
    try (Scope scope = new Scope()) {
      for (ScalarType dtype : new ScalarType[] {ScalarType.Float, ScalarType.BFloat16}) {
        Tensor images = images().to(dtype);
        float[] before = Tensors.toFloats(images);
        Targets.Distribution targets = targets(0);
        float[] targetsBefore = Tensors.toFloats(targets.probabilities());
        Mixed mixed = mix.apply(images, targets, new SplittableRandom(1));
        assertThat(mixed.images().shape()).containsExactly(N, 2, SIDE, SIDE);
        assertThat(mixed.images().scalar_type().intern()).isEqualTo(dtype);
        assertThat(mixed.targets().probabilities().shape()).containsExactly(N, 3);
        assertThat(Tensors.toFloats(images)).isEqualTo(before);
        assertThat(Tensors.toFloats(targets.probabilities())).isEqualTo(targetsBefore);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void keepsTheMemoryFormat(BatchMix mix) {
    try (Scope scope = new Scope()) {
      Tensor images = Precision.channelsLast(images());
      Mixed mixed = mix.apply(images, targets(0), new SplittableRandom(1));
      assertThat(mixed.images().is_contiguous(MemoryFormat.ChannelsLast)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void mixesTargetsAsItMixesImages(BatchMix mix) {
    try (Scope scope = new Scope()) {
      // Image i is filled with i, and target i is one-hot in N classes.
      Targets.Distribution targets = onehot(IntStream.range(0, N).toArray(), N, null);
      for (int seed = 0; seed < 40; seed++) {
        Mixed mixed = mix.apply(images(), targets, new SplittableRandom(seed));
        float[] means = Tensors.toFloats(mixed.images().mean(1, 2, 3));
        float[] rows = Tensors.toFloats(mixed.targets().probabilities());
        for (int i = 0; i < N; i++) {
          double expected = 0;
          double sum = 0;
          for (int k = 0; k < N; k++) {
            expected += k * rows[i * N + k];
            sum += rows[i * N + k];
          }
          assertThat(sum).isCloseTo(1, within(1e-6));
          assertThat((double) means[i]).isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void mixesAlikeForEqualSeedsOnly(BatchMix mix) {
    try (Scope scope = new Scope()) {
      Set<String> seen = new HashSet<>();
      for (int seed = 0; seed < 20; seed++) {
        String first = described(mix, seed);
        assertThat(described(mix, seed)).isEqualTo(first);
        seen.add(first);
      }
      assertThat(seen).hasSizeGreaterThan(15);
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void takesABatchOfOneImageOfOnePixel(BatchMix mix) {
    try (Scope scope = new Scope()) {
      Tensor pixel = Tensors.ofFloats(new float[] {0.25f}, 1, 1, 1, 1);
      for (int seed = 0; seed < 20; seed++) {
        Mixed mixed = mix.apply(pixel, onehot(new int[] {1}, 2, null), new SplittableRandom(seed));
        assertThat(Tensors.toFloats(mixed.images())[0]).isCloseTo(0.25f, within(1e-6f));
        assertThat(Tensors.toFloats(mixed.targets().probabilities())[1])
            .isCloseTo(1f, within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void smoothingBeforeMixingIsSmoothingAfterIt(BatchMix mix) {
    double smoothing = 0.1;
    try (Scope scope = new Scope()) {
      float[] before = probabilities(mix, targets(smoothing));
      float[] after = probabilities(mix, targets(0));
      for (int i = 0; i < after.length; i++) {
        after[i] = (float) ((1 - smoothing) * after[i] + smoothing / 3);
      }
      assertThat(before).containsExactly(after, within(1e-6f));
    }
  }

  /** λ·w_i·L_i + (1 − λ)·w_j·L_j, over the sum of λ·w_i + (1 − λ)·w_j. */
  @Test
  void keepsTheWeightsOfBothClasses() {
    double lambda = 0.3;
    try (Scope scope = new Scope()) {
      Tensor weights = Tensors.ofDoubles(CLASS_WEIGHTS, 3);
      Partners partners =
          Partners.of(images().narrow(0, 0, 3), onehot(new int[] {0, 1, 2}, 3, weights), 1, 2, 0);
      Targets mixed = Mixup.mixed(lambda, partners).targets();
      Tensor logits = Tensors.ofDoubles(new double[] {1, 2, -1, 0, 0.5, 3, -2, 1, 1}, 3, 3);
      double[] own = losses(logits, onehot(new int[] {0, 1, 2}, 3, weights));
      double[] other = losses(logits, onehot(new int[] {1, 2, 0}, 3, weights));
      double[] got = losses(logits, mixed);
      double[] sampleWeights = Tensors.toDoubles(mixed.weights());
      for (int i = 0; i < 3; i++) {
        assertThat(got[i]).isCloseTo(lambda * own[i] + (1 - lambda) * other[i], within(1e-6));
        assertThat(sampleWeights[i])
            .isCloseTo(
                lambda * CLASS_WEIGHTS[i] + (1 - lambda) * CLASS_WEIGHTS[(i + 1) % 3],
                within(1e-6));
      }
    }
  }

  @Test
  void refusesBatchesThatDoNotMatch() {
    try (Scope scope = new Scope()) {
      SplittableRandom random = new SplittableRandom(0);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Mixup(1).apply(images().narrow(0, 0, 2), targets(0), random))
          .withMessage("There are 6 targets for 2 images.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CutMix(1).apply(images().select(1, 0), targets(0), random))
          .withMessageStartingWith(
              "Images to mix must be floating-point of shape [N, C, H, W], but these are ");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CutMix(1).apply(images().to(ScalarType.Byte), targets(0), random))
          .withMessageStartingWith(
              "Images to mix must be floating-point of shape [N, C, H, W], but these are ");
    }
  }

  private static double[] losses(Tensor logits, Targets targets) {
    return Tensors.toDoubles(new CrossEntropy().perSample(logits, targets));
  }

  private static String described(BatchMix mix, int seed) {
    Mixed mixed = mix.apply(images(), targets(0), new SplittableRandom(seed));
    return Arrays.toString(Tensors.toFloats(mixed.images()));
  }

  private static float[] probabilities(BatchMix mix, Targets.Distribution targets) {
    Mixed mixed = mix.apply(images(), targets, new SplittableRandom(5));
    return Tensors.toFloats(mixed.targets().probabilities());
  }

  private static Targets.Distribution targets(double smoothing) {
    return new Targets.Classes(Tensors.ofClasses(new int[] {0, 1, 2, 0, 1, 2}), null)
        .smoothed(smoothing, 3);
  }

  private static Targets.Distribution onehot(int[] classes, int count, @Nullable Tensor weights) {
    return new Targets.Classes(Tensors.ofClasses(classes), weights).smoothed(0, count);
  }

  private static Tensor images() {
    int volume = 2 * SIDE * SIDE;
    float[] values = new float[N * volume];
    for (int i = 0; i < values.length; i++) {
      int image = i / volume;
      values[i] = image;
    }
    return Tensors.ofFloats(values, N, 2, SIDE, SIDE);
  }
}
