package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discern.torch.Neighbors.Neighbor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class NeighborsTest {
  private static final SortedSet<Integer> BOTH = new TreeSet<>(List.of(0, 1));

  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("discern-someone").resolve("cores");
  }

  private Neighbors join(long id, Integer... cpus) {
    return Objects.requireNonNull(Neighbors.join(folder(), id, new TreeSet<>(List.of(cpus))));
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.count();
    }
  }

  @Test
  void aloneThereAreNoOthers() {
    try (Neighbors alone = join(1, 0, 1)) {
      assertThat(alone.others()).isEmpty();
    }
  }

  @Test
  void showsOthersWhatItHoldsOnceItHasChosen() {
    try (Neighbors first = join(1, 0, 1);
        Neighbors second = join(2, 0, 1)) {
      assertThat(first.others()).containsExactly(new Neighbor(2, 0));
      assertThat(second.others()).containsExactly(new Neighbor(1, 0));

      second.hold(12);
      assertThat(first.others()).containsExactly(new Neighbor(2, 12));
    }
  }

  @Test
  void forgetsWhoLeft() throws IOException {
    try (Neighbors first = join(1, 0, 1)) {
      join(2, 0, 1).close();

      assertThat(first.others()).isEmpty();
      assertThat(files()).isEqualTo(1);
    }
  }

  @Test
  void deletesTheFileOfAProcessThatDied() throws IOException {
    try (Neighbors first = join(1, 0, 1)) {
      Path dead = folder().resolve("9-dead.cores");
      Files.writeString(dead, "threads=000002\nprocess=9\ncpus=0,1\n");

      assertThat(first.others()).isEmpty();
      assertThat(dead).doesNotExist();
    }
  }

  @Test
  void ignoresTrainingsOnOtherProcessors() {
    try (Neighbors first = join(1, 0, 1);
        Neighbors apart = join(2, 2, 3);
        Neighbors unknown = join(3)) {
      assertThat(first.others()).extracting(Neighbor::id).containsExactly(3L);
      assertThat(apart.others()).extracting(Neighbor::id).containsExactly(3L);
      assertThat(unknown.others()).extracting(Neighbor::id).containsExactlyInAnyOrder(1L, 2L);
    }
  }

  @Test
  void worksAloneWhereTheFolderCannotBeMade() throws IOException {
    Files.writeString(temporary.resolve("discern-someone"), "a file in the way");

    assertThat(Neighbors.join(folder(), 1, BOTH)).isNull();
  }

  @Test
  void doesNotUseAFolderOfSomebodyElse() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root gives folders away");
    Files.createDirectories(folder());
    Files.setAttribute(folder().resolveSibling(""), "unix:uid", 12345);

    assertThat(Neighbors.join(folder(), 1, BOTH)).isNull();
    assertThat(files()).isZero();
  }
}
