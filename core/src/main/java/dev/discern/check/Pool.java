package dev.discern.check;

import dev.discern.check.Finding.Member;
import dev.discern.check.MeasuredImages.Measured;
import dev.discern.data.GivenParts.Given;
import dev.discern.image.Encoded;
import dev.discern.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The readable images of all parts, numbered from 0 in the order of the parts. */
public final class Pool {
  private final List<Given> parts;
  private final List<MeasuredImages> measured;
  // Of each image: its part, and its place in the part.
  private final int[] partOf;
  private final int[] within;

  /**
   * Gathers the images that could be read.
   *
   * @param parts the parts
   * @param measured their images after all were decoded, in the same order
   */
  Pool(List<Given> parts, List<MeasuredImages> measured) {
    this.parts = List.copyOf(parts);
    this.measured = List.copyOf(measured);
    int[] sizes = measured.stream().mapToInt(set -> readable(set).length).toArray();
    partOf = new int[Arrays.stream(sizes).sum()];
    within = new int[partOf.length];
    int to = 0;
    for (int part = 0; part < sizes.length; part++) {
      int[] images = readable(measured.get(part));
      Arrays.fill(partOf, to, to + images.length, part);
      System.arraycopy(images, 0, within, to, images.length);
      to += images.length;
    }
  }

  private static int[] readable(MeasuredImages set) {
    return IntStream.range(0, set.size()).filter(set::isReadable).toArray();
  }

  /**
   * The number of readable images.
   *
   * @return 0 or more
   */
  public int size() {
    return partOf.length;
  }

  /**
   * The classes.
   *
   * @return their names
   */
  public List<String> classNames() {
    return parts.get(0).images().classNames();
  }

  /**
   * The part of an image.
   *
   * @param i its place
   * @return {@code train}, {@code validation}, {@code test} or {@code all}
   */
  public String part(int i) {
    return parts.get(partOf[i]).name();
  }

  Measured measured(int i) {
    return measured.get(partOf[i]).measured(within[i]);
  }

  Sketch sketch(int i) {
    return measured(i).sketch();
  }

  /**
   * An image.
   *
   * @param i its place, as findings give it
   * @return the image, not decoded yet
   */
  public Encoded image(int i) {
    return parts.get(partOf[i]).images().image(within[i]);
  }

  /** The labels of an image, increasing. */
  int[] labels(int i) {
    return parts.get(partOf[i]).images().labels(within[i]);
  }

  /** The class of each image, where each has one. */
  int[] labels() {
    return IntStream.range(0, size())
        .map(i -> parts.get(partOf[i]).images().label(within[i]))
        .toArray();
  }

  /**
   * The name of an image.
   *
   * @param i its place
   * @return its path below the data set
   */
  public String file(int i) {
    return parts.get(partOf[i]).images().describe(within[i]);
  }

  /** An image as a member of a finding. */
  Member member(int i, String note) {
    List<String> names = Arrays.stream(labels(i)).mapToObj(classNames()::get).toList();
    return new Member(i, file(i), part(i), names, note);
  }

  /** Whether two images are the same file, byte for byte, or have the same pixels in memory. */
  boolean areCopies(int i, int j) {
    Optional<ImageFile> first = asFile(i);
    Optional<ImageFile> second = asFile(j);
    if (first.isEmpty() || second.isEmpty()) {
      return Arrays.equals(identity(i), identity(j));
    }
    try {
      return Files.mismatch(first.get().path(), second.get().path()) == -1;
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<ImageFile> asFile(int i) {
    return image(i) instanceof ImageFile file ? Optional.of(file) : Optional.empty();
  }

  private byte[] identity(int i) {
    return parts.get(partOf[i]).images().identity(within[i]);
  }
}
