package dev.discern.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.scale.Bitmap;
import dev.discern.scale.Box;
import dev.discern.scale.CenterPlan;
import dev.discern.scale.Filter;
import dev.discern.scale.Scaler;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Scaling against Pillow. */
class ScalerTest {
  @TestFactory
  Stream<DynamicTest> scalesAsPillowDoes() {
    JsonNode golden = Golden.read("scale");
    Bitmap rgb = new Bitmap(24, 30, 3, Golden.bytes(golden.get("rgb")));
    Bitmap grey = new Bitmap(24, 30, 1, Golden.bytes(golden.get("grey")));
    return golden
        .get("cases")
        .valueStream()
        .flatMap(
            one ->
                Stream.of(Filter.BILINEAR, Filter.BICUBIC)
                    .flatMap(
                        filter ->
                            Stream.of(
                                scaling(rgb, one, filter, filter.name()),
                                scaling(grey, one, filter, filter.name() + "-grey"))));
  }

  private static DynamicTest scaling(Bitmap image, JsonNode one, Filter filter, String key) {
    JsonNode box = one.get("crop");
    Box source =
        new Box(box.get(0).asInt(), box.get(1).asInt(), box.get(2).asInt(), box.get(3).asInt());
    int height = one.get("height").asInt();
    int width = one.get("width").asInt();
    CenterPlan plan = new CenterPlan(source, height, width, new Box(0, 0, height, width));
    return DynamicTest.dynamicTest(
        key + " " + source,
        () ->
            assertThat(
                    DecoderTest.worst(
                        Scaler.scale(image, plan, filter).data(), Golden.bytes(one.get(key))))
                .isLessThanOrEqualTo(1));
  }

  @Test
  void aWindowIsAPartOfTheWhole() {
    SplittableRandom random = new SplittableRandom(5);
    byte[] noise = new byte[50 * 70 * 3];
    random.nextBytes(noise);
    Bitmap image = new Bitmap(50, 70, 3, noise);
    for (Filter filter : Filter.values()) {
      Box source = new Box(3, 4, 44, 61);
      Box all = new Box(0, 0, 21, 35);
      Bitmap whole = Scaler.scale(image, new CenterPlan(source, 21, 35, all), filter);
      Box window = new Box(5, 7, 12, 20);
      Bitmap part = Scaler.scale(image, new CenterPlan(source, 21, 35, window), filter);
      Box same = new Box(0, 0, 21, 35);
      assertThat(part.data())
          .isEqualTo(Scaler.scale(whole, new CenterPlan(same, 21, 35, window), filter).data());
    }
  }

  @Test
  void plainImagesStayPlain() {
    byte[] plain = new byte[37 * 23];
    java.util.Arrays.fill(plain, (byte) 200);
    for (Filter filter : Filter.values()) {
      for (int side : new int[] {1, 5, 23, 224}) {
        byte[] scaled = Scaler.scale(new Bitmap(23, 37, 1, plain), side, side, filter).data();
        for (byte value : scaled) {
          assertThat(value & 0xff).isEqualTo(200);
        }
      }
    }
  }
}
