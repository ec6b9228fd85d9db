package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoresTest {
  private static final String VERSION_2 =
      "31 23 0:28 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw\n";
  private static final String VERSION_1 =
      """
      31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
      32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
      33 31 0:30 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset
      """;

  @TempDir private Path root;

  private Machine machine() throws IOException {
    return new Machine(root).affinity("0-7");
  }

  private int limit() {
    return Cores.of(root, 8).limit();
  }

  @Test
  void takesEveryCoreWithoutAQuota() throws IOException {
    machine();

    assertThat(limit()).isEqualTo(8);
    assertThat(Cores.of(root, 8).quota()).isEmpty();
  }

  @Test
  void roundsAFractionalQuotaDown() throws IOException {
    machine()
        .write("proc/self/mountinfo", VERSION_2)
        .write("proc/self/cgroup", "0::/\n")
        .write("sys/fs/cgroup/cpu.max", "150000 100000\n");

    assertThat(limit()).isEqualTo(1);
  }

  @Test
  void takesOneCoreOfHalfAQuota() throws IOException {
    machine()
        .write("proc/self/mountinfo", VERSION_2)
        .write("proc/self/cgroup", "0::/\n")
        .write("sys/fs/cgroup/cpu.max", "50000 100000\n");

    assertThat(limit()).isEqualTo(1);
  }

  @Test
  void obeysTheTightestOfNestedGroups() throws IOException {
    machine()
        .write("proc/self/mountinfo", VERSION_2)
        .write("proc/self/cgroup", "0::/pods/one\n")
        .write("sys/fs/cgroup/pods/one/cpu.max", "max 100000\n")
        .write("sys/fs/cgroup/pods/cpu.max", "300000 100000\n");

    assertThat(limit()).isEqualTo(3);
  }

  @Test
  void readsTheQuotaOfVersion1() throws IOException {
    machine()
        .write("proc/self/mountinfo", VERSION_1)
        .write("proc/self/cgroup", "3:cpuset:/other\n2:cpu,cpuacct:/jobs/a\n0::/\n")
        .write("sys/fs/cgroup/cpu,cpuacct/jobs/a/cpu.cfs_quota_us", "200000\n")
        .write("sys/fs/cgroup/cpu,cpuacct/jobs/a/cpu.cfs_period_us", "100000\n")
        .write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n")
        .write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");

    assertThat(limit()).isEqualTo(2);
  }

  @Test
  void findsItsGroupWhereAContainerSeesTheHostsPath() throws IOException {
    machine()
        .write(
            "proc/self/mountinfo",
            "32 31 0:29 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu\n")
        .write("proc/self/cgroup", "2:cpu:/docker/abc\n")
        .write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "400000\n")
        .write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");

    assertThat(limit()).isEqualTo(4);
  }

  @Test
  void ignoresAQuotaThatIsNoNumber() throws IOException {
    machine()
        .write("proc/self/mountinfo", VERSION_2)
        .write("proc/self/cgroup", "0::/\n")
        .write("sys/fs/cgroup/cpu.max", "100000 0\n");

    assertThat(limit()).isEqualTo(8);
  }

  @Test
  void countsThePhysicalCoresThatTheAffinityAllows() throws IOException {
    machine().affinity("0-1,4-5");
    for (int cpu = 0; cpu < 8; cpu++) {
      new Machine(root).siblings(cpu, cpu % 4 + "," + (cpu % 4 + 4));
    }

    assertThat(Cores.of(root, 4).cpus()).containsExactly(0, 1, 4, 5);
    assertThat(Cores.of(root, 4).limit()).isEqualTo(2);
  }

  @Test
  void countsWhatTheJvmSeesWhereTheSystemSaysNothing() {
    assertThat(Cores.of(root, 6).limit()).isEqualTo(6);
  }

  @Test
  void findsAtLeastOneCoreHere() {
    assertThat(Cores.of(Path.of("/"), Runtime.getRuntime().availableProcessors()).limit())
        .isPositive();
  }
}
