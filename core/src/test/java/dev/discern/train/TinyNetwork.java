package dev.discern.train;

import dev.discern.backbone.Backbone;
import dev.discern.config.ConfigTree;
import dev.discern.config.OptimConfig;
import dev.discern.config.Spec;
import dev.discern.data.Batch;
import dev.discern.data.BatchLoader;
import dev.discern.data.Labels;
import dev.discern.data.Normalization;
import dev.discern.data.TestImages;
import dev.discern.head.HeadFactory;
import dev.discern.head.HeadShape;
import dev.discern.head.Methods;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.layer.Activation;
import dev.discern.layer.Architecture;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.Block;
import dev.discern.layer.Conv;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Layer;
import dev.discern.layer.Sequence;
import dev.discern.optim.Optimizers;
import dev.discern.run.Defaults;
import dev.discern.torch.Devices;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precisions;
import dev.discern.torch.Tensors;
import dev.discern.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** A network of a few weights, with the parts that train it. */
final class TinyNetwork implements AutoCloseable {
  static final int CLASSES = 4;
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);

  final Network network;

  private TinyNetwork(Network network) {
    this.network = network;
  }

  /** With equal first values for every method on logits. */
  static TinyNetwork of(String method, boolean batchNorm) {
    List<Layer> layers = new ArrayList<>(List.of(Conv.of("conv", 3, 6, 3).biased()));
    if (batchNorm) {
      layers.add(new BatchNorm("bn", 6));
    }
    layers.add(Activation.SILU);
    Architecture architecture =
        new Architecture(
            3,
            8,
            1,
            Block.of("block", layers.toArray(Layer[]::new)),
            Sequence.of(new GlobalPool()),
            "fc",
            Architecture.Initialization.HE_FAN_OUT);
    var cpu = Devices.of("cpu");
    ParameterStore store = new ParameterStore(3, cpu);
    HeadFactory factory = Methods.CATALOGUE.create(Spec.parse(method));
    float[] half = {0.5f, 0.5f, 0.5f};
    return new TinyNetwork(
        new Network(
            store,
            new Backbone(architecture, store),
            factory.build(
                store,
                new HeadShape(architecture.featureCount(), CLASSES, List.of(4L, 3L, 2L, 1L))),
            factory.task(),
            new Preparation(SHAPE, new Normalization(half, half), cpu),
            cpu,
            Precisions.of("fp32", cpu)));
  }

  /** SGD with momentum, of a configuration's remaining rules. */
  Update update(Update.Rules rules) {
    OptimConfig config = ConfigTree.of(Defaults.of("digits")).toConfig("The test").optim();
    return new Update(
        network,
        Optimizers.create(config, network.backbone().architecture(), network.store()),
        rules,
        Optional.empty(),
        Optional.empty());
  }

  Lesson lesson(Objective objective) {
    BatchLoader unused =
        BatchLoader.evaluation(
            TestImages.memory(SHAPE, 8, CLASSES, 1),
            Views.evaluation(SHAPE, Interpolation.BILINEAR, 1),
            8,
            1);
    return new Lesson(
        Feed.ofImages(unused),
        network.head(),
        objective,
        IntStream.range(0, CLASSES).boxed().toList());
  }

  /** Images at random, cut into batches. */
  static List<Batch> batches(int size, int count) {
    byte[] pixels = new byte[size * count * SHAPE.volume()];
    SplittableRandom random = new SplittableRandom(9);
    random.nextBytes(pixels);
    int[] classes = random.ints((long) size * count, 0, CLASSES).toArray();
    List<Batch> batches = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int from = k * size;
      byte[] part = new byte[size * SHAPE.volume()];
      System.arraycopy(pixels, from * SHAPE.volume(), part, 0, part.length);
      int[] labels = IntStream.range(from, from + size).map(i -> classes[i]).toArray();
      batches.add(
          new Batch(part, new Labels.One(labels), size, IntStream.range(0, size).toArray()));
    }
    return batches;
  }

  /** The values of parameters and buffers, by name. */
  Map<String, float[]> values() {
    Map<String, float[]> values = new TreeMap<>();
    network.store().state().forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
    return values;
  }

  @Override
  public void close() {
    network.store().state().values().forEach(Tensor::close);
  }
}
