package dev.discern.check;

import java.util.List;

/**
 * Something that a check found.
 *
 * @param kind what it is
 * @param text what was found, a phrase
 * @param score the higher, the more striking; comparable within a kind
 * @param members the files that it is about; at least one
 */
public record Finding(Kind kind, String text, double score, List<Member> members) {
  /** Keeps an unmodifiable copy. */
  public Finding {
    members = List.copyOf(members);
  }

  /**
   * A file.
   *
   * @param image its place in the {@link Pool}, or {@link #NO_IMAGE}
   * @param file its name in the data set
   * @param part {@code train}, {@code validation}, {@code test} or {@code all}; empty for a file
   *     that is not an image
   * @param labels the names of its classes
   * @param note what is special about it; may be empty
   */
  public record Member(int image, String file, String part, List<String> labels, String note) {
    /** The place of a file that is not an image, or not a readable one. */
    public static final int NO_IMAGE = -1;

    /** Keeps an unmodifiable copy. */
    public Member {
      labels = List.copyOf(labels);
    }
  }
}
