package dev.discern.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.InvalidConfig;
import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Parameter;
import dev.discern.config.Spec;
import dev.discern.loss.Targets;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixesTest {
  static Stream<MethodSpec<BatchMix>> everything() {
    return Mixes.CATALOGUE.all().stream();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void isDescribedFully(MethodSpec<BatchMix> spec) {
    assertThat(List.of(spec.summary(), spec.use(), spec.paper(), spec.formula()))
        .allMatch(text -> !text.isBlank() && !text.contains("\n"));
    for (Parameter parameter : spec.parameters()) {
      assertThat(List.of(parameter.symbol(), parameter.rule())).noneMatch(String::isBlank);
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void hasItsSectionInTheDocs(MethodSpec<BatchMix> spec) throws IOException {
    String parameters = String.join(",", spec.parameters().stream().map(Parameter::name).toList());
    assertThat(Files.readAllLines(Path.of("../docs/augmentation.md")))
        .anyMatch(line -> line.startsWith("### `" + spec.name() + "(" + parameters + ")` "));
  }

  @Test
  void spellsAMixInOneWay() {
    assertThat(Mixes.CATALOGUE.canonical(Spec.parse("mixup"))).hasToString("mixup(alpha=0.2)");
    assertThat(Mixes.CATALOGUE.canonical(Spec.parse("cutmix"))).hasToString("cutmix(alpha=1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mixup(alpha=0)",
        "mixup(alpha=-1)",
        "mixup(alpha=NaN)",
        "cutmix(alpha=0.001)",
        "cutmix(alpha=2000)",
        "cutmix(alpha=NaN)"
      })
  void refusesAlphasOutOfBounds(String text) {
    Spec spec = Spec.parse(text);
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Mixes.CATALOGUE.create(spec))
        .withMessageStartingWith("Parameter alpha of " + spec.name() + " is ")
        .withMessageEndingWith(", but it must be in [0.01, 1000].");
  }

  @Test
  void makesWhatAListAsksFor() {
    assertThat(of()).isEmpty();
    assertThat(of("cutmix")).contains(new CutMix(1));
    assertThat(of("mixup(alpha=0.8)", "cutmix"))
        .contains(new OneOf(List.of(new Mixup(0.8), new CutMix(1))));
  }

  @Test
  void refusesAMixThatIsListedTwice() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> of("mixup", "mixup(alpha=1)"))
        .withMessage("Mix 'mixup' is listed twice: list it once.");
  }

  /** CutMix only moves values; Mixup makes new ones. */
  @Test
  void drawsOneOfTwoForEachBatch() {
    BatchMix mix = of("mixup(alpha=1)", "cutmix").orElseThrow();
    int made = 0;
    try (Scope scope = new Scope()) {
      Tensor images = Tensors.ofFloats(new float[] {0, 0, 0, 0, 1, 1, 1, 1}, 2, 1, 2, 2);
      Targets.Distribution targets =
          new Targets.Classes(Tensors.ofClasses(new int[] {0, 1}), null).smoothed(0, 2);
      for (int seed = 0; seed < 400; seed++) {
        float[] values =
            Tensors.toFloats(mix.apply(images, targets, new SplittableRandom(seed)).images());
        for (float value : values) {
          if (value != 0 && value != 1) {
            made++;
            break;
          }
        }
      }
    }
    // Half are Mixup; half of those mix an image with itself.
    assertThat(made).isBetween(70, 130);
  }

  private static Optional<BatchMix> of(String... specs) {
    return Mixes.of(Stream.of(specs).map(Spec::parse).toList());
  }
}
