package dev.discern.check;

import dev.discern.check.Finding.Member;
import dev.discern.config.Internal;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.GivenParts;
import dev.discern.data.GivenParts.Given;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.feature.FeatureTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** What follows from images that were decoded once and their features. */
@Internal
public final class Analysis {
  /** Components of the features; more change no finding that we saw (docs/check.md). */
  private static final int COMPONENTS = 256;

  private final GivenParts given;
  private final List<MeasuredImages> sets;
  private final Pool pool;

  private Analysis(String source, GivenParts given, List<MeasuredImages> sets) {
    this.given = given;
    this.sets = sets;
    pool = new Pool(given.parts(), sets);
    if (pool.size() == 0) {
      throw new WorkFailed(
          "None of the images of "
              + source
              + " can be read: "
              + sets.get(0).unreadable(0).orElse(""));
    }
  }

  /**
   * Checks images whose features are known. Each image is decoded once.
   *
   * @param given the images
   * @param features one table per part, with a row per image; all images must be readable
   * @param workers threads that decode images
   * @param listener receives the progress
   * @param stop checked often; true ends the check
   * @return what was found
   * @throws CancellationException if it was stopped
   */
  public static CheckedData of(
      GivenParts given,
      List<FeatureTable> features,
      int workers,
      LoadListener listener,
      BooleanSupplier stop) {
    List<MeasuredImages> sets = MeasuredImages.of(given);
    sets.forEach(set -> set.measureOthers(Sketch.SIDE, 1, workers, listener));
    return of("images", given, sets, new EmbeddedFeatures(features, List.of()), listener, stop);
  }

  /** Checks images that were measured while their features were computed. */
  static CheckedData of(
      String source,
      GivenParts given,
      List<MeasuredImages> sets,
      EmbeddedFeatures features,
      LoadListener listener,
      BooleanSupplier stop) {
    return new Analysis(source, given, sets).of(source, features, listener, stop);
  }

  private CheckedData of(
      String source, EmbeddedFeatures features, LoadListener listener, BooleanSupplier stop) {
    List<Finding> findings = new ArrayList<>(unreadable());
    given.odd().forEach((file, reason) -> findings.add(odd(file, reason)));
    FeatureTable reduced = PrincipalComponents.of(features.tables(), COMPONENTS);
    NearestImages nearest = NearestImages.of(reduced, Unlike.NEIGHBORS, listener, stop);
    Duplicates duplicates =
        Duplicates.in(
            pool, nearest.pairs(Duplicates.NEAREST, Duplicates.LEAST_COSINE), listener, stop);
    findings.addAll(duplicates.findings());
    findings.addAll(Classes.small(pool));
    findings.addAll(Unlike.in(pool, nearest));
    findings.addAll(Unusual.in(pool));
    Optional<LabelCheck> labels =
        given.task() == Task.MANY_LABELS
            ? Optional.empty()
            : Optional.of(LabelCheck.of(pool, reduced, duplicates.groups(), listener, stop));
    labels.ifPresent(check -> findings.addAll(check.findings()));
    return new CheckedData(
        source,
        given.task(),
        sizes(),
        Classes.rows(pool, labels.map(LabelCheck::recalls), findings),
        sorted(findings),
        labels.map(LabelCheck::scores),
        notes(features),
        pool);
  }

  private List<String> notes(EmbeddedFeatures features) {
    List<String> notes = new ArrayList<>(given.notes());
    notes.addAll(features.notes());
    if (given.task() == Task.MANY_LABELS) {
      notes.add(
          "Images have several labels each, so labels and overlaps of classes were not checked.");
    }
    return notes;
  }

  private List<Finding> unreadable() {
    List<Finding> findings = new ArrayList<>();
    for (int p = 0; p < sets.size(); p++) {
      Given part = given.parts().get(p);
      ImageSet images = part.images();
      for (int i = 0; i < images.size(); i++) {
        int image = i;
        sets.get(p)
            .unreadable(i)
            .ifPresent(reason -> findings.add(unreadable(part.name(), images, image, reason)));
      }
    }
    return findings;
  }

  private static Finding unreadable(String part, ImageSet images, int i, String reason) {
    List<String> labels =
        Arrays.stream(images.labels(i)).mapToObj(images.classNames()::get).toList();
    Member member = new Member(Member.NO_IMAGE, images.describe(i), part, labels, "");
    return new Finding(Kind.UNREADABLE, reason, 1, List.of(member));
  }

  private static Finding odd(String file, String reason) {
    Member member = new Member(Member.NO_IMAGE, file, "", List.of(), "");
    return new Finding(Kind.ODD, reason, 0, List.of(member));
  }

  private Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    given.parts().forEach(part -> sizes.put(part.name(), part.images().size()));
    return sizes;
  }

  private static List<Finding> sorted(List<Finding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparing(Finding::kind)
                .thenComparing(Comparator.comparingDouble(Finding::score).reversed()))
        .toList();
  }
}
