package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.MethodSpec;
import dev.discern.torch.Scope;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that shows how to add a loss must hold against what stands here. */
class ContributingTest {
  private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final String AROUND_ITS_LINE =
      """
      package dev.discern.loss;

      import static dev.discern.config.MethodSpec.value;

      import dev.discern.config.MethodSpec;
      import dev.discern.config.MethodSpec.Known;
      import dev.discern.config.MethodSpec.Parameter;
      import java.util.List;

      public final class ExampleLine {
        public static MethodSpec<Loss> line() {
          return generalizedCrossEntropy();
        }
      %s
      }
      """;

  @TempDir private Path classes;

  @Test
  void theExampleOfALossIsOne() throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../CONTRIBUTING.md")));
    assertThat(example.find()).isTrue();
    String file = example.group(1);
    assertThat(example.find()).isTrue();
    compile(
        new Source("GeneralizedCrossEntropy", file),
        new Source("ExampleLine", AROUND_ITS_LINE.formatted(example.group(1))));
    // In this package of this loader, where what is compiled there would stand.
    MethodHandles.Lookup here = MethodHandles.lookup();
    Class<?> unused = here.defineClass(bytes("GeneralizedCrossEntropy"));
    Method line = here.defineClass(bytes("ExampleLine")).getMethod("line");
    followsItsCurve((Loss) ((MethodSpec<?>) line.invoke(null)).create(Map.of()));
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(classes.resolve("dev/discern/loss/" + name + ".class"));
  }

  private static void followsItsCurve(Loss loss) {
    ProbabilityCurve curve = loss.curve().orElseThrow();
    try (Scope scope = new Scope()) {
      for (double p : new double[] {0.05, 0.5, 0.9}) {
        LossProbe.Result result = LossProbe.run(loss, LossProbe.logitsOf(p), LossProbe.classes(0));
        assertThat(result.losses()[0])
            .isCloseTo((1 - Math.pow(p, 0.7)) / 0.7, within(1e-12))
            .isCloseTo(curve.value().applyAsDouble(Math.log(p)), within(1e-12));
        assertThat(result.gradient()[0])
            .isCloseTo(curve.gain().applyAsDouble(Math.log(p)) * (p - 1), within(1e-12));
      }
    }
  }

  private void compile(Source... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled =
        compiler.getTask(messages, null, null, options, null, List.of(sources)).call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String name, String code) {
      super(URI.create("string:///dev/discern/loss/" + name + ".java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
