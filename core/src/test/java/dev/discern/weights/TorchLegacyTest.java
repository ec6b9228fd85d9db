package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchLegacyTest {
  private static final byte[] PICKLE =
      Pickle.tensor("FloatStorage", 2, 0, new long[] {2}, new long[] {1});

  @TempDir private Path folder;

  private String reason(byte[] rest) {
    return new Refused(folder).reason(TorchFiles.legacy(PICKLE, rest));
  }

  @Test
  void refusesAFileCutAnywhere() {
    byte[] whole = TorchFiles.legacy(PICKLE, TorchFiles.rest("0", 2, new byte[8]));
    for (int length = 1; length < whole.length; length++) {
      assertThat(new Refused(folder).reason(Arrays.copyOf(whole, length))).contains("ends early");
    }
  }

  @Test
  void refusesAGoldenFileCutAnywhere() {
    byte[] whole = GoldenWeights.bytes("ema.legacy.pt");
    for (int length = 0; length < whole.length; length += 7) {
      assertThat(new Refused(folder).reason(Arrays.copyOf(whole, length))).isNotEmpty();
    }
  }

  @Test
  void refusesAListOfOtherStorages() {
    assertThat(reason(TorchFiles.rest("1", 2, new byte[8]))).contains("list of storages");
    assertThat(reason(new Pickle().op("]").bytes())).contains("list of storages");
    assertThat(reason(new Pickle().op("]K").op(0).op("a").bytes())).contains("list of storages");
  }

  @Test
  void refusesAStorageListedTwice() {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.writeBytes(new Pickle().op("](").text("0").text("0").op("e").bytes());
    rest.writeBytes(new Pickle().number(2, 8).op(new int[8]).number(2, 8).op(new int[8]).bytes());
    assertThat(reason(rest.toByteArray())).contains("list of storages");
  }

  @Test
  void refusesStoragesInAnotherOrder() {
    assertThat(reason(TorchFiles.rest("0", 3, new byte[12]))).contains("not where it belongs");
    assertThat(reason(TorchFiles.rest("0", -2, new byte[8]))).contains("not where it belongs");
  }

  @Test
  void refusesBigEndianNumbers() {
    assertThat(new Refused(folder).reason(TorchFiles.legacy(false, PICKLE, new byte[0])))
        .contains("big-endian");
  }

  @Test
  void refusesAPickleThatTorchDidNotWrite() {
    assertThat(new Refused(folder).reason(new Pickle().op(0x80, 2).op("}").bytes()))
        .contains("is a Python pickle that torch.save did not write");
  }

  @Test
  void refusesViewsOfStorages() {
    byte[] pickle =
        new Pickle()
            .op("}")
            .text("w")
            .op("(")
            .text("storage")
            .global("torch", "FloatStorage")
            .text("0")
            .text("cpu")
            .integer(2)
            .tuple(1, 2, 3)
            .op("tQs")
            .bytes();
    assertThat(new Refused(folder).reason(TorchFiles.legacy(pickle, new byte[0])))
        .contains("before 0.4");
  }
}
