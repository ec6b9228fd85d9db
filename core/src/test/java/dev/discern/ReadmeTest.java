package dev.discern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java of the README and of the documentation is that of this version. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern IMPORTS = Pattern.compile("(import [^\n]*;\n|\n)+");
  private static final String AROUND =
      """
      import dev.discern.config.*;
      import dev.discern.predict.*;
      import dev.discern.run.*;
      import java.nio.file.Path;
      import java.util.List;

      class Example {
        void example() {
      %s
        }
      }
      """;

  private static final String ALONE =
      """
      %s
      class Example {
        void example() throws Exception {
      %s
        }
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"docs/certainty.md", "docs/runtime.md"})
  void everyJavaExampleCompiles(String document, @TempDir Path classes) throws Exception {
    Matcher examples = JAVA.matcher(Files.readString(Path.of("..", document)));
    int count = 0;
    while (examples.find()) {
      Compiled.into(classes, "Example", whole(examples.group(1)));
      count++;
    }
    assertThat(count).isPositive();
  }

  /** An example that starts with its imports needs no others. */
  private static String whole(String example) {
    Matcher imports = IMPORTS.matcher(example);
    if (!imports.lookingAt()) {
      return AROUND.formatted(example);
    }
    return ALONE.formatted(imports.group(), example.substring(imports.end()));
  }

  // The examples are built and run, so what they show works.
  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/library.md"})
  void everyJavaExampleIsAPartOfAnExampleThatIsRun(String document) throws Exception {
    List<String> programs = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        programs.add(packed(Files.readString(file)));
      }
    }
    Matcher examples = JAVA.matcher(Files.readString(Path.of("..", document)));
    int count = 0;
    while (examples.find()) {
      String shown = packed(examples.group(1));
      assertThat(programs).as(examples.group(1)).anyMatch(program -> program.contains(shown));
      count++;
    }
    assertThat(count).isPositive();
  }

  // The formatter breaks lines by other rules than a reader would.
  private static String packed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
