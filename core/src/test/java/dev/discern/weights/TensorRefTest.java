package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.torch.Dtype;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorRefTest {
  private static final long MAX = Long.MAX_VALUE;

  private static TensorRef of(long offset, List<Long> shape, List<Long> stride) throws BadWeights {
    return TensorRef.of(new StorageRef("0", Dtype.F32, 12), offset, shape, stride);
  }

  private static void refuses(long offset, List<Long> shape, List<Long> stride) {
    assertThatThrownBy(() -> of(offset, shape, stride)).isInstanceOf(BadWeights.class);
  }

  @Test
  void acceptsWhatFillsItsStorage() {
    assertThatCode(
            () -> {
              of(0, List.of(3L, 4L), List.of(4L, 1L));
              of(0, List.of(4L, 3L), List.of(1L, 4L));
              of(11, List.of(), List.of());
              of(12, List.of(0L), List.of(1L));
              of(3, List.of(3L), List.of(4L));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void refusesWhatLeavesItsStorage() {
    refuses(1, List.of(3L, 4L), List.of(4L, 1L));
    refuses(0, List.of(3L, 4L), List.of(5L, 1L));
    refuses(12, List.of(), List.of());
    refuses(13, List.of(0L), List.of(1L));
    refuses(4, List.of(3L), List.of(4L));
  }

  @Test
  void refusesNegativeNumbers() {
    refuses(-1, List.of(3L), List.of(1L));
    refuses(0, List.of(-3L), List.of(1L));
    refuses(4, List.of(3L), List.of(-1L));
    refuses(0, List.of(-3L, -4L), List.of(4L, 1L));
  }

  @Test
  void refusesWhatOverflows() {
    refuses(0, List.of(1L << 32, 1L << 32), List.of(0L, 0L));
    refuses(0, List.of(1L << 31, 1L << 31, 4L), List.of(0L, 0L, 0L));
    refuses(0, List.of(MAX), List.of(MAX));
    refuses(MAX, List.of(2L), List.of(1L));
    refuses(0, List.of(3L), List.of(MAX / 2 + 1));
    refuses(0, List.of(0L, MAX, MAX), List.of(1L, 1L, 1L));
  }

  @Test
  void refusesTensorsThatRepeatTheirNumbers() {
    refuses(0, List.of(1_000_000L, 1_000_000L), List.of(0L, 0L));
    refuses(0, List.of(13L), List.of(0L));
  }

  @Test
  void refusesShapesThatDoNotFitTheirStrides() {
    refuses(0, List.of(3L, 4L), List.of(1L));
    refuses(0, Collections.nCopies(65, 1L), Collections.nCopies(65, 1L));
  }

  @Test
  void knowsWhatLiesInOnePiece() throws BadWeights {
    assertThat(of(0, List.of(3L, 4L), List.of(4L, 1L)).isContiguous()).isTrue();
    assertThat(of(2, List.of(3L, 1L, 2L), List.of(2L, 99L, 1L)).isContiguous()).isTrue();
    assertThat(of(0, List.of(), List.of()).isContiguous()).isTrue();
    assertThat(of(0, List.of(4L, 3L), List.of(1L, 4L)).isContiguous()).isFalse();
    assertThat(of(0, List.of(3L), List.of(2L)).isContiguous()).isFalse();
    assertThat(of(0, List.of(2L, 0L), List.of(7L, 9L)).isContiguous()).isTrue();
  }
}
