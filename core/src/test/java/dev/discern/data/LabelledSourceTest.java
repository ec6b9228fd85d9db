package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledSourceTest {
  private static final ImageShape SHAPE = new ImageShape(3, 16, 16);
  private static final List<String> CLASSES = List.of("ant", "bee", "cat", "dog");

  @TempDir private Path folder;

  private void image(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
  }

  private LabelledSource open(Path source, String part, Task task) {
    return LabelledSource.open(
        source.toString(), part, SHAPE, task, new KnownClasses(CLASSES, List.of()));
  }

  @Test
  void takesEveryImageAndMatchesClassesByName() throws IOException {
    image("dog/1.png");
    image("dog/2.png");
    image("bee/1.png");
    LabelledSource source = open(folder, "all", Task.ONE_LABEL);
    assertThat(source.images().classNames()).isEqualTo(CLASSES);
    assertThat(labels(source)).containsExactly(1, 3, 3);
    assertThat(source.images().describe(0)).isEqualTo("bee/1.png");
    assertThat(source.notes()).singleElement().asString().contains("2 classes", "ant, cat");
  }

  @Test
  void takesAPartWhereTheSourceBringsIt() throws IOException {
    for (String part : List.of("train", "test")) {
      image(part + "/ant/1.png");
      image(part + "/cat/1.png");
    }
    image("test/cat/2.png");
    assertThat(labels(open(folder, "all", Task.ONE_LABEL))).containsExactly(0, 2, 0, 2, 2);
    assertThat(labels(open(folder, "test", Task.ONE_LABEL))).containsExactly(0, 2, 2);
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> open(folder, "validation", Task.ONE_LABEL))
        .withMessageContaining("has no validation part");
  }

  @Test
  void refusesClassesThatTheModelDoesNotKnow() throws IOException {
    image("dog/1.png");
    image("emu/1.png");
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> open(folder, "all", Task.ONE_LABEL))
        .withMessageContaining("has the class emu, which the model does not know");
  }

  @Test
  void readsListsWithOneLabelPerImage() throws IOException {
    image("1.png");
    image("2.png");
    Path list = Files.writeString(folder.resolve("list.csv"), "1.png,dog\n2.png,ant\n");
    assertThat(labels(open(list, "all", Task.ONE_LABEL))).containsExactly(3, 0);
    Files.writeString(list, "1.png,dog;cat\n2.png,ant\n");
    assertThat(open(list, "all", Task.MANY_LABELS).images().labels(0)).containsExactly(2, 3);
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> open(list, "all", Task.ONE_LABEL))
        .withMessageContaining("gives 1.png 2 labels");
  }

  @Test
  void takesIdentifiersAndOtherSpellingsOfTheModelsClasses() throws IOException {
    image("n2/1.png");
    image("The_Ant/1.png");
    LabelledSource source =
        LabelledSource.open(
            folder.toString(),
            "all",
            SHAPE,
            Task.ONE_LABEL,
            new KnownClasses(List.of("the ant", "bee"), List.of("n1", "n2")));
    assertThat(labels(source)).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void refusesTwoClassesThatAreOneOfTheModels() throws IOException {
    image("n1/1.png");
    image("the ant/1.png");
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(
            () ->
                LabelledSource.open(
                    folder.toString(),
                    "all",
                    SHAPE,
                    Task.ONE_LABEL,
                    new KnownClasses(List.of("the ant", "bee"), List.of("n1", "n2"))))
        .withMessageContaining("the classes n1 and the ant, which are one class of the model");
  }

  @Test
  void refusesImagesOfAnotherShape() {
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(
            () ->
                LabelledSource.open(
                    "digits",
                    "all",
                    SHAPE,
                    Task.ONE_LABEL,
                    new KnownClasses(
                        IntStream.range(0, 10).mapToObj(Integer::toString).toList(), List.of())))
        .withMessageContaining("images of 1x8x8, but the model takes 3x16x16");
  }

  private static int[] labels(LabelledSource source) {
    return IntStream.range(0, source.images().size()).map(source.images()::label).toArray();
  }
}
