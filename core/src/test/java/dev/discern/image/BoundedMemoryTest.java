package dev.discern.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.WorkFailed;
import dev.discern.data.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large images in a small JVM: decoded, or refused by the documented limits. */
class BoundedMemoryTest {
  @TempDir private Path folder;

  @Test
  void largeImagesNeedLittleHeap() throws Exception {
    Path deep = Files.write(folder.resolve("deep.png"), deepPng(5000, 4000, 4000));
    Path deeper = Files.write(folder.resolve("deeper.png"), deepPng(14_000, 12_000, 500));
    Path tiff = folder.resolve("large.tif");
    tiff(tiff, 6000, 5000);

    List<String> lines = decodeInSmallJvm(deep, deeper, tiff);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).isEqualTo("4000x5000");
    assertThat(lines.get(1)).contains("deeper.png", "the limit is 768 MB");
    assertThat(lines.get(2)).isEqualTo("5000x6000");
  }

  private List<String> decodeInSmallJvm(Path... files) throws Exception {
    Path out = folder.resolve("out.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                BoundedMemoryTest.class.getName(),
                out.toString()));
    for (Path file : files) {
      command.add(file.toString());
    }
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    return Files.readAllLines(out);
  }

  /**
   * Decodes files.
   *
   * @param args where to write a line per file, then the files
   */
  public static void main(String[] args) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file : List.of(args).subList(1, args.length)) {
      try (Raster raster = new ImageFile(Path.of(file)).decode(Integer.MAX_VALUE, 3)) {
        Crop all = new Crop(0, 0, raster.height(), raster.width());
        raster.scaled(all, 8, 8, Interpolation.BILINEAR);
        lines.add(raster.height() + "x" + raster.width());
      } catch (WorkFailed e) {
        lines.add(e.getMessage());
      }
    }
    Files.write(Path.of(args[0]), lines, StandardCharsets.UTF_8);
  }

  private static byte[] deepPng(int width, int height, int rows) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed, new Deflater(1))) {
      byte[] row = new byte[1 + 8 * width];
      for (int y = 0; y < rows; y++) {
        out.write(row);
      }
    }
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {16, 6, 0, 0, 0})
            .array();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    file.writeBytes(TestImages.chunk("IHDR", header));
    file.writeBytes(TestImages.chunk("IDAT", packed.toByteArray()));
    file.writeBytes(TestImages.chunk("IEND", new byte[0]));
    return file.toByteArray();
  }

  private static void tiff(Path file, int width, int height) throws IOException {
    int[][] tags = {
      {256, width},
      {257, height},
      {258, 8},
      {259, 1},
      {262, 2},
      {273, 122},
      {277, 3},
      {278, height},
      {279, 3 * width * height}
    };
    ByteBuffer head = ByteBuffer.allocate(122);
    head.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) tags.length);
    for (int[] tag : tags) {
      head.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
    }
    try (var out = Files.newOutputStream(file)) {
      out.write(head.array());
      byte[] row = new byte[3 * width];
      for (int y = 0; y < height; y++) {
        out.write(row);
      }
    }
  }
}
