package discern.data;

import discern.config.DataConfig;
import discern.config.WorkFailed;
import discern.torch.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded draws that give every class its share. */
final class Stratified {
  private Stratified() {}

  /** Splits one set into three, every class into at least one image each. */
  static Split three(ImageSet all, DataConfig config) {
    List<int[]> testAndRest = draw(all, config.test(), config.splitSeed(), 3);
    ImageSet test = new Subset(all, testAndRest.get(0));
    ImageSet rest = new Subset(all, testAndRest.get(1));
    return two(rest, test, config, config.validation() / (1 - config.test()));
  }

  /** Takes the validation images from the training images; the test images are given. */
  static Split two(ImageSet train, ImageSet test, DataConfig config) {
    return two(train, test, config, config.validation());
  }

  private static Split two(ImageSet train, ImageSet test, DataConfig config, double share) {
    List<int[]> parts = draw(train, share, config.splitSeed() + 1, 2);
    ImageSet validation = new Subset(train, parts.get(0));
    return new Split(limited(new Subset(train, parts.get(1)), config), validation, test);
  }

  /** At most {@code limitTrain} training images, the classes in their proportions. */
  static ImageSet limited(ImageSet train, DataConfig config) {
    int limit = config.limitTrain();
    if (limit == 0 || limit >= train.size()) {
      return train;
    }
    record Place(double share, int index) {}
    List<Place> places = new ArrayList<>();
    for (int[] members : shuffledClasses(train, config.splitSeed() + 2)) {
      for (int i = 0; i < members.length; i++) {
        places.add(new Place((i + 0.5) / members.length, members[i]));
      }
    }
    places.sort(Comparator.comparingDouble(Place::share).thenComparingInt(Place::index));
    int[] chosen = places.stream().limit(limit).mapToInt(Place::index).sorted().toArray();
    return new Subset(train, chosen);
  }

  // Of each class the given share (at least one image, and one is left), and the rest.
  private static List<int[]> draw(ImageSet set, double share, long seed, int needed) {
    List<Integer> drawn = new ArrayList<>();
    List<Integer> rest = new ArrayList<>();
    List<int[]> classes = shuffledClasses(set, seed);
    for (int c = 0; c < classes.size(); c++) {
      int[] members = classes.get(c);
      if (members.length < needed) {
        throw new WorkFailed(
            "Class '"
                + set.classNames().get(c)
                + "' has "
                + members.length
                + " images, but splitting needs "
                + needed
                + ": add images to it, or leave the class out.");
      }
      int most = members.length - (needed - 1);
      int count = (int) Math.max(1, Math.min(most, Math.round(share * members.length)));
      for (int i = 0; i < members.length; i++) {
        (i < count ? drawn : rest).add(members[i]);
      }
    }
    return List.of(sorted(drawn), sorted(rest));
  }

  private static int[] sorted(List<Integer> indices) {
    return indices.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private static List<int[]> shuffledClasses(ImageSet set, long seed) {
    List<List<Integer>> members = new ArrayList<>();
    set.classNames().forEach(name -> members.add(new ArrayList<>()));
    for (int i = 0; i < set.size(); i++) {
      members.get(set.label(i)).add(i);
    }
    List<int[]> shuffled = new ArrayList<>();
    for (int c = 0; c < members.size(); c++) {
      int[] indices = members.get(c).stream().mapToInt(Integer::intValue).toArray();
      shuffle(indices, Seeds.random(seed, c));
      shuffled.add(indices);
    }
    return shuffled;
  }

  /** Fisher and Yates. */
  static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = values[i];
      values[i] = values[j];
      values[j] = moved;
    }
  }

  static int[] range(int size) {
    int[] values = new int[size];
    Arrays.setAll(values, i -> i);
    return values;
  }
}
