package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;

class ParameterStoreTest {
  @Test
  void keepsTheWeightsOfConvolutionsInTheLayoutOfMaps() {
    try (Scope scope = new Scope()) {
      ParameterStore store = new ParameterStore(0, new Device("cpu"));
      Tensor weight = store.normal("weight", 1, 4, 3, 2, 2);
      assertThat(weight.is_contiguous(MemoryFormat.ChannelsLast)).isTrue();
      assertThat(store.normal("linear", 1, 4, 3).is_contiguous()).isTrue();
      float[] first = Tensors.toFloats(weight);
      float[] same =
          Tensors.toFloats(new ParameterStore(0, new Device("cpu")).normal("weight", 1, 48));
      assertThat(first).isEqualTo(same);
    }
  }
}
