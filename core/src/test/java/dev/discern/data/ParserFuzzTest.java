package dev.discern.data;

import static dev.discern.data.Sources.files;
import static dev.discern.data.Sources.list;
import static dev.discern.data.TestImages.write;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged lists are read or refused, and nothing else. {@code -Ddiscern.fuzz=20000} tries more
 * mutations than a build has time for.
 */
class ParserFuzzTest {
  private static final int MUTATIONS = Integer.getInteger("discern.fuzz", 300);
  private static final String[] TOKENS = {
    ",",
    ";",
    "\"",
    "\n",
    "\r",
    "\t",
    "|",
    "[",
    "]",
    "{",
    "}",
    ":",
    "<",
    ">",
    "&",
    "/",
    "\\",
    "..",
    "\0",
    "\uFEFF",
    "null",
    "-1",
    "1e999",
    "9999999999999999999",
    "<object>",
    "</annotation>",
    "{\"id\":1}",
    "'",
    "\ud83d\ude00",
    "sep=",
    "?",
    "%",
    "file:",
    "C:\\"
  };

  @TempDir private Path root;

  @Test
  void csv() {
    String text =
        "path,label,split\nimg/a.jpg,\"cat;dog\",train\nimg/b.jpg,dog,train\nimg/c.jpg,cat,test\n";
    fuzz(root.resolve("l.csv"), root.resolve("l.csv"), text);
  }

  @Test
  void coco() {
    String text =
        "{\"info\":{},\"images\":[{\"id\":1,\"file_name\":\"img/a.jpg\"},{\"id\":2,\"file_name\":"
            + "\"img/b.jpg\"}],\"annotations\":[{\"image_id\":1,\"category_id\":1},{\"image_id\":2,"
            + "\"category_id\":2}],\"categories\":[{\"id\":1,\"name\":\"cat\"},{\"id\":2,\"name\":"
            + "\"dog\"}]}";
    fuzz(root.resolve("c.json"), root.resolve("c.json"), text);
  }

  @Test
  void voc() {
    Sources.text(
        root.resolve("Annotations/b.xml"),
        "<annotation><object><name>dog</name></object></annotation>");
    String text =
        "<?xml version='1.0' encoding='UTF-8'?><annotation><filename>a.jpg</filename><object>"
            + "<name>cat</name><difficult>0</difficult><part><name>x</name></part></object>"
            + "</annotation>";
    fuzz(root.resolve("Annotations/a.xml"), root, text);
  }

  private void fuzz(Path file, Path source, String text) {
    files(root, "img/a.jpg", "img/b.jpg", "img/c.jpg");
    byte[] good = text.getBytes(StandardCharsets.UTF_8);
    write(file, good);
    assertThatCode(() -> list(source)).doesNotThrowAnyException();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bad = good;
      for (int k = random.nextInt(4); k >= 0; k--) {
        bad = mutated(bad, random);
      }
      write(file, bad);
      String name = "mutation " + i + ": " + new String(bad, StandardCharsets.UTF_8);
      assertTimeoutPreemptively(Duration.ofSeconds(30), () -> read(source, name), name);
    }
  }

  private static void read(Path source, String name) {
    try {
      list(source);
    } catch (WorkFailed | InvalidConfig e) {
      return; // refused
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(name, e);
    }
  }

  private static byte[] mutated(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + random.nextInt(1, 20));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(6)) {
      case 0 -> out.writeBytes(Arrays.copyOfRange(bytes, to, bytes.length));
      case 1 -> out.write(random.nextInt(256));
      case 2 -> {
        String token = TOKENS[random.nextInt(TOKENS.length)];
        int times = random.nextInt(50) == 0 ? 50_000 : 1;
        out.writeBytes(token.repeat(times).getBytes(StandardCharsets.UTF_8));
      }
      case 3 -> {
        out.writeBytes(Arrays.copyOfRange(bytes, at, to));
        out.writeBytes(Arrays.copyOfRange(bytes, at, bytes.length));
        return out.toByteArray();
      }
      case 4 -> {
        return out.toByteArray();
      }
      default -> {
        if (at < bytes.length) {
          out.write(bytes[at] ^ (1 << random.nextInt(8)));
          at++;
        }
      }
    }
    if (out.size() > 0 && at < bytes.length) {
      out.write(bytes, at, bytes.length - at);
    }
    return out.toByteArray();
  }
}
