package dev.discern.bench;

import dev.discern.backbone.Backbone;
import dev.discern.backbone.Folding;
import dev.discern.backbone.Pass;
import dev.discern.config.ConfigTree;
import dev.discern.config.Spec;
import dev.discern.data.Normalization;
import dev.discern.head.HeadFactory;
import dev.discern.head.HeadShape;
import dev.discern.head.Methods;
import dev.discern.image.ImageShape;
import dev.discern.layer.Architecture;
import dev.discern.loss.Targets;
import dev.discern.model.Models;
import dev.discern.optim.Optimizer;
import dev.discern.optim.Optimizers;
import dev.discern.run.Defaults;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precision;
import dev.discern.torch.Precisions;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.train.Network;
import dev.discern.train.Preparation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A network with a batch of random images in memory, and what training and inference do with it.
 */
final class SpeedSubject implements AutoCloseable {
  static final int CLASSES = 10;

  private static final int LEAST_STEPS = 3;
  private static final int WARM_UP = 2;

  private final Network network;
  private final Network folded;
  private final Optimizer optimizer;
  private final Tensor images;
  private final Targets targets;
  private final int batch;
  private final LongSupplier clock;
  private @Nullable FlatSgd flat;

  /**
   * Builds a network.
   *
   * @param model its name in the catalog
   * @param precision {@code fp32} or {@code bf16}
   * @param batch the number of images
   * @param side their height and width
   * @param clock in nanoseconds
   */
  SpeedSubject(String model, String precision, int batch, int side, LongSupplier clock) {
    this.clock = clock;
    this.batch = batch;
    ImageShape shape = new ImageShape(3, side, side);
    network = network(model, precision, shape);
    folded = folded(network);
    optimizer =
        Optimizers.create(
            ConfigTree.of(Defaults.of("fashion-mnist"))
                .with("optim.optimizer", "sgd")
                .with("optim.momentum", 0.9)
                .with("optim.nesterov", false)
                .with("optim.weightDecay", 0)
                .toConfig("bench")
                .optim(),
            network.backbone().architecture(),
            network.store());
    SplittableRandom random = new SplittableRandom(0);
    byte[] pixels = new byte[batch * shape.volume()];
    random.nextBytes(pixels);
    try (Scope scope = new Scope()) {
      images = scope.keep(network.preparation().of(pixels, batch));
      targets =
          new Targets.Classes(
              scope.keep(Tensors.ofClasses(random.ints(batch, 0, CLASSES).toArray())), null);
    }
    for (int i = 0; i < WARM_UP; i++) {
      train();
      infer();
    }
  }

  private static Network network(String model, String precision, ImageShape shape) {
    Device device = new Device("cpu");
    ParameterStore store = new ParameterStore(0, device);
    Architecture architecture = Models.CATALOGUE.create(Spec.parse(model)).build(shape.channels());
    HeadFactory method = Methods.CATALOGUE.create(Spec.parse("ce"));
    float[] half = {0.5f, 0.5f, 0.5f};
    return new Network(
        store,
        new Backbone(architecture, store),
        method.build(store, new HeadShape(architecture.featureCount(), CLASSES, List.of())),
        method.task(),
        new Preparation(shape, new Normalization(half, half), device),
        device,
        Precisions.of(precision, device));
  }

  // As a classifier opens it.
  private static Network folded(Network network) {
    Folding folding = new Folding(network.backbone().architecture());
    ParameterStore store = ParameterStore.toBeLoaded(network.device());
    Backbone backbone = new Backbone(folding.architecture(), store);
    try (Scope scope = new Scope()) {
      store.load(folding.tensors(network.store().state()), "the network");
      if (network.precisions().inference() == Precision.BF16) {
        backbone.narrow();
      }
    }
    return new Network(
        store,
        backbone,
        network.head(),
        network.task(),
        network.preparation(),
        network.device(),
        network.precisions());
  }

  /** Images per second of training steps, by their median time. */
  double trainingRate(double seconds) {
    return batch / median(this::train, seconds);
  }

  /** Images per second of inference, by the median time of a batch. */
  double inferenceRate(double seconds) {
    return batch / median(this::infer, seconds);
  }

  private double median(Runnable step, double seconds) {
    List<Double> times = new ArrayList<>();
    long first = System.nanoTime();
    while (times.size() < LEAST_STEPS || System.nanoTime() - first < seconds * 1e9) {
      long start = clock.getAsLong();
      step.run();
      times.add((clock.getAsLong() - start) / 1e9);
    }
    return Rounds.median(times);
  }

  /** Trains from now on with parameters and gradients in flat buffers. */
  void flatten() {
    flat = new FlatSgd(network.store().parameters().values());
  }

  private void train() {
    try (Scope scope = new Scope()) {
      Tensor mean =
          network
              .head()
              .loss(network.features(images, Pass.training(0, 0, 0)), targets)
              .perSample()
              .mean();
      FlatSgd buffers = flat;
      if (buffers == null) {
        Optimizer.dropGradients(network.store().parameters().values());
      } else {
        buffers.zeroGradients();
      }
      mean.backward();
      if (buffers == null) {
        optimizer.step(1e-4);
      } else {
        buffers.step(1e-4);
      }
      double unused = mean.item_double();
    }
  }

  private void infer() {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      var unused = folded.head().logits(folded.features(images, Pass.EVALUATION));
    }
  }

  @Override
  public void close() {
    network.store().state().values().forEach(Tensor::close);
    folded.store().state().values().forEach(Tensor::close);
    optimizer.state().values().forEach(Tensor::close);
    images.close();
  }
}
