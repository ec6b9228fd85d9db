package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.Compiled;
import dev.discern.image.Pixels;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that shows how to add an augmentation compiles and does what it says. */
class ContributingExampleTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\\n( *package dev.discern.view;.*?)```", Pattern.DOTALL);

  @TempDir private Path classes;

  @Test
  void theExampleOfAnAugmentationIsOne() throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../CONTRIBUTING.md")));
    assertThat(example.find()).isTrue();
    Compiled.into(classes, "VerticalFlip", example.group(1));
    byte[] code = Files.readAllBytes(classes.resolve("dev/discern/view/VerticalFlip.class"));
    Augment flip =
        (Augment) MethodHandles.lookup().defineClass(code).getDeclaredConstructor().newInstance();
    byte[] data = {1, 2, 3, 4, 5, 6};

    boolean mirrored = false;
    for (long seed = 0; seed < 20; seed++) {
      byte[] changed =
          flip.apply(new Pixels(3, 2, 1, data.clone()), new SplittableRandom(seed)).data();
      assertThat(changed).isIn(data, new byte[] {5, 6, 3, 4, 1, 2});
      mirrored |= changed[0] == 5;
    }
    assertThat(mirrored).isTrue();
  }
}
