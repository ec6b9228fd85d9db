package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.InvalidConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  @Test
  void everyNameIsThereOnceWithDefaultsOfItsOwn() {
    List<String> names = Datasets.all().stream().map(DatasetSpec::name).toList();

    assertThat(names).containsExactly("digits", "fashion-mnist").doesNotHaveDuplicates();
    for (DatasetSpec spec : Datasets.all()) {
      assertThat(Datasets.settings(spec.name())).isEqualTo(spec.settings());
      assertThat(Configs.of(spec.name()).imageSize()).isEqualTo(spec.shape().height());
      assertThat(spec.summary()).isNotBlank();
      assertThat(spec.licence()).isNotBlank();
      assertThat(spec.origin()).isNotBlank();
    }
  }

  @Test
  void refusesUnknownSourcesAndListsTheKnown() {
    for (String source : List.of("cifar", "digits:/tmp", "no/such/folder", "nul\0char")) {
      assertThatThrownBy(() -> Datasets.settings(source))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("'" + source + "'")
          .hasMessageContaining("digits, fashion-mnist")
          .hasMessageContaining("folder");
    }
  }

  @Test
  void keepsTheSourceAsWritten(@TempDir Path folder) {
    assertThat(Configs.of("fashion-mnist:/not/looked/at").source())
        .isEqualTo("fashion-mnist:/not/looked/at");
    assertThat(Configs.of(folder.toString()).source()).isEqualTo(folder.toString());
  }

  @Test
  void holdsAllDigits() {
    MemoryImageSet digits = Digits.all();
    byte[] first = digits.identity(0);

    assertThat(digits.size()).isEqualTo(1797);
    assertThat(digits.classCounts())
        .containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    // The file's first row: 0 0 5 13 9 1 0 0, in sixteenths.
    assertThat(TestImages.unsigned(first)).startsWith(0, 0, 80, 207, 143, 16, 0, 0);
    assertThat(digits.label(0)).isZero();
  }

  @Test
  void splitsDigitsByTheConfiguration() {
    Split split = Datasets.load(Configs.of("digits"));

    List<String> seen = new ArrayList<>();
    for (ImageSet part : List.of(split.train(), split.validation(), split.test())) {
      for (int i = 0; i < part.size(); i++) {
        seen.add(part.describe(i));
      }
    }
    assertThat(seen).hasSize(1797).doesNotHaveDuplicates();
    assertThat(split.validation().size()).isBetween(260, 280);
    assertThat(split.test().size()).isBetween(260, 280);
    assertThat(split.notes()).isEmpty();
  }
}
