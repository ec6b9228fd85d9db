package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {
  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void system(long kilobytes) throws IOException {
    write("proc/meminfo", "MemTotal: 99999999 kB\nMemAvailable:   " + kilobytes + " kB\n");
  }

  @Test
  void isWhatTheSystemHasLeft() throws IOException {
    system(2000);

    assertThat(AvailableMemory.bytes(root)).hasValue(2000 * 1024);
  }

  @Test
  void isUnknownWhereTheSystemDoesNotSay() {
    assertThat(AvailableMemory.bytes(root)).isEmpty();
  }

  @Test
  void staysWithinAContainerOfVersion2() throws IOException {
    system(2000);
    write("proc/self/cgroup", "0::/\n");
    write("proc/self/mountinfo", "32 31 0:29 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    write("sys/fs/cgroup/memory.max", "1000000\n");
    write("sys/fs/cgroup/memory.current", "400000\n");
    assertThat(AvailableMemory.bytes(root)).hasValue(600_000);

    write("sys/fs/cgroup/memory.max", "max\n");
    assertThat(AvailableMemory.bytes(root)).hasValue(2000 * 1024);
  }

  @Test
  void staysWithinAContainerOfVersion1() throws IOException {
    system(2000);
    write("proc/self/cgroup", "4:memory:/\n");
    write(
        "proc/self/mountinfo", "36 31 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "500000\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "600000\n");

    assertThat(AvailableMemory.bytes(root)).hasValue(0);
  }

  @Test
  void findsSomeHere() {
    assertThat(AvailableMemory.bytes().orElse(1)).isPositive();
  }
}
