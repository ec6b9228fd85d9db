package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DevicesTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "CPU", "cpu:0", "cuda:", "cuda:-1", "cuda:x", "cuda:9999"})
  void refusesANameThatIsNoDevice(String name) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Devices.of(name))
        .withMessageContaining("'" + name + "'")
        .withMessageContaining("auto, cpu, cuda or cuda:N");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu"})
  void takesTheProcessorWhereThereIsNoCuda(String name) {
    try (Scope scope = new Scope()) {
      assertThat(Devices.of(name, 0).is_cpu()).isTrue();
    }
  }

  @Test
  void takesTheFirstCudaDeviceByItselfWhereThereIsOne() {
    try (Scope scope = new Scope()) {
      Device device = Devices.of("auto", 2);

      assertThat(device.is_cuda()).isTrue();
      assertThat(device.index()).isZero();
    }
  }

  @Test
  void takesTheCudaDeviceThatIsNamed() {
    try (Scope scope = new Scope()) {
      assertThat(Devices.of("cuda:1", 2).index()).isEqualTo((byte) 1);
      assertThat(Devices.of("cpu", 2).is_cpu()).isTrue();
    }
  }

  @Test
  void saysHowManyCudaDevicesThereAre() {
    Natives.load();

    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Devices.of("cuda:2", 2))
        .withMessageContaining("cuda:2")
        .withMessageContaining("2 CUDA device(s)");
  }

  @Test
  void failsWhereCudaIsAskedForAndThisMachineHasNone() {
    Natives.load();
    org.junit.jupiter.api.Assumptions.assumeFalse(torch.cuda_is_available());

    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Devices.of("cuda"))
        .withMessageContaining("no CUDA device was found")
        .withMessageContaining("train.device to cpu");
  }
}
