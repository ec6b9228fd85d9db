package dev.discern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the library says is true for every program that embeds it. */
class MessagesTest {
  private static final Pattern FLAG = Pattern.compile("\"[^\"\n]*(?<![\\w-])--[a-z][^\"\n]*\"");
  private static final Pattern COMMAND = Pattern.compile("\"[^\"\n]*\\./discern[^\"\n]*\"");
  private static final Pattern DESTRUCTION =
      Pattern.compile("\"[^\"\n]*\\b[Dd]elete (it|the|that|this|a|result)\\b[^\"\n]*\"");

  @Test
  void namesNoCommandLineFlags() throws IOException {
    assertThat(matches(FLAG, "")).isEmpty();
    assertThat(matches(COMMAND, "")).isEmpty();
  }

  @Test
  void neverAdvisesToDeleteWhatMayHoldWorkOfTheUser() throws IOException {
    for (String where : List.of("run", "train", "card", "predict", "compare", "report")) {
      assertThat(matches(DESTRUCTION, where)).isEmpty();
    }
  }

  private static List<String> matches(Pattern pattern, String where) throws IOException {
    List<String> found = new ArrayList<>();
    Path sources = Path.of("src/main/java/dev/discern").resolve(where);
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        pattern
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> found.add(file.getFileName() + ": " + match.group()));
      }
    }
    assertThat(sources).isDirectory();
    return found;
  }
}
