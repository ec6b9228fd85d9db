package dev.discern.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.backbone.Backbone;
import dev.discern.config.MethodSpec;
import dev.discern.config.OptimConfig;
import dev.discern.config.Spec;
import dev.discern.config.Task;
import dev.discern.data.Batch;
import dev.discern.data.BatchLoader;
import dev.discern.data.Labels;
import dev.discern.data.Normalization;
import dev.discern.data.TestImages;
import dev.discern.head.Head;
import dev.discern.head.HeadFactory;
import dev.discern.head.HeadShape;
import dev.discern.head.Methods;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.layer.Architecture;
import dev.discern.model.Models;
import dev.discern.optim.Optimizer;
import dev.discern.optim.Optimizers;
import dev.discern.optim.ParameterRules;
import dev.discern.torch.Devices;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precisions;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.view.Views;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method trains every family of networks, and cross-entropy every network. */
class EveryStepTest {
  private static final int BATCH = 8;
  private static final int CLASSES = 4;
  private static final double RATE = 0.01;
  private static final Device CPU = Devices.of("cpu");

  private static Architecture architecture(String spec) {
    return Models.CATALOGUE.create(Spec.parse(spec)).build(3);
  }

  static Stream<String> architectures() {
    return Models.CATALOGUE.all().stream().map(MethodSpec::name);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void crossEntropyTrainsEveryArchitecture(String name) {
    try (Family family = new Family(name)) {
      family.train("ce");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet8",
        "preact-resnet(depth=8)",
        "wrn(depth=10,width=1)",
        "densenet-bc(depth=10,growth=4)",
        "resnext(depth=11,cardinality=2,width=4)",
        "se-resnet(depth=8)",
        "resnet18",
        "densenet121",
        "mobilenetv2_100",
        "mobilenetv3_small_100",
        "efficientnet_b0",
        "tf_efficientnet_lite0",
        "shufflenet_v2_x1_0",
        "convnext_atto",
        "vit_tiny_patch16_224"
      })
  void everyMethodTrainsTheFamily(String spec) {
    try (Family family = new Family(spec)) {
      Methods.CATALOGUE.all().forEach(method -> family.train(method.name()));
    }
  }

  /** A backbone for several heads, which begin with what the heads before have trained. */
  private static final class Family implements AutoCloseable {
    private final ParameterStore store = new ParameterStore(3, CPU);
    private final Backbone backbone;
    private final ImageShape shape;

    Family(String spec) {
      Architecture architecture = architecture(spec);
      // On maps of one pixel, normalization has only the batch to compare.
      int side = Math.max(8, architecture.smallestSide());
      backbone = new Backbone(architecture, store);
      shape = new ImageShape(3, side, side);
    }

    void train(String name) {
      HeadFactory method = Methods.CATALOGUE.create(Spec.parse(name));
      Map<String, Tensor> trained = new LinkedHashMap<>(store.parameters());
      trained.keySet().removeIf(each -> each.startsWith("of-"));
      HeadShape numbers =
          new HeadShape(backbone.architecture().featureCount(), CLASSES, List.of(4L, 3L, 2L, 1L));
      Head head = method.build(store.under("of-" + name), numbers);
      store.parameters().forEach((each, tensor) -> put(trained, each, tensor, "of-" + name + "."));
      try (Scope scope = new Scope()) {
        float[] first = weights(trained);
        Update.Made made = step(method.task(), head, trained);
        assertThat(made.loss()).as("loss of " + name).isFinite();
        trained.forEach((each, tensor) -> requireGradient(name, each, tensor));
        assertThat(weights(trained)).as("first weights after " + name).isNotEqualTo(first);
      }
    }

    private static void put(
        Map<String, Tensor> trained, String name, Tensor tensor, String prefix) {
      if (name.startsWith(prefix)) {
        trained.put(name, tensor);
      }
    }

    private static float[] weights(Map<String, Tensor> trained) {
      return Tensors.toFloats(trained.values().iterator().next());
    }

    private Update.Made step(Task task, Head head, Map<String, Tensor> trained) {
      Network network =
          new Network(
              store,
              backbone,
              head,
              task,
              new Preparation(shape, normalization(), CPU),
              CPU,
              Precisions.of("fp32", CPU));
      Optimizer optimizer =
          Optimizers.create(
              plain(), new ParameterRules(plain(), backbone.architecture(), Map.of()), trained);
      Update update =
          new Update(
              network,
              optimizer,
              new Update.Rules(0, 1, false, 5),
              Optional.empty(),
              Optional.empty());
      return update.make(lesson(head), List.of(batch(task)).iterator(), 0, 0, RATE);
    }

    private Lesson lesson(Head head) {
      BatchLoader unused =
          BatchLoader.evaluation(
              TestImages.memory(shape, BATCH, CLASSES, 1),
              Views.evaluation(shape, Interpolation.BILINEAR, 1),
              BATCH,
              1);
      return new Lesson(
          Feed.ofImages(unused),
          head,
          new Objective(CLASSES, 0, null),
          IntStream.range(0, CLASSES).boxed().toList());
    }

    private Batch batch(Task task) {
      byte[] pixels = new byte[BATCH * shape.volume()];
      new SplittableRandom(9).nextBytes(pixels);
      int[] classes = IntStream.range(0, BATCH).map(i -> i % CLASSES).toArray();
      int[][] sets = {{0}, {1, 2}, {}, {0, 3}, {3}, {2}, {0, 1, 2, 3}, {1}};
      Labels labels = task == Task.ONE_LABEL ? new Labels.One(classes) : new Labels.Many(sets);
      return new Batch(pixels, labels, BATCH, IntStream.range(0, BATCH).toArray());
    }

    @Override
    public void close() {
      store.state().values().forEach(Tensor::close);
    }
  }

  private static void requireGradient(String method, String name, Tensor tensor) {
    Tensor gradient = tensor.grad();
    assertThat(gradient.defined()).as("%s: gradient of %s", method, name).isTrue();
    assertThat(gradient.sizes().vec().get()).isEqualTo(tensor.sizes().vec().get());
    double magnitude = gradient.abs().sum().item_double();
    assertThat(magnitude).as("%s: magnitude of the gradient of %s", method, name).isFinite();
    // Of 9 features, cc-loss attends by two hidden units, which are 0 for all of these images.
    if (!name.contains(".attention.") || tensor.numel() > 18) {
      assertThat(magnitude).as("%s: magnitude of the gradient of %s", method, name).isPositive();
    }
  }

  private static Normalization normalization() {
    return new Normalization(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.3f, 0.3f, 0.3f});
  }

  private static OptimConfig plain() {
    return new OptimConfig(
        "sgd", RATE, 0, false, 0, false, 1, "constant", 0, List.of(), 0.1, 0, 1, 0, List.of(), "");
  }
}
