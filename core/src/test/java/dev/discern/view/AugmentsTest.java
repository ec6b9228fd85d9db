package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.InvalidConfig;
import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Parameter;
import dev.discern.config.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentsTest {
  static Stream<MethodSpec<Step>> everything() {
    return Augments.CATALOGUE.all().stream();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void isDescribedFully(MethodSpec<Step> spec) {
    assertThat(List.of(spec.summary(), spec.use(), spec.paper(), spec.formula()))
        .allMatch(text -> !text.isBlank() && !text.contains("\n"));
    for (Parameter parameter : spec.parameters()) {
      assertThat(List.of(parameter.symbol(), parameter.rule())).noneMatch(String::isBlank);
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void hasItsSectionInTheDocs(MethodSpec<Step> spec) throws IOException {
    String parameters = String.join(",", spec.parameters().stream().map(Parameter::name).toList());
    String heading = spec.name() + (parameters.isEmpty() ? "" : "(" + parameters + ")");
    assertThat(Files.readAllLines(Path.of("../docs/augmentation.md")))
        .anyMatch(line -> line.startsWith("### `" + heading + "` "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          crop                      | crop(padding=4)
          flip                      | flip
          color-jitter(hue=0.1)     | color-jitter(brightness=0.4,contrast=0.4,saturation=0.4,hue=0.1)
          trivial-augment-wide      | trivial-augment-wide
          rand-augment(m=5)         | rand-augment(n=2,m=5)
          erase                     | erase(p=0.25,minScale=0.02,maxScale=0.33)
          resized-crop(minAspect=1) | resized-crop(minScale=0.08,maxScale=1,minAspect=1,maxAspect=1.3333333333333333)
          """)
  void spellsAnAugmentationInOneWay(String given, String canonical) {
    Spec spec = Augments.CATALOGUE.canonical(Spec.parse(given));
    assertThat(spec).hasToString(canonical);
    assertThat(Augments.CATALOGUE.create(Spec.parse(canonical)))
        .isEqualTo(Augments.CATALOGUE.create(Spec.parse(given)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crop(padding=0)",
        "crop(padding=2.5)",
        "crop(padding=1e12)",
        "crop(padding=NaN)",
        "color-jitter(brightness=-0.1)",
        "color-jitter(contrast=NaN)",
        "color-jitter(saturation=Infinity)",
        "color-jitter(hue=0.6)",
        "color-jitter(hue=NaN)",
        "rand-augment(n=0)",
        "rand-augment(n=15)",
        "rand-augment(m=31)",
        "rand-augment(m=-1)",
        "rand-augment(m=NaN)",
        "erase(p=1.1)",
        "erase(p=NaN)",
        "erase(minScale=0)",
        "erase(minScale=0.5)",
        "erase(maxScale=NaN)",
        "resized-crop(minScale=0)",
        "resized-crop(maxScale=1.5)",
        "resized-crop(minScale=0.9,maxScale=0.8)",
        "resized-crop(minScale=NaN)",
        "resized-crop(minAspect=0)",
        "resized-crop(minAspect=2)",
        "resized-crop(maxAspect=NaN)",
        "resized-crop(maxAspect=Infinity)",
      })
  void refusesValuesThatBreakTheirRule(String text) {
    Spec spec = Spec.parse(text);
    String name = text.substring(0, text.indexOf('('));
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Augments.CATALOGUE.create(spec))
        .withMessageStartingWith("Parameter ")
        .withMessageContaining(" of " + name + " is ");
  }

  @Test
  void listsTheKnownOnesWhereOneIsUnknown() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Augments.CATALOGUE.create(Spec.parse("mirror")))
        .withMessage(
            "Augmentation 'mirror' is unknown: choose one of resized-crop, crop, flip,"
                + " color-jitter, trivial-augment-wide, rand-augment, erase.");
  }
}
