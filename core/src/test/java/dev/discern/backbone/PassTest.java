package dev.discern.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.Spec;
import dev.discern.layer.Activation;
import dev.discern.layer.Architecture;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.ClassToken;
import dev.discern.layer.Conv;
import dev.discern.layer.DropPath;
import dev.discern.layer.Dropout;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Layer;
import dev.discern.layer.Sequence;
import dev.discern.layer.Tokens;
import dev.discern.model.Models;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precision;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What layers do in training, with statistics held, and in evaluation. */
class PassTest {
  private static final Pass STEP = Pass.training(3, 1, 7);

  private Scope scope;
  private NoGradGuard noGrad;

  @BeforeEach
  void open() {
    scope = new Scope();
    noGrad = new NoGradGuard();
  }

  @AfterEach
  void close() {
    noGrad.close();
    scope.close();
  }

  private static Architecture of(Layer trunk) {
    return new Architecture(
        1, 8, 1, trunk, Sequence.of(), "fc", Architecture.Initialization.HE_FAN_OUT);
  }

  private static Backbone backbone(Layer trunk) {
    return new Backbone(of(trunk), store());
  }

  private static ParameterStore store() {
    return new ParameterStore(0, new Device("cpu"));
  }

  private static Tensor images(int count, int side) {
    double[] values = new SplittableRandom(2).doubles((long) count * side * side, 1, 2).toArray();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensors.ofFloats(floats, count, 1, side, side);
  }

  private static float[] output(Layer layer, Pass pass) {
    return Tensors.toFloats(backbone(layer).forward(images(8, 8), pass));
  }

  @Test
  void outlivesTheScopeInWhichItIsBuilt() {
    Backbone built;
    try (Scope inner = new Scope()) {
      built = backbone(Sequence.of(Conv.of("c", 1, 2, 3).biased(), new BatchNorm("n", 2)));
    }
    assertThat(Tensors.toFloats(built.forward(images(2, 4), Pass.EVALUATION))).hasSize(2 * 2 * 16);
  }

  @Test
  void theClassTokenKeepsItsPrecisionInBf16() {
    ParameterStore store = store();
    Layer trunk = Sequence.of(Conv.of("c", 1, 2, 1), new Tokens(2, 1), new ClassToken());
    Backbone backbone = new Backbone(of(trunk), store);
    float[] token = Tensors.toFloats(named(store, Tokens.CLASS_TOKEN));
    float[] positions = Tensors.toFloats(named(store, Tokens.POSITIONS));
    Tensor images = images(1, 1);
    float[] output =
        Tensors.toFloats(
            Precision.BF16.run(DeviceType.CPU, () -> backbone.forward(images, Pass.EVALUATION)));
    assertThat(output).containsExactly(token[0] + positions[0], token[1] + positions[1]);
  }

  private static Tensor named(ParameterStore store, String name) {
    return Objects.requireNonNull(store.parameters().get(name));
  }

  private static Layer dropping(String kind, String name) {
    return kind.equals("dropout") ? new Dropout(name, 0.4) : new DropPath(name, 0.4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dropout", "drop path"})
  void whatDropsDependsOnSeedEpochStepAndNameAlone(String kind) {
    float[] first = output(dropping(kind, "a"), STEP);
    assertThat(output(dropping(kind, "a"), Pass.training(3, 1, 7))).isEqualTo(first);
    assertThat(output(dropping(kind, "a"), STEP.withFrozenNorms())).isEqualTo(first);
    assertThat(output(dropping(kind, "b"), STEP)).isNotEqualTo(first);
    assertThat(output(dropping(kind, "a"), Pass.training(4, 1, 7))).isNotEqualTo(first);
    assertThat(output(dropping(kind, "a"), Pass.training(3, 2, 7))).isNotEqualTo(first);
    assertThat(output(dropping(kind, "a"), Pass.training(3, 1, 8))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dropout", "drop path"})
  void evaluationDropsNothing(String kind) {
    float[] input = Tensors.toFloats(images(8, 8));
    assertThat(output(dropping(kind, "a"), Pass.EVALUATION)).isEqualTo(input);
    assertThat(output(dropping(kind, "a"), STEP)).isNotEqualTo(input);
  }

  @Test
  void dropPathKeepsOrDropsWholeImages() {
    float[] input = Tensors.toFloats(images(8, 8));
    float[] output = output(new DropPath("a", 0.4), STEP);
    int dropped = 0;
    for (int image = 0; image < 8; image++) {
      float factor = output[image * 64] == 0 ? 0 : 1 / 0.6f;
      dropped += factor == 0 ? 1 : 0;
      for (int i = image * 64; i < (image + 1) * 64; i++) {
        assertThat(output[i]).isCloseTo(factor * input[i], within(1e-5f));
      }
    }
    assertThat(dropped).isBetween(1, 7);
  }

  // 4,096 images of one pixel: the mean of as many factors of 0 or 1/0.6 has a deviation of 0.0128.
  @ParameterizedTest
  @ValueSource(strings = {"dropout", "drop path"})
  void theMeanIsKept(String kind) {
    Tensor ones = images(4096, 1).fill_(new org.bytedeco.pytorch.Scalar(1.0));
    float[] output = Tensors.toFloats(backbone(dropping(kind, "a")).forward(ones, STEP));
    double mean = 0;
    int kept = 0;
    for (float value : output) {
      mean += value / output.length;
      kept += value == 0 ? 0 : 1;
    }
    assertThat(mean).isCloseTo(1, within(4 * 0.0128));
    assertThat(kept / 4096.0).isCloseTo(0.6, within(4 * 0.0077));
  }

  @Test
  void frozenNormsKeepAndUseTheRunningStatistics() {
    Backbone backbone;
    ParameterStore store = store();
    backbone =
        new Backbone(
            of(Sequence.of(Conv.of("conv", 1, 3, 3), new BatchNorm("bn", 3), new GlobalPool())),
            store);
    Tensor images = images(8, 8);
    Tensor unused = backbone.forward(images, Pass.training(0, 0, 0));
    Map<String, float[]> before = copies(store);
    assertThat(before.get("bn.running_var")).doesNotContain(1f);
    float[] frozen = Tensors.toFloats(backbone.forward(images, STEP.withFrozenNorms()));
    assertThat(copies(store)).usingRecursiveComparison().isEqualTo(before);
    assertThat(Tensors.toFloats(backbone.forward(images, Pass.EVALUATION))).isEqualTo(frozen);

    // A batch normalized by itself has a mean of 0; afterwards the statistics are others.
    float[] trained = Tensors.toFloats(backbone.forward(images, STEP));
    assertThat(mean(trained)).isCloseTo(0, within(1e-5));
    assertThat(Math.abs(mean(frozen))).isGreaterThan(0.01);
    assertThat(copies(store)).usingRecursiveComparison().isNotEqualTo(before);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static Map<String, float[]> copies(ParameterStore store) {
    Map<String, float[]> copies = new HashMap<>();
    store.state().forEach((name, tensor) -> copies.put(name, Tensors.toFloats(tensor)));
    return copies;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet8",
        "se-resnet(depth=8)",
        "mobilenetv3_small_100",
        "efficientnet_b0",
        "shufflenet_v2_x1_0",
        "convnext_atto"
      })
  void layersThatOverwriteTheirInputComputeTheSame(String spec) {
    // With frozen statistics and nothing to drop, only overwriting differs from evaluation.
    Architecture architecture = Models.CATALOGUE.create(Spec.parse(spec)).build(1);
    Backbone backbone = new Backbone(architecture, store());
    Tensor images = images(2, 32);
    float[] input = Tensors.toFloats(images);
    float[] evaluated = Tensors.toFloats(backbone.forward(images, Pass.EVALUATION));
    float[] trained = Tensors.toFloats(backbone.forward(images, STEP.withFrozenNorms()));
    assertThat(trained).containsExactly(evaluated, within(1e-5f));
    assertThat(Tensors.toFloats(images)).as("the images are left alone").isEqualTo(input);
    assertThat(Arrays.equals(evaluated, new float[evaluated.length])).isFalse();
  }

  @Test
  void anActivationOfTheImagesLeavesThemAlone() {
    Tensor images = images(1, 2).sub(new org.bytedeco.pytorch.Scalar(1.5));
    float[] input = Tensors.toFloats(images);
    for (Activation activation : Activation.values()) {
      Tensor unused = backbone(activation).forward(images, Pass.EVALUATION);
      assertThat(Tensors.toFloats(images)).as("%s", activation).isEqualTo(input);
    }
  }
}
