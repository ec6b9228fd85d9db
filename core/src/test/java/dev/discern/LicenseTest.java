package dev.discern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a jar must carry. */
class LicenseTest {
  // Other jars on the class path have files of these names as well.
  private static List<String> all(String resource) throws IOException {
    List<String> texts = new ArrayList<>();
    ClassLoader loader = LicenseTest.class.getClassLoader();
    for (URL url : Collections.list(loader.getResources(resource))) {
      try (InputStream in = url.openStream()) {
        texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  @Test
  void theNoticeNamesWhatIsBundledAndEmbedded() throws IOException {
    assertThat(all("META-INF/NOTICE"))
        .filteredOn(text -> text.startsWith("Discern\nCopyright 2026 The Discern authors"))
        .isNotEmpty() // one per module
        .allSatisfy(
            text -> assertThat(text).contains("Attribution\n4.0 International", "Mike Bostock"));
  }

  @Test
  void theLicenseIsApaches() throws IOException {
    assertThat(all("META-INF/LICENSE"))
        .anyMatch(text -> text.contains("Version 2.0, January 2004"));
  }

  @Test
  void theDigitsCarryTheirOwnLicense() throws IOException {
    assertThat(all("dev/discern/data/digits.LICENSE.txt"))
        .singleElement()
        .asString()
        .contains("CC BY 4.0");
  }
}
