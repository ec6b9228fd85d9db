package dev.discern.check;

import dev.discern.card.EmbeddedModels;
import dev.discern.card.ModelFile;
import dev.discern.data.LoadListener;
import dev.discern.feature.Extractor;
import dev.discern.feature.FeatureCache;
import dev.discern.feature.FeatureTable;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Tensor;

/**
 * The features of the embedded network, which sees small images enlarged.
 *
 * @param tables one per part, with a row per readable image
 * @param notes sentences for the user
 */
record EmbeddedFeatures(List<FeatureTable> tables, List<String> notes) {
  /** Decodes all images and computes or reads their features; the sets measure them meanwhile. */
  static EmbeddedFeatures of(
      List<MeasuredImages> sets, int workers, LoadListener listener, BooleanSupplier stop) {
    ModelFile file = ModelFile.find(embedded(), ModelFile.BEST);
    Network network = Networks.openFolded(file, "auto", "fp32");
    Extractor extractor = new Extractor(network, file.card(), workers);
    List<FeatureTable> tables = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    int side = file.card().preprocessing().view().atLeast();
    for (MeasuredImages set : sets) {
      FeatureCache.Found found =
          FeatureCache.standard().of(set, extractor, set::isReadable, listener, stop);
      set.measureOthers(side, file.card().preprocessing().shape().channels(), workers, listener);
      notes.addAll(found.notes());
      tables.add(readable(found.table(), set));
    }
    network.store().state().values().forEach(Tensor::close);
    return new EmbeddedFeatures(tables, List.copyOf(notes));
  }

  private static Path embedded() {
    String name = EmbeddedModels.names().get(0);
    return EmbeddedModels.find(name).orElseThrow();
  }

  private static FeatureTable readable(FeatureTable table, MeasuredImages set) {
    int width = table.width();
    int kept = 0;
    float[] values = table.values();
    // In place: rows only move forward.
    for (int i = 0; i < set.size(); i++) {
      if (set.isReadable(i)) {
        System.arraycopy(values, i * width, values, kept++ * width, width);
      }
    }
    return kept == set.size()
        ? table
        : new FeatureTable(Arrays.copyOf(values, kept * width), width);
  }
}
