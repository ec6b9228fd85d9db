package dev.discern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The BOM has no parent, so its versions are written twice. */
class BomTest {
  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "javacpp.version",
        "pytorch.version",
        "openblas.version",
        "opencv.version"
      })
  void itsVersionsAreThoseOfTheBuild(String name) throws IOException {
    assertThat(first(name, "bom/pom.xml")).isEqualTo(first(name, "pom.xml"));
  }

  @Test
  void itHasEveryPublishedModule() throws IOException {
    String bom = read("bom/pom.xml");
    List<String> modules =
        Pattern.compile("<module>(.*?)</module>")
            .matcher(read("pom.xml"))
            .results()
            .map(found -> found.group(1))
            .filter(module -> !module.equals("bom"))
            .toList();
    assertThat(modules).contains("core");
    for (String module : modules) {
      boolean published = !read(module + "/pom.xml").contains("<maven.deploy.skip>true");
      assertThat(bom.contains("<artifactId>discern-" + module + "</artifactId>"))
          .as(module)
          .isEqualTo(published);
    }
  }

  private static String first(String element, String file) throws IOException {
    return Pattern.compile("<" + Pattern.quote(element) + ">(.*?)</")
        .matcher(read(file))
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
