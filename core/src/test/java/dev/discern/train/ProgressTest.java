package dev.discern.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.metric.EvaluationResult;
import dev.discern.metric.MultiLabelResult;
import dev.discern.train.Progress.Best;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static EvaluationResult validated(double score, double loss) {
    return validated(500, score, loss);
  }

  private static EvaluationResult validated(int samples, double score, double loss) {
    return new MultiLabelResult(
        samples, loss, score, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of());
  }

  @Test
  void ofEqualScoresTheSmallestLossIsBest() {
    Best best = Best.NONE.orBetter(1, validated(0.5, 2)).orBetter(2, validated(1, 0.9));
    assertThat(best).isEqualTo(new Best(2, 1, 0.9, 1));
    assertThat(best.orBetter(3, validated(1, 0.2))).isEqualTo(new Best(3, 1, 0.2, 1));
    assertThat(best.orBetter(3, validated(1, 0.9))).isEqualTo(best);
    assertThat(best.orBetter(3, validated(0.99, 0.1))).isEqualTo(best);
  }

  @Test
  void withFewImagesALaterEpochWinsWithinOneStandardError() {
    // 20 images at 0.75: the standard error is 0.099.
    Best first = Best.NONE.orBetter(1, validated(20, 0.75, 1));
    Best second = first.orBetter(2, validated(20, 0.70, 2));
    assertThat(second).isEqualTo(new Best(2, 0.70, 2, 0.75));
    // From the highest score, not from the last winner's: errors do not add up.
    assertThat(second.orBetter(3, validated(20, 0.60, 0.1))).isEqualTo(second);
    assertThat(second.orBetter(3, validated(20, 0.80, 3))).isEqualTo(new Best(3, 0.80, 3, 0.80));
    Best perfect = Best.NONE.orBetter(1, validated(20, 1, 1));
    assertThat(perfect.orBetter(2, validated(20, 1, 2)).epoch()).isEqualTo(2);
  }

  @Test
  void withManyImagesTheHighestScoreWins() {
    Best first = Best.NONE.orBetter(1, validated(100, 0.75, 1));
    assertThat(first.orBetter(2, validated(100, 0.749, 0.1))).isEqualTo(first);
  }

  @Test
  void readsCheckpointsOfEarlierVersions() {
    Map<String, String> metadata =
        new Progress(3, 0, Tally.EMPTY, new Best(2, 0.5, 1, 0.5)).toMetadata();
    metadata.remove("bestHighest");
    assertThat(Progress.of(metadata).best()).isEqualTo(new Best(2, 0.5, 1, 0.5));
  }

  @Test
  void keepsEveryBitInACheckpoint() {
    Progress progress = new Progress(3, 7, Tally.EMPTY, new Best(2, 1.0 / 3, 0.1 + 0.2, 0.7));
    Map<String, String> metadata = progress.toMetadata();
    assertThat(Progress.of(metadata)).isEqualTo(progress);
    assertThat(Progress.of(Progress.START.toMetadata())).isEqualTo(Progress.START);
  }
}
