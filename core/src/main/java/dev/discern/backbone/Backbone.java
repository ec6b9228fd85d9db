package dev.discern.backbone;

import dev.discern.layer.Architecture;
import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The part of a network that maps images to features, which the head classifies. */
public final class Backbone {
  private final Architecture architecture;
  private final Weights weights;

  /**
   * Builds a backbone.
   *
   * @param architecture its layers
   * @param store receives its tensors
   */
  public Backbone(Architecture architecture, ParameterStore store) {
    this.architecture = architecture;
    weights = new Weights(architecture, store);
  }

  /**
   * The layers.
   *
   * @return the architecture that the backbone was built from
   */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * Converts the weights of convolutions and linear layers to bfloat16 for good. Passes in bf16
   * then compute the same without converting them each time; no other passes, and no training, are
   * possible afterwards.
   */
  public void narrow() {
    weights.narrow(architecture);
  }

  /**
   * Maps images to pooled features.
   *
   * @param images {@code [N, C, H, W]}, float32, normalized
   * @param pass what for
   * @return {@code [N, F]}, float32, or float64 if the weights are
   */
  public Tensor forward(Tensor images, Pass pass) {
    return pool(map(images, pass), pass);
  }

  /**
   * Maps images to what is pooled.
   *
   * @param images {@code [N, C, H, W]}, float32, normalized
   * @param pass what for
   * @return the last map of features, {@code [N, C, H, W]}, or the last tokens, {@code [N, T, C]}
   */
  public Tensor map(Tensor images, Pass pass) {
    return architecture.trunk().on(new Forward(weights, pass), Flow.kept(images)).tensor();
  }

  /**
   * Pools features. It changes no map, so that a map can be a leaf of a backward pass.
   *
   * @param map what {@link #map} returned
   * @param pass what for
   * @return {@code [N, F]}, float32, or float64 if the weights are
   */
  public Tensor pool(Tensor map, Pass pass) {
    Flow pooled = architecture.neck().on(new Forward(weights, pass), Flow.kept(map));
    Tensor values = pooled.tensor().flatten(1, -1);
    return values.to(wide(values));
  }

  /** float32, or float64 if that is what a tensor holds. */
  static ScalarType wide(Tensor tensor) {
    return tensor.scalar_type().intern() == ScalarType.Double
        ? ScalarType.Double
        : ScalarType.Float;
  }
}
