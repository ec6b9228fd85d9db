package dev.discern.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.image.Pixels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashNeighborsTest {
  private static final long MASK = Long.MAX_VALUE;

  @Test
  void findsEveryPairWithinReachAndNoOther() {
    SplittableRandom random = new SplittableRandom(4);
    long[] hashes = random.longs(300).map(hash -> hash & MASK).toArray();
    for (int i = 200; i < 300; i++) {
      long like = hashes[i - 200];
      for (int flipped = random.nextInt(12); flipped > 0; flipped--) {
        like ^= 1L << random.nextInt(63);
      }
      hashes[i] = i % 2 == 0 ? like : PerceptualHash.mirrored(like);
    }
    Pairs expected = new Pairs();
    for (int i = 0; i < hashes.length; i++) {
      for (int j = 0; j < i; j++) {
        boolean near = PerceptualHash.distance(hashes[i], hashes[j]) <= HashNeighbors.REACH;
        long mirrored = PerceptualHash.mirrored(hashes[i]);
        if (near || PerceptualHash.distance(mirrored, hashes[j]) <= HashNeighbors.REACH) {
          expected.add(i, j);
        }
      }
    }
    assertThat(expected.distinct()).hasSizeGreaterThan(40);
    assertThat(HashNeighbors.within(hashes, i -> true, 300).distinct())
        .containsExactly(expected.distinct());
  }

  @Test
  void keepsTheNearestIfThereAreTooMany() {
    long[] hashes = {0b111, 0b1, 0b11, 0};
    assertThat(HashNeighbors.within(hashes, i -> true, 1).distinct())
        .contains((1L << 32) | 3)
        .doesNotContain(3, (2L << 32) | 3);
  }

  @Test
  void leavesOutImagesThatSayTooLittle() {
    assertThat(HashNeighbors.within(new long[] {5, 5, 5}, i -> i != 1, 9).distinct())
        .containsExactly(2);
  }

  @Test
  void aMirroredPicturesHashFollowsFromThePictures() {
    for (long seed = 0; seed < 20; seed++) {
      Pixels picture = TestPictures.discs(seed);
      long hash = TestPictures.sketch(picture).hash();
      assertThat(hash).isNotNegative();
      assertThat(TestPictures.sketch(TestPictures.mirrored(picture)).hash())
          .isEqualTo(PerceptualHash.mirrored(hash));
    }
  }
}
