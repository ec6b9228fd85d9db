package dev.discern.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files that were skipped while looking for images, by kind. */
final class Skipped {
  private static final String OTHERS = "";

  // By the name of an unsupported kind of image; files that are not images are under OTHERS.
  private final Map<String, Tally> tallies = new TreeMap<>();
  private final Map<String, Tally> links = new LinkedHashMap<>();

  private static final class Tally {
    private final List<String> files = new ArrayList<>();

    void add(String shown) {
      files.add(shown);
    }

    int count() {
      return files.size();
    }

    String example() {
      return files.get(0);
    }
  }

  /** Counts a file that is not read as an image. */
  void file(String shown) {
    String kind = ImageFiles.unreadKind(shown).orElse(OTHERS);
    tallies.computeIfAbsent(kind, k -> new Tally()).add(shown);
  }

  /** Counts a link that leads nowhere, or what is neither file nor folder. */
  void broken(String shown) {
    links.computeIfAbsent(OTHERS, k -> new Tally()).add(shown);
  }

  /** Adds the counts of another instance. */
  void addAll(Skipped other) {
    other.tallies.forEach((kind, tally) -> merge(tallies, kind, tally));
    other.links.forEach((kind, tally) -> merge(links, kind, tally));
  }

  private static void merge(Map<String, Tally> into, String kind, Tally tally) {
    into.computeIfAbsent(kind, k -> new Tally()).files.addAll(tally.files);
  }

  int count() {
    return tallies.values().stream().mapToInt(Tally::count).sum()
        + links.values().stream().mapToInt(Tally::count).sum();
  }

  /** An unsupported kind of image among the files, if there is one. */
  Optional<String> unreadKind() {
    return tallies.keySet().stream().filter(kind -> !kind.equals(OTHERS)).findFirst();
  }

  /**
   * Why each file was skipped.
   *
   * @return a reason for each path, as the path was shown
   */
  SortedMap<String, String> reasons() {
    SortedMap<String, String> reasons = new TreeMap<>();
    tallies.forEach(
        (kind, tally) ->
            tally.files.forEach(
                file ->
                    reasons.put(
                        file,
                        kind.equals(OTHERS)
                            ? "not an image"
                            : kind + ", which is not read: convert it to JPEG or PNG")));
    links
        .values()
        .forEach(
            tally -> tally.files.forEach(file -> reasons.put(file, "broken link or special file")));
    return reasons;
  }

  /** One sentence for each kind. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    tallies.forEach((kind, tally) -> notes.add(note(kind, tally)));
    links.values().forEach(tally -> notes.add(linkNote(tally)));
    return notes;
  }

  private static String note(String kind, Tally tally) {
    boolean one = tally.count() == 1;
    if (kind.equals(OTHERS)) {
      return (one
              ? "1 file that is not an image was"
              : tally.count() + " files that are not images were")
          + " left out, such as "
          + tally.example()
          + ".";
    }
    return tally.count()
        + " "
        + kind
        + (one ? " file was" : " files were")
        + " left out, such as "
        + tally.example()
        + ": "
        + kind
        + " is not read, so convert "
        + (one ? "it" : "them")
        + " to JPEG or PNG.";
  }

  private static String linkNote(Tally tally) {
    return (tally.count() == 1
            ? "1 broken link or special file was"
            : tally.count() + " broken links or special files were")
        + " left out, such as "
        + tally.example()
        + ".";
  }
}
