package dev.discern.backbone;

import dev.discern.layer.Tokens;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.InterpolateMode;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.LongVectorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kBicubic;

/** Position embeddings for maps of any size. */
public final class Positions {
  private Positions() {}

  /**
   * Resamples the embeddings of a map's positions, bicubic with antialiasing, as timm does.
   *
   * @param embeddings {@code [1, 1 + side², width]}, the class token's first
   * @param layer side and width
   * @param height of the map
   * @param width of the map
   * @return {@code [1, 1 + height·width, width]}
   */
  public static Tensor of(Tensor embeddings, Tokens layer, long height, long width) {
    int side = layer.side();
    if (height == side && width == side) {
      return embeddings;
    }
    Tensor map =
        embeddings
            .narrow(1, 1, (long) side * side)
            .reshape(1, side, side, layer.width())
            .permute(0, 3, 1, 2);
    InterpolateFuncOptions options = new InterpolateFuncOptions();
    options.size().put(new LongVectorOptional(new LongVector(height, width)));
    options.mode().put(new InterpolateMode(new kBicubic()));
    // The default, but the engine writes a warning to standard error where it is left out.
    options.align_corners().put(false);
    options.antialias().put(true);
    Tensor resampled = torch.interpolate(map, options).flatten(2, 3).transpose(1, 2);
    return torch.cat(new TensorVector(embeddings.narrow(1, 0, 1), resampled), 1);
  }
}
