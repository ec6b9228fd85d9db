package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake: the exit code, a sentence that names it, no stack trace, nothing left behind. */
class BadInputTest {
  @TempDir Path folder;

  static Stream<Arguments> wrongCommandLines() {
    return Stream.of(
        Arguments.of("train no-such-data", "no data set and no folder 'no-such-data'"),
        Arguments.of("train no-such-data", "Known data sets: digits, fashion-mnist"),
        Arguments.of("train", "train needs DATA"),
        Arguments.of("train digits --loss hinge", "choose one of ce, nllr, crl"),
        Arguments.of("train digits --loss crl(gamma=1)", "it takes alpha"),
        Arguments.of("train digits --loss ce(alpha=1)", "ce takes no parameters"),
        Arguments.of("train digits --loss crl(alpha=-1)", "Parameter alpha of crl is -1.0"),
        Arguments.of("train digits --loss crl(alpha=NaN)", "Parameter alpha of crl is NaN"),
        Arguments.of("train digits --loss crl(beta=-0.5)", "Parameter beta of crl is -0.5"),
        Arguments.of("train digits --loss crl(alpha=x)", "'x', which is not a number"),
        Arguments.of("train digits --model vgg", "Model 'vgg' is unknown: choose one of resnet8"),
        Arguments.of(
            "train digits --model wrn(depth=27)", "wrn's depth is 27, but it must be 6n + 4"),
        Arguments.of("train digits --model resnet18(width=2)", "it takes drop"),
        Arguments.of(
            "train digits --model vit_tiny_patch16_224",
            "vit_tiny_patch16_224 takes images whose sides are multiples of 16 pixels, but these"
                + " have 8 × 8: choose another model or, for images of your own, another"
                + " --image-size."),
        Arguments.of(
            "train digits --model densenet121",
            "densenet121 takes images of at least 29 pixels per side, but these have 8 × 8"),
        Arguments.of("models vgg", "Model 'vgg' is unknown: choose one of resnet8"),
        Arguments.of("models resnext(depth=30)", "resnext's depth is 30, but it must be 9n + 2"),
        Arguments.of(
            "models vit_tiny_patch16_224 --image-size 100",
            "vit_tiny_patch16_224 takes images whose sides are multiples of 16 pixels"),
        Arguments.of("models --image-size 0", "--image-size is 0"),
        Arguments.of(
            "models densenet121 --image-size 8", "densenet121 takes images of at least 29 pixels"),
        Arguments.of("train digits --lr abc", "'abc' is not a number"),
        Arguments.of("train digits --epochs 1.5", "'1.5' is not a whole number"),
        Arguments.of("train digits --batch-size 0", "--batch-size is 0"),
        Arguments.of("train digits --lr NaN", "--lr is NaN"),
        Arguments.of("train digits --lr -1", "--lr is -1.0"),
        Arguments.of("train digits --optimizer adam", "one of: sgd, adamw"),
        Arguments.of("train digits --schedule step", "one of: cosine"),
        Arguments.of("train digits --precision fp8", "one of: auto, fp32, bf16"),
        Arguments.of("train digits --device tpu", "auto, cpu, cuda or cuda:N"),
        Arguments.of("train digits --label-smoothing 1", "--label-smoothing is 1.0"),
        Arguments.of("train digits --class-weights 1,2", "2 numbers, but there are 10 classes"),
        Arguments.of("train digits --class-weights heavy", "write none, balanced, or one number"),
        Arguments.of("train digits --image-size 32", "can be set for your own images only"),
        Arguments.of("train digits --epochs 0", "--epochs is 0"),
        Arguments.of("train digits --no-such-option", "Unknown option '--no-such-option'."),
        Arguments.of("train --resume no-such-run", "There is no run no-such-run"),
        Arguments.of("evaluate no-such-run", "There is no run no-such-run"),
        Arguments.of("predict no-such-run x.png", "There is no run no-such-run"),
        Arguments.of("predict", "RUN"),
        Arguments.of("dance", "There is no command 'dance'."),
        Arguments.of("trian digits", "There is no command 'trian'. Did you mean train"),
        Arguments.of("help trian", "There is no command 'trian'. Did you mean train"),
        Arguments.of("train digits --epoch 1", "Unknown option '--epoch'. Did you mean --epochs"),
        Arguments.of("train digits --loss crll", "Loss 'crll' is unknown. Did you mean crl?"),
        Arguments.of("losses focl", "Loss 'focl' is unknown. Did you mean focal?"),
        Arguments.of("train digits --model resnet_18", "is unknown. Did you mean resnet18"),
        Arguments.of(
            "train digits --augment flp", "Augmentation 'flp' is unknown. Did you mean flip?"),
        Arguments.of("train digit", "no folder 'digit'. Did you mean digits?"),
        Arguments.of("train digits -q -v", "--quiet and --verbose contradict each other"),
        Arguments.of("losses crl ce", "'ce' is one argument too many."),
        Arguments.of("predict no-such-run - -", "give - once"),
        Arguments.of("completion fish", "must be one of: bash, zsh"));
  }

  @ParameterizedTest
  @MethodSource("wrongCommandLines")
  void refusesAWrongCommandLine(String line, String sentence) throws IOException {
    Path out = folder.resolve("run");
    String[] words = line.split(" ");
    if (line.startsWith("train digits")) {
      words =
          Stream.concat(Arrays.stream(words), Stream.of("--out", out.toString()))
              .toArray(String[]::new);
    }
    Cli.Result result = Cli.run((Object[]) words);
    assertThat(result.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void cudaWhereThereIsNoneFailsTheWork() {
    Cli.Result result = train("digits", "--device", "cuda", "--out", folder.resolve("run"));
    assertFailed(result, 1, "no CUDA device");
  }

  @Test
  void aNetworkLargerThanTheMemoryIsRefusedBeforeItIsBuilt() {
    assertFailed(
        train("digits", "--model", "wrn(depth=1000,width=32)", "--out", folder.resolve("run")),
        1,
        "GB for its weights alone");
  }

  @Test
  void anExistingOutIsNeverWrittenOver() throws IOException {
    Path out = Files.createDirectory(folder.resolve("run"));
    Files.writeString(out.resolve("mine.txt"), "mine");
    assertFailed(train("digits", "--out", out), 2, "never writes over another");
    assertThat(out.resolve("mine.txt")).hasContent("mine");
  }

  @Test
  void aFolderThatCannotBeWrittenFailsTheWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertFailed(train("digits", "--out", file.resolve("run")), 1, "Could not write");
  }

  @Test
  void anUnknownKeyIsNamedByItsPath() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "optim:\n  learningRate: 0.1\n");
    assertFailed(train("digits", "--config", config), 2, "unknown key 'optim.learningRate'");
  }

  @Test
  void aValueOfTheWrongKindIsNamedByItsPath() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "optim:\n  lr: fast\n");
    assertFailed(train("digits", "--config", config), 2, "'optim.lr' is fast");
  }

  @Test
  void brokenYamlIsRefused() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "optim: [1, 2\n");
    assertFailed(train("digits", "--config", config), 2, "not valid YAML");
  }

  @Test
  void aMissingConfigIsRefused() {
    assertFailed(train("digits", "--config", folder.resolve("c.yaml")), 2, "does not exist");
  }

  @Test
  void anEmptyFolderIsNoDataSet() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    assertFailed(train(data), 1, "has no class folders");
  }

  @Test
  void oneClassIsNotEnough() throws IOException {
    Path data = Pictures.folder(folder.resolve("data"), 4);
    delete(data.resolve("blue"));
    assertFailed(train(data), 1, "has only one class folder with images (red)");
  }

  @Test
  void aClassWithoutImagesIsLeftOutWithANote() throws IOException {
    Path data = Pictures.folder(folder.resolve("data"), 4);
    Files.createDirectory(data.resolve("green"));
    Cli.Result result =
        train(data, "--epochs", 1, "--model", "resnet8", "--out", folder.resolve("run"));
    assertThat(result.err()).contains("green has no images and was left out", "2 classes");
    assertThat(result.exit()).isZero();
  }

  @Test
  void aClassTooSmallToSplitIsNamed() throws IOException {
    Path data = Pictures.folder(folder.resolve("data"), 2);
    assertFailed(train(data), 1, "Class 'blue' has 2 images, too few");
  }

  @Test
  void everyBadImageIsNamedBeforeTraining() throws IOException {
    Path data = Pictures.folder(folder.resolve("data"), 6);
    Files.writeString(data.resolve("red/notes.png"), "this is text");
    byte[] jpeg = Files.readAllBytes(data.resolve("red/1.jpg"));
    Files.write(data.resolve("red/cut.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
    Cli.Result result = train(data);
    assertFailed(result, 1, "remove it");
    assertThat(result.err())
        .contains("notes.png", "not an image of a known kind", "cut.jpg", "is truncated");
  }

  @Test
  void outAndResumeContradictEachOther() {
    assertFailed(Cli.run("train", "--resume", folder, "--out", folder), 2, "contradict each other");
  }

  @Test
  void aFolderThatIsNoRunIsToldApart() {
    assertFailed(Cli.run("train", "--resume", folder), 2, "is not a whole run: it is empty");
  }

  private Cli.Result train(Object... arguments) {
    Object[] line = new Object[arguments.length + 1];
    line[0] = "train";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return Cli.run(line);
  }

  private static void assertFailed(Cli.Result result, int exit, String sentence) {
    assertThat(result.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(result.exit()).isEqualTo(exit);
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
