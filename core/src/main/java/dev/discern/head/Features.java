package dev.discern.head;

import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The output of a backbone for a batch.
 *
 * @param map {@code [N, F, h, w]}, in the precision of the backbone
 * @param pooled {@code [N, F]}, float32: the map's mean over h and w
 */
public record Features(Tensor map, Tensor pooled) {
  /**
   * Pools a feature map.
   *
   * @param map {@code [N, F, h, w]}
   * @return the map and its global average, accumulated in float32
   */
  public static Features of(Tensor map) {
    Tensor pooled = map.mean(new long[] {2, 3}, false, new ScalarTypeOptional(ScalarType.Float));
    return new Features(map, pooled);
  }
}
