package dev.discern.certainty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.certainty.Answers.Point;
import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void answersTheSurestFirst() {
    Answers answers = new Answers();
    answers.add(0.5, false);
    answers.add(0.9, true);
    answers.add(0.6, true);
    answers.add(0.8, false);
    assertThat(answers.curve())
        .containsExactly(
            new Point(0.25, 1, 0.9),
            new Point(0.5, 0.5, 0.8),
            new Point(0.75, 2.0 / 3, 0.6),
            new Point(1, 0.5, 0.5));
  }

  @Test
  void equallySureImagesHaveTheirMeanAccuracyInAnyOrder() {
    Answers answers = new Answers();
    answers.add(0.9, false);
    answers.add(0.9, true);
    answers.add(0.9, true);
    answers.add(0.9, false);
    assertThat(answers.curve()).extracting(Point::accuracy).containsOnly(0.5);
  }

  @Test
  void hasAtMostAHundredPointsThatEndWithAllImages() {
    Answers answers = new Answers();
    for (int i = 0; i < 1234; i++) {
      answers.add(i / 1234.0, i % 3 > 0);
    }
    assertThat(answers.curve()).hasSize(100);
    assertThat(answers.curve().get(0).share()).isEqualTo(13 / 1234.0);
    Point all = answers.curve().get(99);
    assertThat(all.share()).isEqualTo(1);
    assertThat(all.accuracy()).isEqualTo(822 / 1234.0);
  }
}
