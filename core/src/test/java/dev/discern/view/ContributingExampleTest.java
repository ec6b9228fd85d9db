package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.image.Pixels;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
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
    compile(example.group(1));
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

  private void compile(String code) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    SimpleJavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///VerticalFlip.java"), SimpleJavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
          }
        };
    boolean compiled =
        compiler.getTask(messages, null, null, options, null, List.of(source)).call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }
}
