package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.image.Encoded;
import dev.discern.image.ImageShape;
import dev.discern.view.View;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedImagesTest {
  private static final ImageShape SHAPE = new ImageShape(3, 4, 4);
  private static final View VIEW = TestImages.view(SHAPE);

  /** Images in memory that count as files, with a count of decodings. */
  private record Counted(ImageSet images, AtomicInteger decoded) implements ImageSet {
    static Counted of(int size) {
      return new Counted(TestImages.memory(SHAPE, size, 2, 5), new AtomicInteger());
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
        decoded.incrementAndGet();
        return images.image(i).decode(atLeast, channels);
      };
    }

    @Override
    public String describe(int i) {
      return images.describe(i);
    }

    @Override
    public byte[] identity(int i) {
      return images.identity(i);
    }
  }

  private static void lookTwiceAtEach(ImageSet set, ImageSet expected) {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < set.size(); i++) {
        assertThat(TestImages.seen(set, i, SHAPE)).isEqualTo(TestImages.seen(expected, i, SHAPE));
      }
    }
  }

  @Test
  void decodesEachImageOnceWhileThereIsRoom() {
    Counted files = Counted.of(7);
    AtomicLong room = new AtomicLong(7L * SHAPE.volume() + 1);

    lookTwiceAtEach(CachedImages.of(files, VIEW, room), files.images());

    assertThat(files.decoded().get()).isEqualTo(7);
    assertThat(room.get()).isEqualTo(1);
  }

  @Test
  void decodesTheRestEachTime() {
    Counted files = Counted.of(7);
    AtomicLong room = new AtomicLong(3L * SHAPE.volume() + 1);

    lookTwiceAtEach(CachedImages.of(files, VIEW, room), files.images());

    assertThat(files.decoded().get()).isEqualTo(7 + 4);
    assertThat(room.get()).isEqualTo(1);
  }

  @Test
  void isNotForAnotherView() {
    Counted files = Counted.of(2);
    ImageSet cached = CachedImages.of(files, VIEW, new AtomicLong(1 << 20));

    for (int round = 0; round < 3; round++) {
      assertThat(cached.image(0).decode(1000, 3).width()).isEqualTo(4);
    }
    assertThat(files.decoded().get()).isEqualTo(3);
  }

  @Test
  void changesNothingWhereThereIsNothingToKeep() {
    Counted files = Counted.of(2);
    ImageSet memory = TestImages.memory(SHAPE, 3, 2, 1);

    assertThat(CachedImages.of(files, VIEW, CachedImages.room("none"))).isSameAs(files);
    assertThat(CachedImages.of(memory, VIEW, CachedImages.room("auto"))).isSameAs(memory);
  }

  @Test
  void givesMemoryTwiceTheRoomOfAuto() {
    long auto = CachedImages.room("auto").get();

    assertThat(auto).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
    assertThat(CachedImages.room("memory").get()).isBetween(2 * auto, 2 * auto + 3);
  }

  @Test
  void givesThePixelsAwayAsACopy() {
    ImageSet cached = CachedImages.of(Counted.of(1), VIEW, new AtomicLong(1 << 20));
    byte[] first = TestImages.seen(cached, 0, SHAPE);
    byte[] second = TestImages.seen(cached, 0, SHAPE);
    byte[] before = second.clone();
    first[0]++;
    second[0]++;

    assertThat(TestImages.seen(cached, 0, SHAPE)).isEqualTo(before);
  }
}
