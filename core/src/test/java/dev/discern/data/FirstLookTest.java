package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.DamagedImages;
import dev.discern.image.Encoded;
import dev.discern.image.ImageShape;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class FirstLookTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);

  /** Images of which some are damaged, and a record of those that were decoded. */
  private record Fragile(ImageSet images, String name, Set<Integer> damaged, Set<Integer> decoded)
      implements ImageSet {
    static Fragile of(String name, int size, Integer... damaged) {
      return new Fragile(
          TestImages.memory(SHAPE, size, 2, 1),
          name,
          Set.of(damaged),
          ConcurrentHashMap.newKeySet());
    }

    @Override
    public int size() {
      return images.size();
    }

    @Override
    public List<String> classNames() {
      return images.classNames();
    }

    @Override
    public int label(int i) {
      return images.label(i);
    }

    @Override
    public Encoded image(int i) {
      return (atLeast, channels) -> {
        decoded.add(i);
        if (damaged.contains(i)) {
          String file = describe(i);
          throw new DamagedImages(file, file + " is damaged.", new Exception("cut"));
        }
        return images.image(i).decode(atLeast, channels);
      };
    }

    @Override
    public String describe(int i) {
      return name + i;
    }

    @Override
    public byte[] identity(int i) {
      return images.identity(i);
    }
  }

  private static FirstLook look(ImageSet train, ImageSet validation, ImageSet test) {
    Split split = new Split(train, validation, test, SHAPE, List.of());
    return new FirstLook(split, TestImages.view(SHAPE), 2);
  }

  @Test
  void looksAtASampleOfTheGivenParts() {
    Fragile train = Fragile.of("train", 10, 3);
    Fragile validation = Fragile.of("validation", 5000);
    Fragile test = Fragile.of("test", 30);

    assertThatCode(
            () -> look(train, validation, test).at(List.of(validation, test), LoadListener.NONE))
        .doesNotThrowAnyException();

    assertThat(train.decoded()).isEmpty();
    assertThat(validation.decoded()).hasSize(1024).contains(0, 4092);
    assertThat(test.decoded()).hasSize(30);
  }

  @Test
  void refusesADamagedTestImage() {
    Fragile whole = Fragile.of("train", 10);
    Fragile damaged = Fragile.of("test", 10, 7);

    assertThatThrownBy(() -> look(whole, whole, damaged).at(List.of(damaged), LoadListener.NONE))
        .isInstanceOf(DamagedImages.class)
        .hasMessage("test7 is damaged.");
  }

  @Test
  void namesAllDamagedImagesOnceOneWasFound() {
    Fragile train = Fragile.of("train", 100, 3, 50, 99);
    FirstLook look = look(train, Fragile.of("validation", 10), Fragile.of("test", 10, 0, 1));
    DamagedImages one = new DamagedImages("train3", "train3 is damaged.", new Exception("cut"));

    FirstLook.Found found = look.all(one);

    assertThat(found.failure().reasons().keySet())
        .containsExactly("test0", "test1", "train3", "train50", "train99");
    assertThat(found.failure()).hasMessageContaining("train99 is damaged.");
    assertThat(found.identities().keySet()).isEqualTo(found.failure().reasons().keySet());
    assertThat(found.identities().get("train50")).isEqualTo(train.identity(50));
  }

  @Test
  void showsTwentyDamagedImagesAndCountsTheRest() {
    Integer[] damaged = new Integer[30];
    for (int i = 0; i < 30; i++) {
      damaged[i] = i;
    }
    FirstLook look =
        look(Fragile.of("t", 40, damaged), Fragile.of("validation", 10), Fragile.of("test", 10));
    DamagedImages one = new DamagedImages("t0", "t0 is damaged.", new Exception("cut"));

    DamagedImages all = look.all(one).failure();

    assertThat(String.valueOf(all.getMessage()).lines()).hasSize(21);
    assertThat(all).hasMessageEndingWith("... and 10 more damaged images.");
    assertThat(all.reasons()).hasSize(30);
  }

  @Test
  void leavesPixelsInMemoryAlone() {
    ImageSet memory = TestImages.memory(SHAPE, 3, 2, 1);

    assertThatCode(() -> look(memory, memory, memory).at(List.of(memory), LoadListener.NONE))
        .doesNotThrowAnyException();
  }
}
