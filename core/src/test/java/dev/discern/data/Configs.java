package dev.discern.data;

import dev.discern.config.ConfigTree;
import dev.discern.config.DataConfig;
import java.util.Map;

/** Configurations of data for tests. */
final class Configs {
  private Configs() {}

  static DataConfig of(String source) {
    return of(source, Map.of());
  }

  /** What a source is used with by default, but for some values, by key. */
  static DataConfig of(String source, Map<String, Object> changed) {
    return ConfigTree.defaults()
        .with("data.source", source)
        .with(Datasets.settings(source))
        .with(changed)
        .toConfig("test")
        .data();
  }

  /** Parts of 20 % and tiny images. */
  static DataConfig tiny(String source, Object... changed) {
    Map<String, Object> all =
        new java.util.HashMap<>(
            Map.of(
                "data.imageSize",
                8,
                "data.validation",
                0.2,
                "data.test",
                0.2,
                "data.augment",
                java.util.List.of("crop(padding=1)", "flip")));
    for (int i = 0; i < changed.length; i += 2) {
      all.put("data." + changed[i], changed[i + 1]);
    }
    return of(source, all);
  }
}
