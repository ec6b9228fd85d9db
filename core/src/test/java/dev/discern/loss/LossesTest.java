package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.Catalogue;
import dev.discern.config.InvalidConfig;
import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Known;
import dev.discern.config.MethodSpec.Parameter;
import dev.discern.config.Spec;
import dev.discern.curriculum.Curricula;
import dev.discern.head.Methods;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {
  static Stream<MethodSpec<?>> everything() {
    return Stream.concat(Methods.CATALOGUE.all().stream(), Curricula.CATALOGUE.all().stream());
  }

  @ParameterizedTest
  @MethodSource("everything")
  void isDescribedFully(MethodSpec<?> spec) {
    assertThat(List.of(spec.summary(), spec.use(), spec.paper(), spec.formula()))
        .allMatch(text -> !text.isBlank() && !text.contains("\n"));
    for (Parameter parameter : spec.parameters()) {
      assertThat(List.of(parameter.symbol(), parameter.rule())).noneMatch(String::isBlank);
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void hasItsSectionInTheDocs(MethodSpec<?> spec) throws IOException {
    String parameters = String.join(",", spec.parameters().stream().map(Parameter::name).toList());
    String heading = spec.name() + (parameters.isEmpty() ? "" : "(" + parameters + ")");
    List<String> headings =
        Files.readAllLines(Path.of("../docs/methods.md")).stream()
            .filter(line -> line.startsWith("##"))
            .toList();
    assertThat(headings)
        .anyMatch(
            line -> line.contains(" `" + heading + "`") || line.contains(" " + heading + "`"));
  }

  @Test
  void makesEveryLossFromItsOwnSpelling() {
    for (MethodSpec<Loss> spec : Losses.CATALOGUE.all()) {
      Spec full = Losses.CATALOGUE.canonical(Spec.parse(spec.name()));
      assertThat(full.parameters().keySet())
          .containsExactlyElementsOf(spec.parameters().stream().map(Parameter::name).toList());
      assertThat(Losses.CATALOGUE.create(Spec.parse(full.toString())))
          .isEqualTo(Losses.CATALOGUE.create(Spec.parse(spec.name())));
    }
  }

  @Test
  void makesTheLossThatIsNamed() {
    assertThat(Losses.CATALOGUE.create(Spec.parse("ce"))).isEqualTo(new CrossEntropy());
    assertThat(Losses.CATALOGUE.create(Spec.parse("nllr")))
        .isEqualTo(new NegativeLogLikelihoodRatio());
    assertThat(Losses.CATALOGUE.create(Spec.parse("crl")))
        .isEqualTo(new CompetingRatioLoss(1.5, 1));
    assertThat(Losses.CATALOGUE.create(Spec.parse("crl(beta=0.5)")))
        .isEqualTo(new CompetingRatioLoss(1.5, 0.5));
  }

  @Test
  void spellsALossInOneWay() {
    assertThat(Losses.CATALOGUE.canonical(Spec.parse("ce"))).hasToString("ce");
    assertThat(Losses.CATALOGUE.canonical(Spec.parse("crl"))).hasToString("crl(alpha=1.5,beta=1)");
    assertThat(Losses.CATALOGUE.canonical(Spec.parse("crl(beta=2, alpha=0.25)")))
        .hasToString("crl(alpha=0.25,beta=2)");
  }

  @Test
  void listsTheKnownLossesWhereOneIsUnknown() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Losses.CATALOGUE.create(Spec.parse("hinge")))
        .withMessage(
            "Loss 'hinge' is unknown: choose one of "
                + String.join(", ", Losses.CATALOGUE.all().stream().map(MethodSpec::name).toList())
                + ".");
  }

  @Test
  void suggestsTheNearestLossesWhereOneIsMistyped() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Losses.CATALOGUE.create(Spec.parse("crll")))
        .withMessage("Loss 'crll' is unknown. Did you mean crl?");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Losses.CATALOGUE.canonical(Spec.parse("crll")));
  }

  @Test
  void listsTheParametersWhereOneIsUnknown() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Losses.CATALOGUE.create(Spec.parse("crl(gamma=1)")))
        .withMessage("crl has no parameter 'gamma': it takes alpha, beta.");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Losses.CATALOGUE.canonical(Spec.parse("ce(alpha=1)")))
        .withMessage("ce takes no parameters, but 'alpha' was given: write ce.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"crl(alpha=-1)", "crl(beta=NaN)", "crl(alpha=Infinity)"})
  void refusesValuesThatBreakTheirRule(String text) {
    Spec spec = Spec.parse(text);
    assertThatExceptionOfType(InvalidConfig.class).isThrownBy(() -> Losses.CATALOGUE.create(spec));
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Losses.CATALOGUE.canonical(spec));
  }

  @Test
  void refusesTwoLossesOfOneName() {
    MethodSpec<Loss> ce = Losses.CATALOGUE.find("ce");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Catalogue.of("Loss", List.of(ce, ce)))
        .withMessageContaining("ce");
  }

  @Test
  void refusesTwoParametersOfOneName() {
    Parameter parameter = new Parameter("alpha", "α", 1, null, "any");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MethodSpec<Loss>(
                    "x",
                    "x",
                    "x",
                    "x",
                    "x",
                    Known.EXACT,
                    List.of(parameter, parameter),
                    values -> new CrossEntropy()))
        .withMessageContaining("alpha");
  }

  /** In a class loader where the engine cannot start, the catalogue must still answer. */
  @Test
  void isReadWithoutTheEngine() throws Exception {
    try (URLClassLoader bare = withoutEngine()) {
      assertThatThrownBy(() -> Class.forName("org.bytedeco.pytorch.Tensor", true, bare))
          .isInstanceOf(NoClassDefFoundError.class);
      List<?> specs =
          all(bare.loadClass("dev.discern.head.Methods").getField("CATALOGUE").get(null));
      assertThat(specs).hasSameSizeAs(Methods.CATALOGUE.all());
      for (Object spec : specs) {
        assertThat(spec.getClass().getMethod("create", Map.class).invoke(spec, Map.of()))
            .isNotNull();
      }
    }
  }

  private static List<?> all(Object catalogue) throws ReflectiveOperationException {
    return (List<?>) catalogue.getClass().getMethod("all").invoke(catalogue);
  }

  private static URLClassLoader withoutEngine() throws IOException {
    URL[] classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(LossesTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.equals("org.bytedeco.javacpp.Loader") || name.startsWith("dev.discern.torch.")) {
          throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
      }
    };
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
