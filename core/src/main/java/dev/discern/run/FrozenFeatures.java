package dev.discern.run;

import dev.discern.card.ModelCard;
import dev.discern.config.RunConfig;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.data.Split;
import dev.discern.feature.Extractor;
import dev.discern.feature.FeatureCache;
import dev.discern.torch.Scope;
import dev.discern.train.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a backbone that does not change makes of images, computed once instead of in every epoch.
 *
 * @param tables {@code [N, F]}, float32, on the network's device, by set
 * @param computed images whose features were not kept from before
 * @param notes sentences for the user
 */
record FrozenFeatures(Map<ImageSet, Tensor> tables, int computed, List<String> notes)
    implements AutoCloseable {
  /**
   * Whether a run needs features alone: its backbone is frozen, and training shows images as they
   * are. Mirror images would need features of their own.
   */
  static boolean suffice(RunConfig config, Images images) {
    return config.model().freeze().equals(Freezing.BACKBONE)
        && images.training().equals(images.evaluation())
        && config.train().mix().isEmpty()
        && !config.data().testFlip();
  }

  /** The parts whose features a run needs: none, if it shows its network images from the start. */
  static List<ImageSet> needed(RunConfig config, Images images) {
    Split split = images.split();
    if (suffice(config, images)) {
      return List.of(split.train(), split.validation(), split.test());
    }
    return config.train().headEpochs() > 0 ? List.of(split.train(), split.validation()) : List.of();
  }

  /**
   * Reads or computes the features of sets.
   *
   * @param sets parts of the data
   * @param stop true ends the computation
   * @throws java.util.concurrent.CancellationException if it was stopped
   */
  static FrozenFeatures of(
      List<ImageSet> sets,
      Network network,
      ModelCard card,
      int workers,
      LoadListener listener,
      BooleanSupplier stop) {
    Extractor extractor = new Extractor(network, card, workers);
    FeatureCache cache = FeatureCache.standard();
    Map<ImageSet, Tensor> tables = new HashMap<>();
    Set<String> notes = new LinkedHashSet<>();
    int computed = 0;
    for (ImageSet set : sets) {
      FeatureCache.Found found = cache.of(set, extractor, listener, stop);
      computed += found.computed();
      notes.addAll(found.notes());
      try (Scope scope = new Scope()) {
        tables.put(set, scope.keep(found.table().tensor().to(network.device(), ScalarType.Float)));
      }
    }
    return new FrozenFeatures(tables, computed, new ArrayList<>(notes));
  }

  /** Frees the tables. */
  @Override
  public void close() {
    tables.values().forEach(Tensor::close);
  }
}
