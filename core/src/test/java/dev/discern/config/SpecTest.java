package dev.discern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecTest {
  @Test
  void everySpellingIsReadBackBitByBit() {
    SplittableRandom random = new SplittableRandom(9);
    for (int trial = 0; trial < 200; trial++) {
      Map<String, Double> parameters = new LinkedHashMap<>();
      for (int k = random.nextInt(4); k > 0; k--) {
        double scale = Math.pow(10, random.nextInt(-12, 13));
        double value = (random.nextDouble() - 0.5) * scale;
        parameters.put("p" + k, random.nextBoolean() ? value : Math.rint(value));
      }
      Spec spec = new Spec("some-loss", parameters);
      Spec read = Spec.parse(spec.toString());
      assertThat(read.name()).isEqualTo(spec.name());
      assertThat(read.parameters().keySet()).containsExactlyElementsOf(parameters.keySet());
      parameters.forEach(
          // −0 is written 0, which is the same number.
          (name, value) ->
              assertThat(read.parameters().getOrDefault(name, Double.NaN) == (double) value)
                  .isTrue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CRL",
        "crl(",
        "crl)",
        "crl(alpha)",
        "crl(alpha=)",
        "crl(alpha=x)",
        "crl(,)",
        "crl(alpha=1,alpha=2)",
        "crl(alpha=1)x",
        "1crl"
      })
  void otherFormsAreRefusedWithWhatWasWritten(String text) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Spec.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void spacesAroundSeparatorsDoNotMatter() {
    assertThat(Spec.parse("crl( alpha = 1.5 , beta=1 )")).hasToString("crl(alpha=1.5,beta=1)");
  }
}
