package dev.discern.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.failure.DiscernException;
import dev.discern.failure.InvalidRequest;
import dev.discern.runtime.Prediction.ClassProbability;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ClassifierTest {
  private static final Options OPTIONS = Options.defaults().withThreads(1);

  @TempDir private Path folder;

  /**
   * The graph scales without rounding and clipping between the two directions, Java with, as Pillow
   * does. Where nothing is scaled, both see the same pixels.
   */
  @TestFactory
  Stream<DynamicTest> answersWhatPythonAnswers() {
    return Exported.golden()
        .valueStream()
        .filter(one -> !one.get("file").asString().equals("gray"))
        // At its own size, an image is not scaled: see CenterPlan.
        .filter(one -> one.get("height").asInt() != 32 || one.get("width").asInt() != 32)
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.get("file").asString() + " " + one.get("height") + "x" + one.get("width"),
                    () -> check(one)));
  }

  private static void check(JsonNode golden) {
    Pixels image = Exported.pixels(golden.get("height").asInt(), golden.get("width").asInt());
    try (Classifier classifier =
        Classifier.open(Exported.file(golden.get("file").asString()), OPTIONS)) {
      Prediction prediction = classifier.classify(Image.of(image));
      String size = golden.get("file").asString() + image.height() + "x" + image.width();
      boolean unscaled = size.equals("small37x37") || size.equals("cubic24x24");
      for (ClassProbability found : prediction.ranking()) {
        assertThat(found.probability())
            .isCloseTo(
                golden.get("probabilities").get(found.index()).asDouble(),
                within(unscaled ? 1e-5 : 4e-3));
      }
    }
  }

  @Test
  void readsTheCard() {
    try (Classifier classifier = Classifier.open(Exported.file("small"), OPTIONS)) {
      Card card = classifier.card();
      assertThat(card.classes()).containsExactly("cat", "a \\ b", "line\nbreak", "dog", "eel");
      assertThat(card.classIds()).containsExactly("id0", "id1", "id2", "id3", "id4");
      assertThat(card.input())
          .isEqualTo(new Card.Input(3, 32, 32, 0.875, Card.Interpolation.BILINEAR));
      assertThat(card.temperature()).isEqualTo(1.5);
      assertThat(card.conformity().orElseThrow().images()).isEqualTo(19);
      assertThat(card.provenance()).containsEntry("dataFingerprint", "0123");
    }
  }

  @Test
  void everyKindOfInputGivesTheSame() throws IOException {
    BufferedImage image = new BufferedImage(57, 40, BufferedImage.TYPE_INT_RGB);
    Pixels pixels = Exported.pixels(40, 57);
    for (int k = 0; k < 40 * 57; k++) {
      byte[] rgb = pixels.rgb();
      int color =
          (rgb[3 * k] & 0xff) << 16 | (rgb[3 * k + 1] & 0xff) << 8 | (rgb[3 * k + 2] & 0xff);
      image.setRGB(k % 57, k / 57, color);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    Path file = Files.write(folder.resolve("a.jpg"), png.toByteArray());
    try (Classifier classifier = Classifier.open(Exported.file("small"), OPTIONS)) {
      Prediction expected = classifier.classify(Image.of(pixels));
      assertThat(classifier.classify(file)).isEqualTo(expected);
      assertThat(classifier.classify(png.toByteArray())).isEqualTo(expected);
      assertThat(classifier.classify(new ByteArrayInputStream(png.toByteArray())))
          .isEqualTo(expected);
      assertThat(classifier.classify(image)).isEqualTo(expected);
    }
  }

  @Test
  void aBatchOfDifferentSizesGivesWhatEachAloneGives() {
    List<Image> images =
        IntStream.range(20, 47).mapToObj(k -> Image.of(Exported.pixels(k, 70 - k))).toList();
    try (Classifier classifier =
        Classifier.open(Exported.file("small"), OPTIONS.withBatchLimit(4))) {
      List<Prediction> together = classifier.classifyAll(images);
      for (int i = 0; i < images.size(); i++) {
        Prediction alone = classifier.classify(images.get(i));
        assertThat(together.get(i).className()).isEqualTo(alone.className());
        assertThat(together.get(i).probability()).isCloseTo(alone.probability(), within(1e-6));
      }
      assertThat(classifier.classifyAll(List.of())).isEmpty();
    }
  }

  @Test
  void ranksRejectsAndGivesSets() {
    try (Classifier classifier = Classifier.open(Exported.file("small"), OPTIONS)) {
      Prediction prediction = classifier.classify(Image.of(Exported.pixels(40, 57)));
      assertThat(prediction.className()).isEqualTo("a \\ b");
      assertThat(prediction.probability()).isCloseTo(0.419, within(2e-3));
      assertThat(prediction.top(2)).hasSize(2).isEqualTo(prediction.ranking().subList(0, 2));
      assertThat(prediction.top(9)).hasSize(5);
      assertThat(prediction.rejected(0.5)).isTrue();
      assertThat(prediction.rejected(0.4)).isFalse();
      // ⌈20 · 0.5⌉ is the 10th score, 0.66: the classes before the third have 0.42 + 0.2.
      assertThat(prediction.set(0.5)).hasSize(3);
      assertThat(prediction.set(0.99)).as("too few calibration images").hasSize(5);
      assertThatThrownBy(() -> prediction.set(1)).isInstanceOf(InvalidRequest.class);
      assertThatThrownBy(() -> prediction.rejected(Double.NaN)).isInstanceOf(InvalidRequest.class);
      assertThatThrownBy(() -> prediction.top(0)).isInstanceOf(InvalidRequest.class);
    }
  }

  @Test
  void severalLabelsAreIndependent() {
    try (Classifier classifier = Classifier.open(Exported.file("several"), OPTIONS)) {
      Prediction prediction = classifier.classify(Image.of(Exported.pixels(40, 57)));
      assertThat(prediction.task()).isEqualTo(Card.Task.SEVERAL_LABELS);
      assertThat(prediction.labels())
          .isEqualTo(prediction.ranking().stream().filter(c -> c.probability() >= 0.5).toList());
      assertThatThrownBy(() -> prediction.set(0.9))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("several labels");
    }
  }

  @Test
  void grayNetworksSeeLuma() {
    try (Classifier classifier = Classifier.open(Exported.file("gray"), OPTIONS)) {
      assertThat(classifier.prepare(Image.of(Exported.pixels(40, 57))).channels()).isEqualTo(1);
      assertThat(classifier.classify(Image.of(Exported.pixels(40, 57))).ranking()).hasSize(3);
    }
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try (Classifier classifier = Classifier.open(Exported.file("small"), OPTIONS)) {
      List<Image> images =
          IntStream.range(0, 40).mapToObj(k -> Image.of(Exported.pixels(30 + k, 60))).toList();
      List<Prediction> expected = images.stream().map(classifier::classify).toList();
      List<Future<List<Prediction>>> results = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        results.add(pool.submit(() -> images.stream().map(classifier::classify).toList()));
      }
      for (Future<List<Prediction>> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void closingWaitsForRunningCallsAndRefusesLaterOnes() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    Classifier classifier = Classifier.open(Exported.file("small"), OPTIONS);
    PreparedImage image = classifier.prepare(Image.of(Exported.pixels(40, 57)));
    List<Future<?>> callers = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      callers.add(
          pool.submit(
              () -> {
                while (true) {
                  classifier.classifyPrepared(List.of(image));
                }
              }));
    }
    classifier.close();
    classifier.close();
    for (Future<?> caller : callers) {
      assertThatThrownBy(caller::get).hasRootCauseInstanceOf(IllegalStateException.class);
    }
    pool.shutdownNow();
    assertThatThrownBy(() -> classifier.classify(Image.of(Exported.pixels(40, 57))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This classifier is closed.");
  }

  @Test
  void refusesForeignFilesByWhatIsMissing() {
    assertThatThrownBy(() -> Classifier.open(Exported.file("foreign")))
        .isInstanceOf(UnusableModel.class)
        .hasMessageContainingAll("foreign.onnx", "discern.format", "discern.classes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.onnx", "empty.onnx", "text.onnx", "folder", "folder.onnx"})
  void refusesWhatIsNoModel(String name) throws IOException {
    Files.createFile(folder.resolve("empty.onnx"));
    Files.writeString(folder.resolve("text.onnx"), "not a network");
    Files.createDirectories(folder.resolve("folder.onnx"));
    Files.createDirectories(folder.resolve("folder"));
    assertThatThrownBy(() -> Classifier.open(folder.resolve(name)))
        .isInstanceOf(UnusableModel.class)
        .hasMessageContaining(name)
        .hasMessageEndingWith(".");
  }

  @Test
  void aRunNeedsCore() {
    assertThatThrownBy(() -> Classifier.open(folder))
        .isInstanceOf(UnusableModel.class)
        .hasMessageContainingAll("export the run", "discern-core");
  }

  @Test
  void badImagesAreNamedAndDoNotHarm() throws IOException {
    Path text = Files.writeString(folder.resolve("a.jpg"), "<html>no image</html>");
    try (Classifier classifier =
        Classifier.open(Exported.file("small"), OPTIONS.withMaxPixels(2000))) {
      assertThatThrownBy(() -> classifier.classify(text))
          .isInstanceOf(UnusableImage.class)
          .isInstanceOf(DiscernException.class)
          .hasMessage(
              "The image "
                  + text
                  + " is a web page, not an image. Download it again, or remove it.");
      assertThatThrownBy(() -> classifier.classify(folder.resolve("none.png")))
          .hasMessageContainingAll("none.png", "does not exist");
      assertThatThrownBy(() -> classifier.classify(new byte[0])).hasMessageContaining("empty");
      assertThatThrownBy(() -> classifier.classify(Image.of(Exported.pixels(40, 51))))
          .isInstanceOf(UnusableImage.class)
          .hasMessage("The image has 51x40 pixels; the limit is 2000. Scale it down.");
      assertThatThrownBy(
              () ->
                  classifier.classifyAll(
                      List.of(Image.of(Exported.pixels(9, 9)), Image.of(new byte[9]))))
          .isInstanceOf(UnusableImage.class)
          .hasMessageContaining("number 2");
      assertThat(classifier.classify(Image.of(Exported.pixels(40, 50))).ranking()).hasSize(5);
    }
  }

  @Test
  void refusesImagesPreparedForAnotherModel() {
    try (Classifier small = Classifier.open(Exported.file("small"), OPTIONS);
        Classifier cubic = Classifier.open(Exported.file("cubic"), OPTIONS)) {
      PreparedImage image = cubic.prepare(Image.of(Exported.pixels(40, 57)));
      assertThatThrownBy(() -> small.classifyPrepared(List.of(image)))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("24x24x3");
    }
  }
}
