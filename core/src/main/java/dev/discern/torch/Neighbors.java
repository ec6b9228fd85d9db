package dev.discern.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the trainings of one user on one machine, so that they share its cores. Each process has a
 * file in a common folder and keeps it locked; the system drops the lock when the process ends,
 * however it ends, and the next process that checks deletes the file. If the folder cannot be used,
 * a process does not see the others.
 */
final class Neighbors implements AutoCloseable {
  private static final String SUFFIX = ".cores";

  private final Path file;
  private final FileChannel channel;
  private final long id;
  private final SortedSet<Integer> cpus;

  private Neighbors(Path file, FileChannel channel, long id, SortedSet<Integer> cpus) {
    this.file = file;
    this.channel = channel;
    this.id = id;
    this.cpus = cpus;
  }

  /**
   * Another training.
   *
   * @param id its process
   * @param threads the threads it has chosen; 0 while it is starting
   */
  record Neighbor(long id, int threads) {}

  /**
   * The folder of this user.
   *
   * @return below the system's temporary folder; may not exist
   */
  static Path folder() {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "discern-" + user, "cores");
  }

  /**
   * Registers this process.
   *
   * @param folder the common folder; created if necessary
   * @param id this process
   * @param cpus the processors it may use; empty if unknown
   * @return the registration, or null if the folder cannot be used
   */
  static @Nullable Neighbors join(Path folder, long id, SortedSet<Integer> cpus) {
    String name = id + "-" + UUID.randomUUID();
    try {
      create(folder);
      return join(folder.resolve(name), folder.resolve(name + SUFFIX), id, cpus);
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  private static void create(Path folder) throws IOException {
    Path user = folder.resolveSibling("");
    if (!Files.exists(user, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(
          user, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder);
    }
  }

  // Others read only names with the suffix: a file gets its name once it is locked, or others might
  // take it for that of a dead process.
  private static @Nullable Neighbors join(Path hidden, Path file, long id, SortedSet<Integer> cpus)
      throws IOException {
    FileChannel channel =
        FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Neighbors joined = new Neighbors(file, channel, id, cpus);
    try {
      if (isOurs(file.resolveSibling(""), hidden) && channel.tryLock() != null) {
        joined.write(0);
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
        return joined;
      }
    } catch (IOException e) {
      // Without a lock or a name, the others do not see this process, which works nevertheless.
    }
    channel.close();
    Files.deleteIfExists(hidden);
    return null;
  }

  // Everybody may write to the temporary folder and may have created a folder of this name first.
  private static boolean isOurs(Path folder, Path mine) throws IOException {
    UserPrincipal me = Files.getOwner(mine);
    return me.equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))
        && me.equals(Files.getOwner(folder.resolveSibling(""), LinkOption.NOFOLLOW_LINKS));
  }

  /** Reports to the others how many threads this process has chosen. */
  void hold(int threads) {
    try {
      write(threads);
    } catch (IOException e) {
      // The others keep seeing a process that is starting.
      return;
    }
  }

  private void write(int threads) throws IOException {
    String list = String.join(",", cpus.stream().map(String::valueOf).toList());
    String text =
        String.format(Locale.ROOT, "threads=%06d%nprocess=%d%ncpus=%s%n", threads, id, list);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  /**
   * The other live trainings that share a processor with this one.
   *
   * @return in no order
   */
  List<Neighbor> others() {
    List<Neighbor> others = new ArrayList<>();
    Path folder = file.resolveSibling("");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path other : files) {
        if (!other.equals(file) && isAlive(other)) {
          Map<String, String> facts = facts(other);
          if (overlaps(ProcFiles.numbers(facts.getOrDefault("cpus", "")))) {
            others.add(new Neighbor(number(facts, "process"), (int) number(facts, "threads")));
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    return others;
  }

  private boolean overlaps(SortedSet<Integer> theirs) {
    return cpus.isEmpty() || theirs.isEmpty() || !Collections.disjoint(cpus, theirs);
  }

  private static Map<String, String> facts(Path file) {
    Map<String, String> facts = new HashMap<>();
    for (String line : ProcFiles.lines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        facts.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return facts;
  }

  private static long number(Map<String, String> facts, String name) {
    String text = facts.getOrDefault(name, "");
    return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
  }

  // A file that can be locked belongs to a process that has ended.
  private static boolean isAlive(Path other) {
    try (FileChannel channel = FileChannel.open(other, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        return true;
      }
      Files.deleteIfExists(other);
      return false;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Unregisters this process, which frees its cores for the others. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      // The next process that checks deletes it.
      return;
    }
  }
}
