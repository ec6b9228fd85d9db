package discern.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that shows how to add a loss must compile against what stands here. */
class ContributingTest {
  private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path classes;

  @Test
  void theExampleOfALossCompiles() throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../CONTRIBUTING.md")));
    assertThat(example.find()).isTrue();
    String code = example.group(1);
    assertThat(code).contains("implements Loss");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                null,
                List.of(new Source(code)))
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
    assertThat(classes.resolve("discern/loss/GeneralizedCrossEntropy.class")).exists();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String code) {
      super(URI.create("string:///discern/loss/GeneralizedCrossEntropy.java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
