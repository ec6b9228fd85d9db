package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

final class NativesTest {
  @Test
  void loadsFromManyThreadsAtOnce() {
    long loaded =
        IntStream.range(0, 64)
            .parallel()
            .filter(
                i -> {
                  Natives.load();
                  return torch.get_num_threads() > 0;
                })
            .count();

    assertThat(loaded).isEqualTo(64);
  }

  @Test
  void decodesAndMultipliesInOneProcess() {
    Natives.loadOpenCv();
    try (Scope scope = new Scope()) {
      Mat image = new Mat(new Size(9, 7), 0);
      BytePointer png = new BytePointer();
      assertThat(opencv_imgcodecs.imencode(".png", image, png)).isTrue();
      Mat small = new Mat();
      opencv_imgproc.resize(
          opencv_imgcodecs.imdecode(new Mat(png), opencv_imgcodecs.IMREAD_COLOR),
          small,
          new Size(3, 2));
      Tensor product = torch.ones(300, 300).mm(torch.ones(300, 300));

      assertThat(small.cols()).isEqualTo(3);
      assertThat(small.channels()).isEqualTo(3);
      assertThat(product.sum().item_double()).isEqualTo(300.0 * 300 * 300);
    }
  }

  @Test
  void findsTheLibrariesThatNeedEachOther() {
    Map<String, URL> files = NativeFiles.of(torch.class);

    assertThat(files.keySet())
        .anyMatch(name -> name.contains("c10"))
        .anyMatch(name -> name.contains("torch_cpu"))
        .anyMatch(name -> name.contains("jnitorch"))
        .anyMatch(name -> name.contains("openblas"))
        .anyMatch(name -> name.contains("jnijavacpp"));
  }
}
