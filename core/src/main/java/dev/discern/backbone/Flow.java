package dev.discern.backbone;

import org.bytedeco.pytorch.Tensor;

/**
 * A tensor between two layers.
 *
 * @param tensor {@code [N, C, H, W]}, or {@code [N, T, C]} for tokens
 * @param isFree whether a layer may overwrite it: nothing else reads it, and the backward pass does
 *     not need it
 */
record Flow(Tensor tensor, boolean isFree) {
  static Flow free(Tensor tensor) {
    return new Flow(tensor, true);
  }

  static Flow kept(Tensor tensor) {
    return new Flow(tensor, false);
  }
}
