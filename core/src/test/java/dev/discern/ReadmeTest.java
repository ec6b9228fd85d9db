package dev.discern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java is that of this version. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final String AROUND =
      """
      import dev.discern.config.*;
      import dev.discern.predict.*;
      import dev.discern.run.*;
      import java.nio.file.Path;

      class Example {
        void example() {
      %s
        }
      }
      """;

  @Test
  void everyJavaExampleCompiles(@TempDir Path classes) throws Exception {
    Matcher examples = JAVA.matcher(Files.readString(Path.of("../README.md")));
    int count = 0;
    while (examples.find()) {
      Compiled.into(classes, "Example", AROUND.formatted(examples.group(1)));
      count++;
    }
    assertThat(count).isPositive();
  }
}
