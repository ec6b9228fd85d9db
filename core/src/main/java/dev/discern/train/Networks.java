package dev.discern.train;

import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.config.Internal;
import dev.discern.config.Spec;
import dev.discern.config.WorkFailed;
import dev.discern.head.HeadFactory;
import dev.discern.head.HeadShape;
import dev.discern.head.Methods;
import dev.discern.model.Backbone;
import dev.discern.model.Models;
import dev.discern.torch.Devices;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precision;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;

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
   * @throws WorkFailed if this machine has no such device
   */
  public static Network create(
      ModelCard card, long seed, List<Long> classCounts, String device, String precision) {
    Device chosen = Devices.of(device);
    return build(card, new ParameterStore(seed, chosen), classCounts, chosen, precision);
  }

  private static Network build(
      ModelCard card,
      ParameterStore store,
      List<Long> classCounts,
      Device chosen,
      String precision) {
    Backbone backbone =
        Models.find(card.architecture())
            .factory()
            .build(store, card.preprocessing().shape().channels());
    HeadFactory method = Methods.CATALOGUE.create(Spec.parse(card.method()));
    HeadShape shape = new HeadShape(backbone.featureCount(), card.classNames().size(), classCounts);
    return new Network(
        store,
        backbone,
        method.build(store, shape),
        method.task(),
        new Preparation(card.preprocessing().shape(), card.preprocessing().normalization(), chosen),
        chosen,
        Precision.choose(precision, chosen));
  }

  /**
   * Opens a trained network for inference. Needs only its card, a device and a precision.
   *
   * @param file its weights or a checkpoint
   * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
   * @param precision {@code auto}, {@code fp32} or {@code bf16}
   * @return the network, whose tensors the caller must close
   * @throws WorkFailed if this machine has no such device, or the file is damaged
   */
  public static Network open(ModelFile file, String device, String precision) {
    Device chosen = Devices.of(device);
    ParameterStore store = ParameterStore.toBeLoaded(chosen);
    Network network = build(file.card(), store, List.of(), chosen, precision);
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      network
          .store()
          .load(
              Checkpoint.weights(SafeTensors.read(file.file()).tensors()), file.file().toString());
    }
    return network;
  }
}
