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
    return new MultiLabelResult(9, loss, score, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of());
  }

  @Test
  void ofEqualScoresTheSmallestLossIsBest() {
    Best best = Best.NONE.orBetter(1, validated(0.5, 2)).orBetter(2, validated(1, 0.9));
    assertThat(best).isEqualTo(new Best(2, 1, 0.9));
    assertThat(best.orBetter(3, validated(1, 0.2))).isEqualTo(new Best(3, 1, 0.2));
    assertThat(best.orBetter(3, validated(1, 0.9))).isEqualTo(best);
    assertThat(best.orBetter(3, validated(0.99, 0.1))).isEqualTo(best);
  }

  @Test
  void keepsEveryBitInACheckpoint() {
    Progress progress = new Progress(3, 7, Tally.EMPTY, new Best(2, 1.0 / 3, 0.1 + 0.2));
    Map<String, String> metadata = progress.toMetadata();
    assertThat(Progress.of(metadata)).isEqualTo(progress);
    assertThat(Progress.of(Progress.START.toMetadata())).isEqualTo(Progress.START);
  }
}
