package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class PrecisionTest {
  @Test
  void runsAPartOfABf16PassInFloat32() {
    try (Scope scope = new Scope()) {
      Tensor ones = Tensors.ofFloats(new float[] {1, 1, 1, 1}, 2, 2);
      // 1 + 2^-8 has no bfloat16: only in float32 does the sum of two such products keep it.
      Tensor weight = Tensors.ofFloats(new float[] {1, 0x1p-8f, 1, 0x1p-8f}, 2, 2);
      ScalarType[] received = new ScalarType[1];
      Tensor result =
          Precision.BF16.run(
              DeviceType.CPU,
              () ->
                  Precision.inFloat32(
                      ones.to(ScalarType.BFloat16),
                      x -> {
                        received[0] = x.scalar_type().intern();
                        Tensor sum = torch.linear(x, weight);
                        assertThat(sum.scalar_type().intern()).isEqualTo(ScalarType.Float);
                        assertThat(Tensors.toFloats(sum)).containsOnly(1 + 0x1p-8f);
                        return sum;
                      }));
      assertThat(received[0]).isEqualTo(ScalarType.Float);
      assertThat(result.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
    }
  }

  @Test
  void continuesInBf16AfterSuchAPart() {
    try (Scope scope = new Scope()) {
      Tensor ones = Tensors.ofFloats(new float[] {1, 1, 1, 1}, 2, 2);
      Tensor after =
          Precision.BF16.run(
              DeviceType.CPU, () -> torch.linear(Precision.inFloat32(ones, x -> x), ones));
      assertThat(after.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
    }
  }

  @Test
  void leavesOtherPrecisionsAsTheyAre() {
    try (Scope scope = new Scope()) {
      Tensor wide = Tensors.ofDoubles(new double[] {1}, 1);
      Tensor same = Precision.FP32.run(DeviceType.CPU, () -> Precision.inFloat32(wide, x -> x));
      assertThat(same.scalar_type().intern()).isEqualTo(ScalarType.Double);
    }
  }
}
