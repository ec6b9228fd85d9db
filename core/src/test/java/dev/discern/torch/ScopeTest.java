package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ScopeTest {
  @Test
  void freesWhatWasMadeInIt() {
    Tensor made;
    try (Scope scope = new Scope()) {
      made = Tensors.ofFloats(new float[] {1}, 1);
      assertThat(made.isNull()).isFalse();
    }
    assertThat(made.isNull()).isTrue();
  }

  @Test
  void whatIsKeptOutlivesItAndTheScopesAround() {
    Tensor kept;
    try (Scope outer = new Scope()) {
      try (Scope inner = new Scope()) {
        kept = inner.keep(Tensors.ofFloats(new float[] {1, 2}, 2));
      }
      assertThat(Tensors.toFloats(kept)).containsExactly(1, 2);
    }
    assertThat(Tensors.toFloats(kept)).containsExactly(1, 2);
    kept.close();
  }
}
