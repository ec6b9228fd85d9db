package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.card.ModelCard;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Weights that others trained, from every kind of source. */
class WeightsTest {
  private static final Object[] SMALL = {
    "--image-size", 16, "--model", "resnet8", "--epochs", 1, "--batch-size", 8, "--threads", 1
  };
  private static final String CONFIG =
      """
      {"architecture": "resnet8", "num_classes": 2, "num_features": 64,
       "pretrained_cfg": {"input_size": [3, 16, 16], "crop_pct": 0.9, "interpolation": "bilinear",
         "mean": [0.5, 0.4, 0.3], "std": [0.2, 0.2, 0.3], "num_classes": 2, "classifier": "fc",
         "first_conv": "conv1", "license": "mit"}}
      """;

  @TempDir private static Path shared;
  private static Path data = Path.of("");
  private static Path run = Path.of("");

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    data = Pictures.folder(shared.resolve("data"), 10);
    run = shared.resolve("run");
    Object[] line = Cli.with(SMALL, "--out", run, "--loss", "ce");
    assertThat(Cli.run(line("train", data, line)).exit()).isZero();
  }

  private static Object[] line(String command, Object data, Object... more) {
    Object[] line = new Object[2 + more.length];
    line[0] = command;
    line[1] = data;
    System.arraycopy(more, 0, line, 2, more.length);
    return line;
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  /** The run's tensors without its card, as a stranger's file. */
  private Path bare() {
    Path file = folder.resolve("bare.safetensors");
    try (Scope scope = new Scope()) {
      SafeTensors.write(
          file, SafeTensors.read(run.resolve("weights.safetensors")).tensors(), Map.of());
    }
    return file;
  }

  @Test
  void modelAndImageSizeFollowFromARun() throws IOException {
    Path out = folder.resolve("out");
    Cli.Result result =
        Cli.run(
            "train",
            data,
            "--weights",
            run,
            "--loss",
            "ce",
            "--epochs",
            1,
            "--threads",
            1,
            "--out",
            out);
    assertThat(result.exit()).isZero();
    assertThat(result.out() + result.err())
        .contains("Loaded 37 tensors from " + run + ".")
        .doesNotContain("classifier is new");
    assertThat(Files.readString(out.resolve("config.yaml")))
        .contains(
            "imageSize: 16", "weights: " + run, "name: resnet8", "freeze: backbone", "lr: 0.03");
    assertThat(ModelCard.of(out.resolve("weights.safetensors")).provenance())
        .containsEntry("weights", "run");
  }

  @Test
  void anotherLossMakesANewClassifier() {
    Object[] options =
        Cli.with(SMALL, "--weights", bare(), "--loss", "focal", "--out", folder.resolve("out"));
    Cli.Result result = Cli.run(line("train", data, options));
    assertThat(result.exit()).isZero();
    assertThat(result.out() + result.err())
        .contains("Loaded 35 tensors from " + folder.resolve("bare.safetensors"))
        .contains("The classifier is new: it starts from random weights.");
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedWithTheOptionsThatHelp() {
    Path out = folder.resolve("out");
    Object[] options = Cli.with(SMALL, "--weights", bare(), "--model", "resnet20", "--out", out);
    Cli.Result result = Cli.run(line("train", data, options));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("does not fit resnet20", "it is resnet8, so set --model to that")
        .contains("or set --partial-weights to load what fits.")
        .hasLineCount(1);
    assertThat(out).doesNotExist();
    Object[] partial = new Object[options.length + 1];
    System.arraycopy(options, 0, partial, 0, options.length);
    partial[options.length] = "--partial-weights";
    Cli.Result allowed = Cli.run(line("train", data, partial));
    assertThat(allowed.exit()).isZero();
    assertThat(allowed.out() + allowed.err()).contains("Not in the weights, and therefore random:");
  }

  @Test
  void comparesMethodsFromTheSameWeights() throws IOException {
    Path out = folder.resolve("out");
    Object[] options =
        Cli.with(SMALL, "--weights", bare(), "--losses", "ce,focal", "--seeds", 1, "--out", out);
    Cli.Result result = Cli.run(line("compare", data, options));
    assertThat(result.exit()).isZero();
    for (String one : new String[] {"ce-seed0", "focal-gamma-2-seed0"}) {
      JsonNode facts = json(Files.readString(out.resolve(one).resolve("environment.json")));
      assertThat(facts.path("weights").path("matched").asInt()).isEqualTo(35);
      assertThat(facts.path("weights").path("replaced")).hasSize(2);
    }
  }

  @Test
  void fetchesFromAHubAndGoesOnWithoutIt() throws Exception {
    Map<String, String> variables;
    Path out = folder.resolve("out");
    Object[] options =
        new Object[] {
          "--weights", "hf:timm/small.x_y", "--epochs", 1, "--threads", 1, "--batch-size", 8
        };
    try (SmallHub hub = new SmallHub()) {
      hub.files.put("config.json", CONFIG.getBytes(StandardCharsets.UTF_8));
      hub.files.put("model.safetensors", Files.readAllBytes(bare()));
      variables =
          Map.of("HF_ENDPOINT", hub.address(), "HF_HUB_CACHE", folder.resolve("hub").toString());
      Cli.Result result = Cli.run(variables, line("train", data, Cli.with(options, "--out", out)));
      assertThat(result.err()).doesNotContain("discern:");
      assertThat(result.exit()).isZero();
      assertThat(result.out() + result.err()).contains("Loaded 35 tensors from hf:timm/small.x_y@");
      assertThat(hub.requests.stream().filter(r -> r.endsWith("/model.safetensors")))
          .filteredOn(r -> r.startsWith("GET"))
          .hasSize(1);
    }
    assertThat(Files.readString(out.resolve("config.yaml")))
        .contains("imageSize: 16", "cropRatio: 0.9")
        .containsPattern("weights: hf:timm/small[.]x_y@[0-9a-f]{40}\n");
    ModelCard card = ModelCard.of(out.resolve("weights.safetensors"));
    assertThat(card.preprocessing().normalization().mean()).containsExactly(0.5f, 0.4f, 0.3f);
    assertThat(card.provenance().get("weights")).matches("hf:timm/small[.]x_y@[0-9a-f]{40}");

    JsonNode listed = json(Cli.run(variables, "weights", "--json").out()).path("cached").path(0);
    assertThat(listed.path("name").asString()).isEqualTo("hf:timm/small.x_y");
    assertThat(listed.path("architecture").asString()).isEqualTo("resnet8");
    assertThat(listed.path("commit").asString()).isEqualTo(SmallHub.COMMIT);
    Cli.Result shown = Cli.run(variables, "weights", "hf:timm/small.x_y");
    assertThat(shown.exit()).isZero();
    assertThat(shown.err()).contains("is taken from the cache");
    Cli.Result absent = Cli.run(variables, "weights", "hf:timm/other");
    assertThat(absent.exit()).isEqualTo(1);
    assertThat(absent.err()).contains("is not in the cache").hasLineCount(1);
  }

  @Test
  void listsWhatIsOnThisMachine() throws Exception {
    Map<String, String> variables = Map.of("HF_HUB_CACHE", folder.resolve("none").toString());
    assertThat(Cli.run(variables, "weights").out())
        .contains("efficientnet-lite0", "1,000 classes of ImageNet", "Apache-2.0", "has no models");
  }

  @Test
  void showsAFile() {
    String text = Cli.run("weights", bare()).out();
    assertThat(text)
        .containsPattern("Format +safetensors")
        .containsPattern("Fits +resnet8\n")
        .contains("37 with", "37 of F32", "17 more: --all shows them");
    assertThat(Cli.run("weights", bare(), "--all").out())
        .hasLineCount(text.lines().toList().size() + 16);
    JsonNode node = json(Cli.run("weights", run, "--json").out());
    assertThat(node.path("architecture").asString()).isEqualTo("resnet8");
    assertThat(node.path("classes")).hasSize(2);
    assertThat(node.path("fits").path(0).asString()).isEqualTo("resnet8");
    assertThat(node.path("tensors")).hasSizeGreaterThanOrEqualTo(37);
  }

  @Test
  void showsTheNearestOfAStrangeFile() {
    Path file = folder.resolve("strange.safetensors");
    try (Scope scope = new Scope()) {
      var tensors = SafeTensors.read(bare()).tensors();
      tensors.remove("conv1.weight");
      SafeTensors.write(file, tensors, Map.of("note", "x".repeat(200) + "\u001b[2J"));
    }
    assertThat(Cli.run("weights", file).out())
        .contains("nearest is resnet8, with 34 tensors that match, 1 missing and 0 left over")
        .contains("note: " + "x".repeat(80) + "...")
        .doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "weights"})
  void aPickleThatWouldRunCodeIsRefused(String command) throws IOException {
    Path file = folder.resolve("w.pth");
    byte[] pickle = "\u0080\u0002cposix\ngetcwd\n)R.".getBytes(StandardCharsets.ISO_8859_1);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      ZipEntry entry = new ZipEntry("archive/data.pkl");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(pickle.length);
      CRC32 sum = new CRC32();
      sum.update(pickle);
      entry.setCrc(sum.getValue());
      zip.putNextEntry(entry);
      zip.write(pickle);
    }
    Path out = folder.resolve("out");
    Cli.Result result =
        command.equals("train")
            ? Cli.run("train", data, "--weights", file, "--out", out)
            : Cli.run("weights", file);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("w.pth", "posix.getcwd").hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "compare", "weights"})
  void anUnknownNameListsTheWays(String command) {
    Cli.Result result =
        command.equals("weights")
            ? Cli.run("weights", "resnet5O")
            : Cli.run(command, data, "--weights", "resnet5O");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("There are no weights resnet5O", "efficientnet-lite0", "hf:OWNER/NAME")
        .hasLineCount(1);
  }

  @Test
  void evaluatesImagesByTheIdentifiersOfTheirClasses() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 2);
    Files.move(images.resolve("red"), images.resolve("n01440764"));
    Files.move(images.resolve("blue"), images.resolve("goldfish"));
    Cli.Result result = Cli.run("evaluate", "efficientnet-lite0", images);
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("tench ", "goldfish ", " of 1,000 classes; --json has all.");
    assertThat(result.out().lines().toList()).hasSizeLessThan(20);
  }
}
