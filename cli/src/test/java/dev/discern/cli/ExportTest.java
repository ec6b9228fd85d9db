package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export}. */
class ExportTest {
  @TempDir private static Path shared;
  private static Path data = Path.of("");
  private static Path small = Path.of("");
  private static Path photo = Path.of("");

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    data = Pictures.folder(shared.resolve("data"), 20);
    small = trained("resnet8", "ce");
    photo = trained("mobilenetv3_small_100", "center");
  }

  private static Path trained(String model, String loss) {
    Path run = shared.resolve(model + loss);
    Cli.Result result =
        Cli.run(
            "train",
            data,
            "--image-size",
            32,
            "--model",
            model,
            "--loss",
            loss,
            "--epochs",
            1,
            "--batch-size",
            8,
            "--precision",
            "fp32",
            "--out",
            run);
    assertThat(result.exit()).as(result.err()).isZero();
    return run;
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  @Test
  void writesAnOnnxFileAndPrintsTheLargestDifference() throws IOException {
    Path file = folder.resolve("model.onnx");
    Cli.Result result = Cli.run("export", small, "--onnx", file);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("ONNX", file.toString(), "largest difference of probabilities", "test images");
    Path again = folder.resolve("again.onnx");
    assertThat(Cli.run("export", small, "--onnx", again).exit()).isZero();
    assertThat(bytes(again)).isEqualTo(bytes(file));
  }

  @Test
  void replacesAFileOnlyIfAskedTo() throws IOException {
    Path file = Files.writeString(folder.resolve("model.onnx"), "mine");
    Cli.Result refused = Cli.run("export", small, "--onnx", file);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("model.onnx exists: choose another name, or allow replacing it with --force");
    assertThat(file).hasContent("mine");
    assertThat(Cli.run("export", small, "--onnx", file, "--force").exit()).isZero();
    assertThat(Files.size(file)).isGreaterThan(100_000);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void saysWhatItComparedOnWithoutTestImages() throws IOException {
    Path weights = folder.resolve("weights.safetensors");
    Files.copy(small.resolve("weights.safetensors"), weights);
    Cli.Result result = Cli.run("export", weights, "--torch", folder.resolve("state.safetensors"));
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("0.0e+00 on 8 synthetic images");
    assertThat(result.err()).contains("compared on synthetic ones", "has weights only");
  }

  @Test
  void writesAFolderThatTrainReadsBackAsAFolderAndAsAModelOfTheHub() throws Exception {
    Path timm = folder.resolve("timm");
    Cli.Result result = Cli.run("export", photo, "--timm", timm);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(timm).isDirectoryContaining("glob:**/config.json");
    Object[] train = {"train", data, "--epochs", 1, "--batch-size", 8, "--precision", "fp32"};
    Cli.Result folderRead =
        Cli.run(Cli.with(train, "--weights", timm, "--out", folder.resolve("a")));
    assertThat(folderRead.exit()).as(folderRead.err()).isZero();
    assertThat(folderRead.out() + folderRead.err())
        .contains("Training mobilenetv3_small_100", "Loaded 208 tensors")
        .doesNotContain("Not in the");
    try (SmallHub hub = new SmallHub()) {
      hub.files.put("config.json", bytes(timm.resolve("config.json")));
      hub.files.put("model.safetensors", bytes(timm.resolve("model.safetensors")));
      Cli.Result hubRead =
          Cli.run(
              Map.of("HF_ENDPOINT", hub.address(), "HF_HOME", folder.resolve("hub").toString()),
              Cli.with(train, "--weights", "hf:me/mine", "--out", folder.resolve("b")));
      assertThat(hubRead.exit()).as(hubRead.err()).isZero();
      assertThat(hubRead.out() + hubRead.err())
          .contains("Loaded 208 tensors")
          .doesNotContain("Not in the");
    }
  }

  @Test
  void refusesNetworksThatTimmDoesNotHave() {
    Path timm = folder.resolve("timm");
    Cli.Result result = Cli.run("export", small, "--timm", timm);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("timm has no resnet8: export ONNX or a PyTorch state dict");
    assertThat(timm).doesNotExist();
  }

  @Test
  void refusesHeadsThatTimmDoesNotHave() {
    Path run = trained("mobilenetv3_small_100", "arcface");
    Cli.Result result = Cli.run("export", run, "--timm", folder.resolve("timm"));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("timm's heads are linear layers, but arcface predicts in another way");
  }

  @Test
  void refusesCommandLinesThatWriteNothing() {
    assertThat(Cli.run("export", small).err())
        .contains("There is nothing to write: name a target with --onnx, --timm or --torch.");
    Cli.Result half = Cli.run("export", small, "--float16", "--torch", folder.resolve("a"));
    assertThat(half.exit()).isEqualTo(2);
    assertThat(half.err()).contains("--float16 is for ONNX files: add --onnx, or leave it out.");
    Cli.Result absent = Cli.run("export", small, "--onnx", folder.resolve("no/model.onnx"));
    assertThat(absent.exit()).isEqualTo(2);
    assertThat(absent.err()).contains("is in no existing folder: create it first");
    Cli.Result gone = Cli.run("export", folder.resolve("gone"), "--onnx", folder.resolve("b"));
    assertThat(gone.exit()).isEqualTo(2);
    assertThat(gone.err()).contains("There is no run");
  }
}
