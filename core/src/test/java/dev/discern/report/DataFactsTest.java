package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.data.ImageSet;
import dev.discern.data.MemoryImageSet;
import dev.discern.data.Split;
import dev.discern.image.ImageShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class DataFactsTest {
  private static final ImageShape SHAPE = new ImageShape(1, 8, 8);

  @TempDir Path runs;
  private Path run;

  @BeforeEach
  void makeRun() throws IOException {
    run = Files.createDirectory(runs.resolve("photos-1"));
  }

  private static ImageSet images(int... counts) {
    int[] labels =
        IntStream.range(0, counts.length)
            .flatMap(k -> IntStream.range(0, counts[k]).map(i -> k))
            .toArray();
    List<String> names = List.of("a", "b");
    return new MemoryImageSet("made", SHAPE, names, new byte[64 * labels.length], labels);
  }

  private ObjectNode facts() {
    Split split =
        new Split(
            images(30, 19),
            images(5, 5),
            images(4, 4),
            SHAPE,
            List.of("1 of 8 test images is a duplicate of a training image."));
    return DataFacts.of("photos", split, run);
  }

  private Path check(String name, String data, int seconds) throws IOException {
    Path file = Files.createDirectory(runs.resolve(name)).resolve("check.json");
    Files.writeString(
        file,
        """
        {"data": "%s", "images": {"train": 50, "test": 17}, "faults": 2,
         "counts": {"unreadable": 2, "blank": 0, "suspect-label": 7}}
        """
            .formatted(data));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * seconds));
    return file;
  }

  @Test
  void namesSmallClassesAndWhatTrainingFound() {
    ObjectNode facts = facts();
    assertThat(facts.path("sentences").valueStream().map(s -> s.asString()))
        .containsExactly(
            "Classes have 19 to 30 training images.",
            "1 of 8 test images is a duplicate of a training image.");
    assertThat(facts.path("smallClasses").toString()).isEqualTo("[{\"name\":\"b\",\"images\":19}]");
    assertThat(facts.has("check")).isFalse();
  }

  @Test
  void summarizesTheNewestCheckOfTheSameData() throws IOException {
    check("check-photos", "photos", 100);
    check("check-photos-2", "photos", 200);
    check("check-others", "others", 300);
    assertThat(facts().path("check").toString())
        .isEqualTo(
            "{\"page\":\"../check-photos-2/check.html\",\"faults\":2,\"images\":67,"
                + "\"imagesHere\":67,\"kinds\":[{\"title\":\"Unreadable images\",\"count\":2},"
                + "{\"title\":\"Labels that look wrong\",\"count\":7}]}");
  }

  @Test
  void passesOverADamagedCheck() throws IOException {
    check("check-photos", "photos", 100);
    Files.writeString(check("check-photos-2", "photos", 200), "{\"data\": \"pho");
    assertThat(facts().at("/check/page").asString()).isEqualTo("../check-photos/check.html");
  }
}
