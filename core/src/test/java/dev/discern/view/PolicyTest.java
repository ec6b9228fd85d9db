package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.image.Pixels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PolicyTest {
  @Test
  void trivialAugmentReachesEveryResultThereIs() {
    Set<String> reached = new HashSet<>();
    SplittableRandom random = new SplittableRandom(0);
    for (int i = 0; i < 20_000; i++) {
      reached.add(described(new TrivialAugmentWide().apply(image(), random)));
    }
    assertThat(reached).isEqualTo(wideResults());
  }

  @Test
  void randAugmentKeepsToItsMagnitude() {
    Set<String> reached = new HashSet<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2000; i++) {
      reached.add(described(new RandAugment(1, 9).apply(image(), random)));
    }
    Set<String> possible = new HashSet<>();
    Magnitudes magnitudes = Magnitudes.ofRandAugment(6, 5);
    for (PolicyOperation operation : PolicyOperation.values()) {
      addBothSigns(operation, magnitudes.at(operation, 9), possible);
    }
    assertThat(reached).isEqualTo(possible);
  }

  @Test
  void randAugmentAppliesSeveralOperations() {
    SplittableRandom one = new SplittableRandom(2);
    SplittableRandom three = new SplittableRandom(2);
    for (int i = 0; i < 100; i++) {
      Pixels stepwise = image();
      for (int k = 0; k < 3; k++) {
        stepwise = new RandAugment(1, 12).apply(stepwise, one);
      }
      assertThat(new RandAugment(3, 12).apply(image(), three).data()).isEqualTo(stepwise.data());
    }
  }

  private static Set<String> wideResults() {
    Set<String> results = new HashSet<>();
    for (PolicyOperation operation : PolicyOperation.values()) {
      for (int level = 0; level <= Magnitudes.HIGHEST; level++) {
        addBothSigns(operation, Magnitudes.WIDE.at(operation, level), results);
      }
    }
    return results;
  }

  private static void addBothSigns(
      PolicyOperation operation, double magnitude, Set<String> results) {
    results.add(described(operation.apply(magnitude, image())));
    if (operation.signed()) {
      results.add(described(operation.apply(-magnitude, image())));
    }
  }

  private static Pixels image() {
    return HeldImage.noisePixels(6, 5, 3);
  }

  private static String described(Pixels pixels) {
    return Arrays.toString(pixels.data());
  }
}
