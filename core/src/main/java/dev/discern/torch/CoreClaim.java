package dev.discern.torch;

import dev.discern.torch.Neighbors.Neighbor;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process's claim on the cores of its machine. It begins early, so that trainings that start
 * together know of each other before any of them chooses, and to leave time to see which cores are
 * busy.
 */
final class CoreClaim implements AutoCloseable {
  private final Path root;
  private final Cores cores;
  private final @Nullable Neighbors neighbors;
  private final CpuTimes start;

  /**
   * Registers this process.
   *
   * @param root the root of the file system, where Linux describes itself
   * @param folder where the trainings of a user register
   * @param available the logical processors that the JVM counts
   */
  CoreClaim(Path root, Path folder, int available) {
    this.root = root;
    this.cores = Cores.of(root, available);
    this.neighbors = Neighbors.join(folder, ProcessHandle.current().pid(), cores.cpus());
    this.start = times(others());
  }

  /**
   * Chooses the number of threads, from what has happened since the claim began.
   *
   * @return how many threads to use, at least 1
   */
  int choose() {
    List<Neighbor> others = others();
    return choose(cores, times(others).busySince(start), others);
  }

  /**
   * The cores that are free, shared among those that are about to choose.
   *
   * @param cores what this process may use
   * @param busy cores that processes other than trainings keep busy
   * @param others the other trainings
   * @return at least 1
   */
  static int choose(Cores cores, double busy, List<Neighbor> others) {
    int unused = (int) (cores.physical() - Math.round(busy));
    int held = others.stream().mapToInt(Neighbor::threads).sum();
    int free = Math.min(cores.limit(), unused) - held;
    long starting = others.stream().filter(other -> other.threads() == 0).count();
    return (int) Math.max(1, free / (1 + starting));
  }

  /** Reports to other trainings how many threads this one uses. */
  void hold(int threads) {
    if (neighbors != null) {
      neighbors.hold(threads);
    }
  }

  private List<Neighbor> others() {
    return neighbors == null ? List.of() : neighbors.others();
  }

  private CpuTimes times(List<Neighbor> others) {
    return CpuTimes.of(root, cores.cpus(), others.stream().map(Neighbor::id).toList());
  }

  @Override
  public void close() {
    if (neighbors != null) {
      neighbors.close();
    }
  }
}
