package dev.discern.train;

import dev.discern.backbone.Backbone;
import dev.discern.backbone.Pass;
import dev.discern.config.Internal;
import dev.discern.config.Task;
import dev.discern.head.Features;
import dev.discern.head.Head;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Precision;
import dev.discern.torch.Precisions;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A backbone with its head, device and precision.
 *
 * @param store their tensors
 * @param backbone images to features
 * @param head features to logits and loss
 * @param task how many labels an image has: what the logits mean
 * @param preparation converts bytes to the backbone's input
 * @param device where the tensors live
 * @param precisions of the backbone's passes; the head runs in float32
 */
@Internal
public record Network(
    ParameterStore store,
    Backbone backbone,
    Head head,
    Task task,
    Preparation preparation,
    Device device,
    Precisions precisions)
    implements AutoCloseable {
  /**
   * Converts logits to log-probabilities.
   *
   * @param logits {@code [N, K]}
   * @return {@code [N, K]}: {@code ln p_k}, of a distribution over the classes or, if images have
   *     several labels, of each label independently
   */
  public Tensor logProbabilities(Tensor logits) {
    return task == Task.ONE_LABEL ? torch.log_softmax(logits, 1) : torch.log_sigmoid(logits);
  }

  /**
   * Runs the backbone.
   *
   * @param images {@code [N, C, H, W]}, float32, normalized, on the device
   * @param pass what for
   * @return the features
   */
  public Features features(Tensor images, Pass pass) {
    Precision precision = pass.trains() ? precisions.training() : precisions.inference();
    return new Features(precision.run(device.type(), () -> backbone.forward(images, pass)));
  }

  /**
   * The same network with other precisions.
   *
   * @param others the precisions
   * @return a network that shares everything else
   */
  public Network with(Precisions others) {
    return new Network(store, backbone, head, task, preparation, device, others);
  }

  /** Frees the parameters and buffers, which networks that share this store share. */
  @Override
  public void close() {
    store.state().values().forEach(Tensor::close);
  }
}
