package dev.discern.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.certainty.Calibration;
import dev.discern.certainty.Conformity;
import dev.discern.certainty.Conformity.Step;
import dev.discern.certainty.Temperature;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.Normalization;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {
  private static final String NOISE = "{}[]\",:0123456789-.eE\\\0";

  private static final ModelCard CARD =
      new ModelCard(
              "resnet20",
              "crl(alpha=1.5,beta=1)",
              Task.ONE_LABEL,
              List.of("cat, black", "say \"dog\"", "π\n"),
              List.of("n1", "n2", "n3"),
              new Preprocessing(
                  new ImageShape(3, 64, 48),
                  0.875,
                  Interpolation.BICUBIC,
                  new Normalization(new float[] {0.1f, 0.2f, 0.3f}, new float[] {1, 2, 3e-3f})),
              Map.of("data", "photos", "seed", "3"))
          .with(
              new Calibration(
                  new Temperature(1.375),
                  new Conformity(40, List.of(new Step(0, 35), new Step(0.625, 40)))));

  private static final Map<String, String> FIRST =
      Map.of(
          "format", "discern-1",
          "model", "resnet8",
          "loss", "multilabel-bce",
          "classNames", "[\"a\",\"b\"]",
          "shape", "{\"channels\":1,\"height\":8,\"width\":9}",
          "normalization", "{\"mean\":[0.3],\"std\":[0.4]}",
          "epoch", "2");

  @Test
  void readsBackWhatItWrote() {
    assertThat(ModelCard.of(CARD.toMetadata(), "the file")).isEqualTo(CARD);
  }

  @Test
  void keepsTheTestFlipAndReadsCardsWithoutIt() {
    Preprocessing plain = CARD.preprocessing();
    Preprocessing flipped =
        new Preprocessing(
            plain.shape(), plain.cropRatio(), plain.interpolation(), plain.normalization(), true);
    ModelCard card =
        new ModelCard(
            CARD.architecture(),
            CARD.method(),
            CARD.task(),
            CARD.classNames(),
            CARD.classIds(),
            flipped,
            CARD.provenance());
    assertThat(ModelCard.of(card.toMetadata(), "the file")).isEqualTo(card);
    assertThat(CARD.toMetadata().get("card")).doesNotContain("testFlip");
    Map<String, String> broken = new HashMap<>(card.toMetadata());
    broken.computeIfPresent(
        "card", (k, text) -> text.replace("\"testFlip\":true", "\"testFlip\":1"));
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> ModelCard.of(broken, "the file"))
        .withMessageContaining("testFlip is not true or false");
  }

  @Test
  void readsCardsOfTheFirstVersion() {
    ModelCard card = ModelCard.of(FIRST, "the file");
    assertThat(card.architecture()).isEqualTo("resnet8");
    assertThat(card.task()).isEqualTo(Task.MANY_LABELS);
    assertThat(card.classNames()).containsExactly("a", "b");
    assertThat(card.preprocessing())
        .isEqualTo(
            new Preprocessing(
                new ImageShape(1, 8, 9),
                1,
                Interpolation.BILINEAR,
                new Normalization(new float[] {0.3f}, new float[] {0.4f})));
    assertThat(card.provenance()).isEmpty();
  }

  @Test
  void cardsWithoutACalibrationStayReadable() {
    String card = CARD.toMetadata().getOrDefault("card", "");
    String part = card.substring(card.indexOf(",\"calibration\""), card.length() - 1);
    ModelCard plain = ModelCard.of(with("card", card.replace(part, "")), "the file");
    assertThat(plain.calibration()).isEmpty();
    assertThat(plain.with(CARD.calibration().orElseThrow())).isEqualTo(CARD);
    assertThat(ModelCard.of(FIRST, "the file").calibration()).isEmpty();
    assertThat(ModelCard.of(plain.toMetadata(), "the file")).isEqualTo(plain);
  }

  @Test
  void severalLabelsHaveNoCalibration() {
    ModelCard several = ModelCard.of(FIRST, "the file");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> several.with(CARD.calibration().orElseThrow()))
        .withMessageContaining("one label per image");
  }

  @Test
  void refusesNewerVersionsByName() {
    refuses(with("format", "discern-3"), "newer Discern", "discern-3", "up to discern-2");
  }

  @Test
  void refusesFilesOfOtherPrograms() {
    refuses(Map.of(), "the file was not written by Discern");
    refuses(Map.of("format", "pt"), "the file was not written by Discern");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"resnet20\"|\"vgg\"|Model 'vgg' is unknown",
        "crl(alpha=1.5,beta=1)|crl(alpha=-1)|Parameter alpha of crl is -1.0",
        "crl(alpha=1.5,beta=1)|hinge|'hinge' is unknown",
        "crl(alpha=1.5,beta=1)|multilabel-bce|its method is for another task",
        "\"one-label\"|\"no-label\"|'no-label' is not known",
        "\"height\":64|\"height\":0|at least 1 row",
        "\"height\":64|\"height\":5000|the image shape is too large",
        "\"height\":64|\"height\":\"64\"|height is not a whole number",
        "\"height\":64|\"height\":64.5|height is not a whole number",
        "\"height\":64|\"height\":99999999999|height is not a whole number",
        "\"channels\":3|\"channels\":2|1 or 3 channels",
        "\"channels\":3|\"channels\":1|not of as many channels",
        "\"cropRatio\":0.875|\"cropRatio\":0|the crop ratio is not in (0, 1]",
        "\"cropRatio\":0.875|\"cropRatio\":\"NaN\"|cropRatio is not a number",
        "bicubic|nearest|'nearest' is not known",
        "\"mean\":[0.1,|\"mean\":[1e300,|the normalization is not finite",
        "\"mean\":[0.1,|\"mean\":[null,|the normalization has no numbers",
        "\"mean\":[0.1,|\"mean\":[0,0.1,|a mean and a std for each channel",
        "\"std\":[1.0,|\"std\":[-1.0,|not above 0",
        "\"cat, black\"|\" \"|a class has no name",
        "\"cat, black\"|\"π\\n\"|two have the same",
        "\"cat, black\",|7,|not a list of names",
        "\"cat, black\"|[]|not a list of names",
        "\"n1\",|\"n0\",\"n1\",|the classes have not one identifier each",
        "\"temperature\":1.375|\"temperature\":0|the temperature 0.0 is not from 0.05 to 20",
        "\"temperature\":1.375|\"temperature\":1e400|the temperature Infinity is not from",
        "\"temperature\":1.375|\"temperature\":\"NaN\"|not a temperature and scores",
        "\"temperature\":1.375|\"t\":1.375|not a temperature and scores",
        "\"scores\":[0.0,0.625]|\"scores\":[]|not a temperature and scores",
        "\"scores\":[0.0,0.625]|\"scores\":[0.0]|not a temperature and scores",
        "\"scores\":[0.0,0.625]|\"scores\":[0.0,null]|not a temperature and scores",
        "\"scores\":[0.0,0.625]|\"scores\":[0.7,0.625]|the conformity scores are not a distribution",
        "\"scores\":[0.0,0.625]|\"scores\":[0.0,1.5]|the conformity scores are not a distribution",
        "\"images\":[35,40]|\"images\":[35,35]|the conformity scores are not a distribution",
        "\"images\":[35,40]|\"images\":[0,40]|the conformity scores are not a distribution",
        "\"images\":[35,40]|\"images\":[35,4e10]|not a temperature and scores"
      })
  void refusesDamagedValues(String written, String damaged, String reason) {
    String card = CARD.toMetadata().getOrDefault("card", "");
    assertThat(card).contains(written);
    refuses(with("card", card.replace(written, damaged)), "the file", reason);
  }

  @Test
  void survivesAnyMutation() {
    SplittableRandom random = new SplittableRandom(5);
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      Map<String, String> mutated = mutated(i % 4 == 0 ? FIRST : CARD.toMetadata(), random);
      try {
        ModelCard card = ModelCard.of(mutated, "the file");
        assertThat(card.preprocessing().shape().volume()).isPositive();
      } catch (WorkFailed e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1000, 3999);
  }

  private static Map<String, String> mutated(
      Map<String, String> metadata, SplittableRandom random) {
    Map<String, String> mutated = new HashMap<>(metadata);
    List<String> keys = new ArrayList<>(metadata.keySet().stream().sorted().toList());
    String key = keys.get(random.nextInt(keys.size()));
    StringBuilder text = new StringBuilder(metadata.getOrDefault(key, ""));
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
        case 1 -> text.setLength(at);
        case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        default -> text.insert(at, text.substring(0, Math.min(text.length(), random.nextInt(40))));
      }
    }
    mutated.put(key, text.toString());
    return mutated;
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> metadata = new HashMap<>(CARD.toMetadata());
    metadata.put(key, value);
    return metadata;
  }

  private static void refuses(Map<String, String> metadata, String... parts) {
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> ModelCard.of(metadata, "the file"))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("\n"));
  }
}
