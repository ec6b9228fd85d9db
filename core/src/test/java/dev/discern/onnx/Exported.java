package dev.discern.onnx;

import dev.discern.backbone.Pass;
import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.data.Normalization;
import dev.discern.head.Methods;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.model.FormulaWeights;
import dev.discern.predict.Answers;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** A network with weights of the formula, in the engine and as an ONNX file. */
final class Exported implements AutoCloseable {
  static final int CLASSES = 5;
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] STD = {0.229f, 0.224f, 0.225f};

  private final ModelCard card;
  private final Network network;
  private final OnnxSession session;

  private Exported(ModelCard card, Network network, OnnxSession session) {
    this.card = card;
    this.network = network;
    this.session = session;
  }

  static Exported of(ModelCard card, boolean half, Path file) {
    Network network = Networks.create(card, 1, List.of(), "cpu", "fp32");
    try (Scope scope = new Scope()) {
      network.store().load(formula(network.store().state()), "the formula");
    }
    OnnxFile.write(network, card, half, "test", file);
    return new Exported(card, network, OnnxSession.open(file));
  }

  private static Map<String, Tensor> formula(Map<String, Tensor> state) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    state.forEach(
        (name, tensor) -> {
          long[] sides = tensor.sizes().vec().get();
          tensors.put(name, Tensors.ofFloats(FormulaWeights.fill(name, sides), sides));
        });
    return tensors;
  }

  static ModelCard card(String architecture, String method, Preprocessing steps) {
    return new ModelCard(
        architecture,
        method,
        Methods.taskOf(method),
        IntStream.range(0, CLASSES).mapToObj(k -> "class " + k).toList(),
        List.of(),
        steps,
        Map.of());
  }

  static Preprocessing steps(int side, double ratio, Interpolation interpolation, boolean flip) {
    return new Preprocessing(
        new ImageShape(3, side, side), ratio, interpolation, new Normalization(MEAN, STD), flip);
  }

  static Pixels image(SplittableRandom random, int height, int width, int channels) {
    byte[] data = new byte[height * width * channels];
    // Smooth shapes with noise, as photographs have.
    double fx = random.nextDouble(0.5, 6);
    double fy = random.nextDouble(0.5, 6);
    int noise = random.nextInt(1, 64);
    for (int k = 0; k < data.length; k++) {
      int pixel = k / channels;
      double x = (double) (pixel % width) / width;
      int row = pixel / width;
      double y = (double) row / height;
      double wave = 127.5 + 100 * Math.sin(fx * 6.3 * x + k % channels) * Math.cos(fy * 6.3 * y);
      data[k] = (byte) Math.max(0, Math.min(255, wave + random.nextInt(-noise, noise + 1)));
    }
    return new Pixels(height, width, channels, data);
  }

  /** Images of the network's own size. */
  List<Pixels> inputs(int count) {
    SplittableRandom random = new SplittableRandom(3);
    ImageShape shape = card.preprocessing().shape();
    return IntStream.range(0, count)
        .mapToObj(i -> image(random, shape.height(), shape.width(), shape.channels()))
        .toList();
  }

  Network network() {
    return network;
  }

  OnnxSession session() {
    return session;
  }

  ModelCard card() {
    return card;
  }

  /** What the engine answers for images of the network's own size. */
  List<double[]> engine(List<Pixels> images) {
    return new Answers(network, card).of(images.stream().map(Pixels::data).toList());
  }

  /** The engine's logits, row by row. */
  float[] engineLogits(List<Pixels> images) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      int volume = images.get(0).data().length;
      byte[] joined = new byte[volume * images.size()];
      for (int i = 0; i < images.size(); i++) {
        System.arraycopy(images.get(i).data(), 0, joined, i * volume, volume);
      }
      Tensor prepared = network.preparation().of(joined, images.size());
      return Tensors.toFloats(network.head().logits(network.features(prepared, Pass.EVALUATION)));
    }
  }

  @Override
  public void close() {
    session.close();
    network.store().state().values().forEach(Tensor::close);
  }
}
