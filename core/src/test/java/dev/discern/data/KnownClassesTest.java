package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownClassesTest {
  private static final KnownClasses CLASSES =
      new KnownClasses(
          List.of("great white shark", "Hen", "n0", "A b", "a_b"),
          List.of("n1", "n2", "n3", "n4", "n5"));

  @ParameterizedTest
  @CsvSource({
    "great white shark, 0",
    "n1, 0",
    "Great_White-Shark, 0",
    "hen, 1",
    "n0, 2",
    "n3, 2",
    "A b, 3",
    "a_b, 4"
  })
  void findsNamesIdentifiersAndOtherSpellings(String spelling, int expected) {
    assertThat(CLASSES.indexOf(spelling)).hasValue(expected);
  }

  @Test
  void prefersANameToAnIdentifier() {
    assertThat(new KnownClasses(List.of("n2", "cat"), List.of("n1", "n2")).indexOf("n2"))
        .hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({"shark", "N6", "a b", "A-B", "''"})
  void leavesUnknownAndAmbiguousNamesOut(String spelling) {
    assertThat(CLASSES.indexOf(spelling)).isEmpty();
  }
}
