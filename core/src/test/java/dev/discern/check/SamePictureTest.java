package dev.discern.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.check.SamePicture.Change;
import dev.discern.check.SamePicture.Match;
import dev.discern.image.Crop;
import dev.discern.image.Pixels;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamePictureTest {
  private static final int SIDE = TestPictures.SIDE;
  private static final Crop ALL = new Crop(0, 0, SIDE, SIDE);

  private static Optional<Change> changed(Pixels a, Pixels b) {
    return SamePicture.of(TestPictures.sketch(a), TestPictures.sketch(b)).map(Match::change);
  }

  @Test
  void recognizesAPictureThatWasScaledAndLostQuality() {
    for (long seed = 0; seed < 10; seed++) {
      Pixels picture = TestPictures.discs(seed);
      Pixels worse = TestPictures.noisy(TestPictures.scaled(picture, ALL, 96, 96), 12, seed);
      assertThat(changed(picture, worse)).as("seed %d", seed).contains(Change.ENCODED);
    }
  }

  @Test
  void recognizesAMirroredPicture() {
    for (long seed = 0; seed < 10; seed++) {
      Pixels picture = TestPictures.discs(seed);
      assertThat(changed(picture, TestPictures.noisy(TestPictures.mirrored(picture), 4, seed)))
          .as("seed %d", seed)
          .contains(Change.MIRRORED);
    }
  }

  @Test
  void recognizesAPictureWithoutItsEdges() {
    for (long seed = 0; seed < 10; seed++) {
      Pixels picture = TestPictures.discs(seed);
      Pixels part = TestPictures.scaled(picture, new Crop(6, 9, SIDE - 14, SIDE - 12), 120, 130);
      assertThat(changed(picture, part)).as("seed %d", seed).contains(Change.CROPPED);
      assertThat(changed(part, picture)).as("seed %d, swapped", seed).contains(Change.CROPPED);
    }
  }

  @Test
  void tellsDifferentPicturesApart() {
    for (long seed = 0; seed < 40; seed++) {
      assertThat(changed(TestPictures.discs(seed), TestPictures.discs(seed + 100)))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @Test
  void finishesOnPicturesWithoutDetails() {
    assertThat(changed(TestPictures.plain(64, 64, 0), TestPictures.plain(64, 64, 255))).isEmpty();
    assertThat(changed(TestPictures.plain(64, 64, 9), TestPictures.discs(1))).isEmpty();
  }
}
