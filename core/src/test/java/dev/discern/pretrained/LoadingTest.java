package dev.discern.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.data.Normalization;
import dev.discern.fetch.FetchListener;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.weights.SavedState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadingTest {
  private static final List<String> OTHERS = List.of("cat", "dog", "emu");

  @TempDir private Path folder;
  private Scope scope = new Scope();

  @BeforeEach
  void open() {
    scope = new Scope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static SmallNetwork network(String model, long seed) {
    return SmallNetwork.of(model, seed, 3, "ce");
  }

  private Pretrained file(String name, Map<String, Tensor> tensors) {
    Path file = folder.resolve(name);
    SafeTensors.write(file, tensors, Map.of("format", "pt"));
    return WeightSource.find(file.toString(), FetchListener.NONE);
  }

  private Pretrained discerns(String model, String method, SmallNetwork network) {
    Path file = folder.resolve("weights.safetensors");
    ModelCard card =
        new ModelCard(
            model,
            method,
            Task.ONE_LABEL,
            SmallNetwork.CLASSES,
            List.of(),
            new Preprocessing(
                new ImageShape(3, 32, 32),
                1,
                Interpolation.BILINEAR,
                new Normalization(new float[3], new float[] {1, 1, 1})),
            Map.of());
    SafeTensors.write(file, network.state(), card.toMetadata());
    return WeightSource.find(file.toString(), FetchListener.NONE);
  }

  private static float[] numbers(SmallNetwork network, String name) {
    return Tensors.toFloats(Objects.requireNonNull(network.state().get(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"safetensors", "zip", "legacy"})
  void readsWhatTimmSavesInEveryFormat(String format) throws IOException {
    SmallNetwork trained = network("mobilenetv3_small_100", 1);
    Map<String, Tensor> state = trained.timms(Tensors.ofFloats(new float[] {7}, 1));
    assertThat(state).containsKey("classifier.weight").doesNotContainKey("fc.weight");
    Path file = folder.resolve("state");
    switch (format) {
      case "zip" -> SavedState.zip(file, state);
      case "legacy" -> SavedState.legacy(file, state);
      default -> SafeTensors.write(file, state, Map.of());
    }
    Pretrained weights = WeightSource.find(file.toString(), FetchListener.NONE);
    assertThat(weights.architecture()).hasValue("mobilenetv3_small_100");
    SmallNetwork own = network("mobilenetv3_small_100", 2);
    Loading loading = Loading.into(weights, own.target(), false);
    assertThat(loading.isWhole()).isTrue();
    assertThat(loading.matched()).hasSize(own.architecture().tensors().size());
    assertThat(loading.replaced()).containsExactlyInAnyOrder("fc.weight", "fc.bias");
    assertThat(numbers(own, "fc.weight")).isNotEqualTo(numbers(trained, "fc.weight"));
    assertThat(numbers(own, "conv_stem.weight")).isEqualTo(numbers(trained, "conv_stem.weight"));
    assertThat(loading.sentences())
        .containsExactly(
            "Loaded " + loading.matched().size() + " tensors from " + file + ".",
            "The classifier is new: it starts from random weights.");
  }

  @Test
  void keepsTheHeadOfTheSameClassesAndMethod() {
    SmallNetwork trained = network("resnet8", 1);
    SmallNetwork own = network("resnet8", 2);
    Loading loading = Loading.into(discerns("resnet8", "ce", trained), own.target(), false);
    assertThat(loading.replaced()).isEmpty();
    assertThat(loading.matched()).hasSize(own.state().size());
    own.state()
        .keySet()
        .forEach(name -> assertThat(numbers(own, name)).isEqualTo(numbers(trained, name)));
  }

  @ParameterizedTest
  @CsvSource({"ce, true", "focal, false", "center, false"})
  void replacesTheHeadOfOtherClassesOrAnotherMethod(String method, boolean otherClasses) {
    SmallNetwork trained = network("resnet8", 1);
    SmallNetwork own =
        SmallNetwork.of("resnet8", 2, 3, method, otherClasses ? OTHERS : SmallNetwork.CLASSES);
    Loading loading = Loading.into(discerns("resnet8", "ce", trained), own.target(), false);
    assertThat(loading.isWhole()).isTrue();
    assertThat(loading.replaced()).containsExactlyInAnyOrder("fc.weight", "fc.bias");
  }

  @Test
  void aMethodsOwnTensorsAreOfItsHead() {
    SmallNetwork trained = SmallNetwork.of("resnet8", 1, 3, "center");
    assertThat(trained.state()).hasSizeGreaterThan(network("resnet8", 1).state().size());
    Loading loading =
        Loading.into(discerns("resnet8", "center", trained), network("resnet8", 2).target(), false);
    assertThat(loading.isWhole()).isTrue();
    assertThat(loading.replaced()).hasSizeGreaterThan(2);
  }

  @Test
  void refusesADeeperNetworkAlthoughNothingIsMissing() {
    SmallNetwork own = network("resnet20", 2);
    float[] before = numbers(own, "conv1.weight");
    assertThatThrownBy(
            () -> Loading.into(file("w", network("resnet32", 1).state()), own.target(), false))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("does not fit resnet20 (60 tensors in it, such as")
        .hasMessageContaining("are not in the network")
        .hasMessageContaining("it is resnet32, so set model.name to that, or set")
        .hasMessageEndingWith("model.partialWeights to load what fits.");
    assertThat(numbers(own, "conv1.weight")).isEqualTo(before);
  }

  @Test
  void refusesARunOfAnotherNetworkByItsCard() {
    Pretrained weights = discerns("resnet32", "ce", network("resnet32", 1));
    assertThatThrownBy(() -> Loading.into(weights, network("resnet20", 2).target(), false))
        .hasMessageContaining("it is resnet32, so set model.name");
  }

  @Test
  void saysWhatAnIncompleteFileLooksLike() {
    Map<String, Tensor> state = new LinkedHashMap<>(network("resnet18", 1).state());
    state.remove("layer4.1.conv2.weight");
    assertThatThrownBy(() -> Loading.into(file("w", state), network("resnet20", 2).target(), false))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("it looks like resnet18, so set model.name");
    assertThatThrownBy(() -> Loading.into(file("w", state), network("resnet18", 2).target(), false))
        .hasMessageContaining(
            "the tensor layer4.1.conv2.weight of the network is not in it, or not in the")
        .hasMessageContaining("choose other weights or another model.name, or set");
  }

  @Test
  void loadsWhatFitsIfAsked() {
    SmallNetwork trained = network("resnet8", 1);
    SmallNetwork own = network("resnet8", 2);
    Map<String, Tensor> state = new LinkedHashMap<>(trained.state());
    state.remove("bn1.weight");
    state.put("conv1.weight", Tensors.ofFloats(new float[27], 1, 3, 3, 3));
    state.put("extra", Tensors.ofFloats(new float[1], 1));
    float[] before = numbers(own, "conv1.weight");
    Loading loading = Loading.into(file("w", state), own.target(), true);
    assertThat(loading.missing()).containsExactly("conv1.weight", "bn1.weight");
    assertThat(loading.leftOver()).containsExactly("extra");
    assertThat(numbers(own, "conv1.weight")).isEqualTo(before);
    assertThat(numbers(own, "bn1.running_var")).isEqualTo(numbers(trained, "bn1.running_var"));
    assertThat(loading.sentences())
        .contains(
            "Not in the weights, and therefore random: conv1.weight, bn1.weight, 2 tensors in"
                + " all.",
            "Not in the network, and therefore unused: extra, 1 tensor in all.");
    assertThat(loading.facts())
        .containsEntry("matched", loading.matched().size())
        .containsEntry("missing", loading.missing())
        .containsEntry("leftOver", List.of("extra"));
  }

  @Test
  void refusesWeightsOfWhichNothingFitsEvenIfAPartMay() {
    Map<String, Tensor> state = Map.of("w", Tensors.ofFloats(new float[1], 1));
    assertThatThrownBy(() -> Loading.into(file("w", state), network("resnet8", 2).target(), true))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageEndingWith("choose other weights or another model.name.");
  }

  @ParameterizedTest
  @CsvSource({"Half, 1e-3", "BFloat16, 1e-2", "Double, 0"})
  void convertsOtherPrecisions(ScalarType type, double tolerance) {
    SmallNetwork trained = network("resnet8", 1);
    SmallNetwork own = network("resnet8", 2);
    Map<String, Tensor> state = new LinkedHashMap<>();
    trained.state().forEach((name, tensor) -> state.put(name, tensor.detach().to(type)));
    Loading unused = Loading.into(file("w", state), own.target(), false);
    assertThat(Objects.requireNonNull(own.state().get("conv1.weight")).scalar_type().intern())
        .isEqualTo(ScalarType.Float);
    float[] wanted = numbers(trained, "conv1.weight");
    float[] found = numbers(own, "conv1.weight");
    for (int i = 0; i < wanted.length; i++) {
      assertThat(found[i]).isCloseTo(wanted[i], within((float) tolerance));
    }
  }

  @Test
  void refusesWholeNumbers() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    network("resnet8", 1)
        .state()
        .forEach((name, tensor) -> state.put(name, tensor.detach().to(ScalarType.Char)));
    assertThatThrownBy(() -> Loading.into(file("w", state), network("resnet8", 2).target(), true))
        .isInstanceOf(InvalidConfig.class);
  }

  @Test
  void sumsTheFirstConvolutionForGrayImages() {
    SmallNetwork trained = network("resnet8", 1);
    SmallNetwork gray = SmallNetwork.of("resnet8", 2, 1, "ce");
    Loading loading = Loading.into(file("w", trained.state()), gray.target(), false);
    assertThat(loading.isWhole()).isTrue();
    float[] colors = numbers(trained, "conv1.weight");
    float[] sums = numbers(gray, "conv1.weight");
    for (int i = 0; i < sums.length; i++) {
      int at = i / 9 * 27 + i % 9;
      assertThat(sums[i]).isCloseTo(colors[at] + colors[at + 9] + colors[at + 18], within(1e-6f));
    }
  }

  @Test
  void sumsTheFirstConvolutionOfHalfPrecisionInFloat32() {
    SmallNetwork trained = network("resnet8", 1);
    SmallNetwork gray = SmallNetwork.of("resnet8", 2, 1, "ce");
    Map<String, Tensor> half = new LinkedHashMap<>();
    trained.state().forEach((name, t) -> half.put(name, t.detach().to(ScalarType.Half)));
    Loading unused = Loading.into(file("w", half), gray.target(), false);
    float[] colors =
        Tensors.toFloats(Objects.requireNonNull(half.get("conv1.weight")).to(ScalarType.Float));
    float[] sums = numbers(gray, "conv1.weight");
    for (int i = 0; i < sums.length; i++) {
      int at = i / 9 * 27 + i % 9;
      assertThat(sums[i]).isCloseTo(colors[at] + colors[at + 9] + colors[at + 18], within(1e-6f));
    }
  }
}
