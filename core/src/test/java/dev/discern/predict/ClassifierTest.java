package dev.discern.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.card.Preprocessing;
import dev.discern.certainty.Calibration;
import dev.discern.certainty.Conformity;
import dev.discern.certainty.Conformity.Step;
import dev.discern.certainty.Temperature;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.Normalization;
import dev.discern.failure.InvalidRequest;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.predict.Classification.Done;
import dev.discern.predict.Classification.Failed;
import dev.discern.predict.Prediction.ClassProbability;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
  private static final ModelCard CARD =
      new ModelCard(
          "resnet8",
          "ce",
          Task.ONE_LABEL,
          List.of("cat", "dog", "hen"),
          List.of(),
          new Preprocessing(
              new ImageShape(3, 16, 16),
              1,
              Interpolation.BILINEAR,
              new Normalization(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.3f, 0.3f, 0.3f})),
          Map.of());

  @TempDir private static Path folder;
  private static Path weights = Path.of("");
  private static List<Path> images = List.of();

  @BeforeAll
  static void makeWeightsAndImages() throws IOException {
    weights = folder.resolve("weights.safetensors");
    Network network = Networks.create(CARD, 7, List.of(), "cpu", "fp32");
    SafeTensors.write(weights, network.store().state(), CARD.toMetadata());
    SplittableRandom random = new SplittableRandom(1);
    List<Path> made = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      BufferedImage image = new BufferedImage(20, 24, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 480; p++) {
        image.setRGB(p % 20, p / 20, random.nextInt(1 << 24));
      }
      Path file = folder.resolve(i + ".png");
      ImageIO.write(image, "png", file.toFile());
      made.add(file);
    }
    images = List.copyOf(made);
  }

  private static Classifier open() {
    return Classifier.open(weights, "best", "cpu", "fp32");
  }

  private static double probability(Prediction prediction, String name) {
    return prediction.classes().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .probability();
  }

  @Test
  void batchesAgreeWithSingleImagesInTheOrderAsked() {
    try (Classifier classifier = open()) {
      List<Classification> batch = classifier.classify(images);
      assertThat(batch).extracting(Classification::path).isEqualTo(images);
      for (Classification each : batch) {
        Prediction alone = classifier.classify(each.path());
        for (String name : CARD.classNames()) {
          assertThat(probability(((Done) each).prediction(), name))
              .isCloseTo(probability(alone, name), org.assertj.core.api.Assertions.within(1e-5));
        }
      }
    }
  }

  @Test
  void averagesOverTheMirrorImageWhereTheCardSaysSo() throws IOException {
    Preprocessing plain = CARD.preprocessing();
    ModelCard card =
        new ModelCard(
            CARD.architecture(),
            CARD.method(),
            CARD.task(),
            CARD.classNames(),
            CARD.classIds(),
            new Preprocessing(
                plain.shape(),
                plain.cropRatio(),
                plain.interpolation(),
                plain.normalization(),
                true),
            CARD.provenance());
    Path flipping = folder.resolve("flipping.safetensors");
    try (Scope scope = new Scope()) {
      SafeTensors.write(flipping, SafeTensors.read(weights).tensors(), card.toMetadata());
    }
    // As large as the network's input, so that nothing is scaled or cropped before it is mirrored.
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    BufferedImage mirror = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 256; p++) {
      image.setRGB(p % 16, p / 16, p * 65_793);
      mirror.setRGB(15 - p % 16, p / 16, p * 65_793);
    }
    Path file = folder.resolve("image.png");
    Path mirrored = folder.resolve("mirrored.png");
    ImageIO.write(image, "png", file.toFile());
    ImageIO.write(mirror, "png", mirrored.toFile());
    try (Classifier each = open();
        Classifier both = Classifier.open(flipping, "best", "cpu", "fp32")) {
      for (String name : CARD.classNames()) {
        double first = probability(each.classify(file), name);
        double second = probability(each.classify(mirrored), name);
        assertThat(first).isNotEqualTo(second);
        assertThat(probability(both.classify(file), name))
            .isCloseTo((first + second) / 2, org.assertj.core.api.Assertions.within(1e-6));
      }
    }
  }

  @Test
  void failuresAreResultsInTheirPlace() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "this is text");
    Path gone = folder.resolve("gone.png");
    try (Classifier classifier = open()) {
      List<Classification> results = new ArrayList<>();
      classifier.classify(
          List.of(broken, images.get(0), gone, images.get(1), images.get(0)).iterator(),
          2,
          results::add);
      assertThat(results.get(0)).isInstanceOf(Failed.class);
      assertThat(((Failed) results.get(0)).reason()).contains("broken.png");
      assertThat(((Failed) results.get(2)).reason()).contains("gone.png");
      assertThat(results.get(1)).isEqualTo(results.get(4)).isInstanceOf(Done.class);
      assertThatExceptionOfType(WorkFailed.class).isThrownBy(() -> classifier.classify(gone));
      assertThat(classifier.classify(List.of())).isEmpty();
    }
  }

  @Test
  void severalThreadsGetWhatOneGets() throws Exception {
    try (Classifier classifier = open()) {
      List<Prediction> alone = images.stream().map(classifier::classify).toList();
      ExecutorService pool = Executors.newFixedThreadPool(4);
      Callable<List<Prediction>> all = () -> images.stream().map(classifier::classify).toList();
      for (Future<List<Prediction>> each :
          pool.invokeAll(IntStream.range(0, 4).mapToObj(i -> all).toList())) {
        assertThat(each.get()).isEqualTo(alone);
      }
      pool.shutdown();
    }
  }

  @Test
  void refusesToClassifyOnceItIsClosed() {
    Classifier classifier = open();
    classifier.close();
    classifier.close();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> classifier.classify(images.get(0)));
  }

  @Test
  void opensWhatIsLeftOfARun() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.copy(weights, run.resolve("weights.safetensors"));
    try (Classifier classifier = Classifier.open(run)) {
      assertThat(classifier.model().note()).contains("weights.safetensors is used instead");
    }
    Path checkpoints = Files.createDirectories(run.resolve("checkpoints"));
    Files.move(run.resolve("weights.safetensors"), checkpoints.resolve("best"));
    try (Classifier classifier = Classifier.open(run)) {
      assertThat(classifier.model().note()).isEmpty();
    }
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Classifier.open(run, "last", "auto", "auto"))
        .withMessageContaining("use the best checkpoint");
    Files.move(checkpoints.resolve("best"), checkpoints.resolve("last"));
    try (Classifier classifier = Classifier.open(run)) {
      assertThat(classifier.model().note()).contains("last is used instead");
    }
  }

  @Test
  void saysWhatAFolderIsThatIsNotARun() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos/cat"));
    Files.copy(images.get(0), photos.resolve("0.png"));
    refuses(folder.resolve("photos"), "it contains images, such as cat/0.png");
    refuses(Files.createDirectories(folder.resolve("empty")), "it is empty");
    Path comparison = Files.createDirectories(folder.resolve("comparison/ce-seed0"));
    Files.writeString(comparison.resolveSibling("comparison.json"), "{}");
    Files.writeString(comparison.resolve("config.yaml"), "");
    refuses(folder.resolve("comparison"), "it is a comparison", "such as ce-seed0");
    refuses(folder.resolve("nowhere"), "There is no run");
    Path runs = Files.createDirectories(folder.resolve("runs/first"));
    Files.writeString(runs.resolve("config.yaml"), "");
    refuses(folder.resolve("runs"), "it contains runs, such as first");
  }

  private static void refuses(Path path, String... parts) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Classifier.open(path))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("elete"));
  }

  @Test
  void onlyWorkFailsWhereTheFileIsDamaged() throws IOException {
    byte[] whole = Files.readAllBytes(weights);
    Path damaged = folder.resolve("damaged");
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    for (int i = 0; i < 150; i++) {
      byte[] bytes = whole.clone();
      for (int n = 0; n < 3; n++) {
        bytes[random.nextInt(i % 2 == 0 ? 8 + 3000 : 700)] = (byte) random.nextInt(256);
      }
      Files.write(damaged, bytes);
      try (Classifier classifier = Classifier.open(damaged, "best", "cpu", "fp32")) {
        assertThat(classifier.classify(images.get(0)).classes()).isNotEmpty();
      } catch (WorkFailed e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(75);
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() throws IOException {
    Map<String, String> metadata = new HashMap<>(CARD.toMetadata());
    metadata.computeIfPresent("card", (key, card) -> card.replace("resnet8", "resnet20"));
    Path other = folder.resolve("other");
    SafeTensors.write(
        other, Networks.create(CARD, 7, List.of(), "cpu", "fp32").store().state(), metadata);
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Classifier.open(other))
        .withMessageContaining("it was written for another model");
    assertThat(ModelFile.find(other, "best").card().architecture()).isEqualTo("resnet20");
  }

  @Test
  void aCardOfAnEnormousNetworkIsRefusedBeforeItIsBuilt() throws IOException {
    Path file = withCard("resnet8", "wrn(depth=1000,width=32,drop=0)");
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Classifier.open(file, "best", "cpu", "fp32"))
        .withMessageContaining(
            file + " holds 'layer1.0.conv1.weight' as [16, 16, 3, 3], but this model has [512, 16");
  }

  @Test
  void aCardOfManyClassesIsRefusedBeforeTheHeadIsBuilt() throws IOException {
    Path file = withCard("\"hen\"", "\"hen\",\"owl\"");
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Classifier.open(file, "best", "cpu", "fp32"))
        .withMessageContaining("holds 'fc.weight' as [3, 64], but this model has [4, 64]")
        .withMessageContaining("another model or class list");
  }

  @Test
  void aCardWhoseImagesDoNotFitItsNetworkIsDamaged() throws IOException {
    Path file = withCard("resnet8", "convnext_atto(drop=0,dropPath=0)");
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Classifier.open(file, "best", "cpu", "fp32"))
        .withMessageContaining(
            file
                + " has a damaged model card (convnext_atto takes images of at least 32 pixels per"
                + " side, but these have 16 × 16): use an intact copy.");
  }

  @Test
  void theTemperatureSoftensTheProbabilitiesAndKeepsTheirOrder() {
    Path soft = folder.resolve("soft");
    Network network = Networks.create(CARD, 7, List.of(), "cpu", "fp32");
    ModelCard calibrated = CARD.with(calibration(2, new Step(0, 9), new Step(0.7, 19)));
    SafeTensors.write(soft, network.store().state(), calibrated.toMetadata());
    try (Classifier plain = open();
        Classifier classifier = Classifier.open(soft, "best", "cpu", "fp32")) {
      Prediction before = plain.classify(images.get(0));
      Prediction after = classifier.classify(images.get(0));
      assertThat(after.classes())
          .extracting(ClassProbability::name)
          .isEqualTo(before.classes().stream().map(ClassProbability::name).toList());
      double sum = before.classes().stream().mapToDouble(c -> Math.sqrt(c.probability())).sum();
      for (int k = 0; k < 3; k++) {
        assertThat(after.classes().get(k).probability())
            .isCloseTo(Math.sqrt(before.classes().get(k).probability()) / sum, within(1e-6));
      }
    }
  }

  @Test
  void setsHoldTheLikeliestClassesUpToTheThresholdOfTheirCoverage() {
    Prediction prediction =
        new Prediction(
            List.of(
                new ClassProbability("hen", 0.5),
                new ClassProbability("cat", 0.25),
                new ClassProbability("dog", 0.25)));
    ModelFile model =
        new ModelFile(weights, CARD.with(calibration(1, new Step(0, 9), new Step(0.7, 19))), "");
    assertThat(PredictionSets.of(model, 0.4).of(prediction)).hasSize(1);
    assertThat(PredictionSets.of(model, 0.95).of(prediction))
        .extracting(ClassProbability::name)
        .containsExactly("hen", "cat");
    assertThat(PredictionSets.of(model, 0.95).areCalibrated()).isTrue();
    PredictionSets strict = PredictionSets.of(model, 0.96);
    assertThat(strict.of(prediction)).hasSize(3);
    assertThat(strict.areCalibrated()).isFalse();
    assertThat(strict.calibrationImagesNeeded()).isEqualTo(24);
    assertThat(prediction.isSure(0.5)).isTrue();
    assertThat(prediction.isSure(0.51)).isFalse();
  }

  @Test
  void setsNeedACalibrationAndACoverageBetweenZeroAndOne() {
    try (Classifier classifier = open()) {
      assertThatExceptionOfType(WorkFailed.class)
          .isThrownBy(() -> classifier.sets(0.9))
          .withMessageContaining(weights + " has no calibration")
          .withMessageContaining("resume the run to its end, or train again");
    }
    ModelFile model = new ModelFile(weights, CARD.with(calibration(1, new Step(0, 9))), "");
    assertThatExceptionOfType(InvalidRequest.class)
        .isThrownBy(() -> PredictionSets.of(model, 1))
        .withMessageContaining("The coverage is 1.0");
  }

  private static Calibration calibration(double temperature, Step... steps) {
    return new Calibration(
        new Temperature(temperature),
        new Conformity(steps[steps.length - 1].images(), List.of(steps)));
  }

  private static Path withCard(String written, String instead) throws IOException {
    Map<String, String> metadata = new HashMap<>(CARD.toMetadata());
    metadata.computeIfPresent("card", (key, card) -> card.replace(written, instead));
    Path file = folder.resolve("other-card");
    SafeTensors.write(
        file, Networks.create(CARD, 7, List.of(), "cpu", "fp32").store().state(), metadata);
    return file;
  }
}
