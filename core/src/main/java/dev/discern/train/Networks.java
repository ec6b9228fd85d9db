package dev.discern.train;

import dev.discern.backbone.Backbone;
import dev.discern.backbone.Folding;
import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.config.Internal;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Spec;
import dev.discern.config.WorkFailed;
import dev.discern.head.HeadFactory;
import dev.discern.head.HeadShape;
import dev.discern.head.Methods;
import dev.discern.image.ImageShape;
import dev.discern.layer.Architecture;
import dev.discern.layer.Shape;
import dev.discern.model.Models;
import dev.discern.torch.Devices;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precision;
import dev.discern.torch.Precisions;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Builds networks from model cards. */
@Internal
public final class Networks {
  private Networks() {}

  /**
   * Builds a network with its first weights.
   *
   * @param card the network's model card
   * @param seed of its first weights
   * @param classCounts training images of each class; empty for a network that will not train
   * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
   * @param precision {@code auto}, {@code fp32} or {@code bf16}
   * @return the network
   * @throws InvalidConfig if the architecture does not take images of the card's shape
   * @throws WorkFailed if this machine has no such device
   */
  public static Network create(
      ModelCard card, long seed, List<Long> classCounts, String device, String precision) {
    return create(card, Methods.create(card.method()), seed, classCounts, device, precision);
  }

  /**
   * Builds a network with its first weights, trained by a given method.
   *
   * @param card the network's model card
   * @param method the card's method
   * @param seed of its first weights
   * @param classCounts training images of each class
   * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
   * @param precision {@code auto}, {@code fp32} or {@code bf16}
   * @return the network
   * @throws InvalidConfig if the architecture does not take images of the card's shape
   * @throws WorkFailed if this machine has no such device
   */
  public static Network create(
      ModelCard card,
      HeadFactory method,
      long seed,
      List<Long> classCounts,
      String device,
      String precision) {
    Device chosen = Devices.of(device);
    Architecture architecture = architecture(card);
    ParameterStore store = new ParameterStore(seed, chosen);
    return build(card, method, architecture, store, classCounts, chosen, precision);
  }

  /**
   * Builds the layers of a network that will train, without any tensors.
   *
   * @param card the network's model card
   * @return the layers, which take the card's images
   * @throws InvalidConfig if the architecture does not take images of that shape
   */
  public static Architecture architecture(ModelCard card) {
    Architecture architecture = layers(card);
    unfit(card, architecture)
        .ifPresent(
            reason -> {
              throw new InvalidConfig(
                  reason
                      + ": choose another model or, for images of your own, another"
                      + " data.imageSize.");
            });
    return architecture;
  }

  private static Architecture layers(ModelCard card) {
    return Models.CATALOGUE
        .create(Spec.parse(card.architecture()))
        .build(card.preprocessing().shape().channels());
  }

  /** Why an architecture does not take a card's images, if so. */
  private static Optional<String> unfit(ModelCard card, Architecture architecture) {
    ImageShape shape = card.preprocessing().shape();
    try {
      architecture.requireFits(new Shape.Grid(shape.channels(), shape.height(), shape.width()));
      return Optional.empty();
    } catch (Architecture.UnfitImage e) {
      return Optional.of(
          Spec.parse(card.architecture()).name()
              + " "
              + e.getMessage()
              + ", but these have "
              + shape.height()
              + " × "
              + shape.width());
    }
  }

  private static Network build(
      ModelCard card,
      Architecture architecture,
      ParameterStore store,
      Device chosen,
      String precision) {
    HeadFactory method = Methods.create(card.method());
    return build(card, method, architecture, store, List.of(), chosen, precision);
  }

  private static Network build(
      ModelCard card,
      HeadFactory method,
      Architecture architecture,
      ParameterStore store,
      List<Long> classCounts,
      Device chosen,
      String precision) {
    Backbone backbone = new Backbone(architecture, store);
    HeadShape shape =
        new HeadShape(architecture.featureCount(), card.classNames().size(), classCounts);
    return new Network(
        store,
        backbone,
        method.build(store, shape),
        method.task(),
        new Preparation(card.preprocessing().shape(), card.preprocessing().normalization(), chosen),
        chosen,
        Precisions.of(precision, chosen));
  }

  /**
   * Builds a copy of a network.
   *
   * @param network the network
   * @param card its model card
   * @param method the card's method
   * @param classCounts training images of each class
   * @return a network of equal values, with tensors of its own
   */
  public static Network copy(
      Network network, ModelCard card, HeadFactory method, List<Long> classCounts) {
    ParameterStore store = ParameterStore.toBeLoaded(network.device());
    Architecture architecture = network.backbone().architecture();
    Network copy = build(card, method, architecture, store, classCounts, network.device(), "fp32");
    store.load(network.store().state(), "the network");
    return copy.with(network.precisions());
  }

  /**
   * Opens a trained network for inference. Needs only its card, a device and a precision.
   *
   * @param file its weights or a checkpoint
   * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
   * @param precision {@code auto}, {@code fp32} or {@code bf16}
   * @return the network, whose tensors the caller must close
   * @throws WorkFailed if this machine has no such device, or the file is damaged or holds other
   *     tensors than its card's network has
   */
  public static Network open(ModelFile file, String device, String precision) {
    return settled(loaded(file, device, precision), file.card().architecture(), precision);
  }

  private static Network settled(Network network, String architecture, String precision) {
    return precision.equals("auto")
        ? PrecisionTrial.settled(network, architecture, Optional.empty())
        : network;
  }

  private static Network loaded(ModelFile file, String device, String precision) {
    Device chosen = Devices.of(device);
    String origin = file.file().toString();
    Architecture architecture = layers(file.card());
    unfit(file.card(), architecture)
        .ifPresent(
            reason -> {
              throw new WorkFailed(
                  origin + " has a damaged model card (" + reason + "): use an intact copy.");
            });
    // A damaged or hostile card may name a network that is too large for any machine.
    Map<String, List<Long>> shapes = Checkpoint.weights(shapes(file.file()));
    ParameterStore store = ParameterStore.toBeLoaded(shapes, origin, chosen);
    Network network = build(file.card(), architecture, store, chosen, precision);
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      store.load(Checkpoint.weights(SafeTensors.read(file.file()).tensors()), origin);
    }
    return network;
  }

  private static Map<String, List<Long>> shapes(Path file) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    SafeTensors.list(file).forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
    return shapes;
  }

  /**
   * Opens a trained network to classify: as {@link #open}, but on a processor, batch normalizations
   * are folded into convolutions and weights converted to the precision for good. Its outputs
   * differ in the last bits.
   *
   * @param file its weights or a checkpoint
   * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
   * @param precision {@code auto}, {@code fp32} or {@code bf16}
   * @return the network, whose tensors the caller must close
   * @throws WorkFailed if this machine has no such device, or the file is damaged
   */
  public static Network openFolded(ModelFile file, String device, String precision) {
    Network network = loaded(file, device, precision);
    if (!network.device().is_cpu()) {
      return network;
    }
    Folding folding = new Folding(network.backbone().architecture());
    ParameterStore store = ParameterStore.toBeLoaded(network.device());
    Network folded = build(file.card(), folding.architecture(), store, network.device(), precision);
    Map<String, Tensor> state = network.store().state();
    try (Scope scope = new Scope()) {
      store.load(folding.tensors(state), file.file().toString());
      Network settled = settled(folded, file.card().architecture() + " folded", precision);
      if (settled.precisions().inference() == Precision.BF16) {
        settled.backbone().narrow();
      }
      return settled;
    } finally {
      state.values().forEach(Tensor::close);
    }
  }
}
