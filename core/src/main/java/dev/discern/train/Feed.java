package dev.discern.train;

import dev.discern.config.Internal;
import dev.discern.data.Batch;
import dev.discern.data.BatchLoader;
import dev.discern.head.Features;
import dev.discern.torch.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a set, and where the features of their images come from: the network's backbone
 * computes them, or a table holds what a frozen backbone computed.
 */
@Internal
public final class Feed {
  private final BatchLoader batches;
  private final @Nullable Tensor table;

  private Feed(BatchLoader batches, @Nullable Tensor table) {
    this.batches = batches;
    this.table = table;
  }

  /**
   * Images for the whole network.
   *
   * @param batches of the set
   * @return the feed
   */
  public static Feed ofImages(BatchLoader batches) {
    return new Feed(batches, null);
  }

  /**
   * Features for the head alone.
   *
   * @param batches of the set, whose images are then not decoded
   * @param table {@code [N, F]}, float32, on the network's device: one row per image of the set
   * @return the feed
   */
  public static Feed ofFeatures(BatchLoader batches, Tensor table) {
    return new Feed(batches.withoutImages(), table);
  }

  /**
   * The batches.
   *
   * @return their loader
   */
  public BatchLoader batches() {
    return batches;
  }

  /**
   * The features of a batch, if a table holds them.
   *
   * @param batch one of this feed's
   * @return {@code [N, F]}; empty if the backbone has to compute them
   */
  Optional<Features> known(Batch batch) {
    Tensor rows = table;
    return rows == null
        ? Optional.empty()
        : Optional.of(
            new Features(
                rows.index_select(
                    0, Tensors.ofClasses(batch.indices()).to(rows.device(), ScalarType.Long))));
  }
}
