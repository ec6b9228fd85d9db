package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.torch.Neighbors.Neighbor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class CoreClaimTest {
  private static final int[] IDLE = {0, 0, 0};

  private static Cores cores(int physical) {
    return new Cores(Collections.emptySortedSet(), physical, OptionalDouble.empty());
  }

  private static int choose(int physical, double busy, Neighbor... others) {
    return CoreClaim.choose(cores(physical), busy, List.of(others));
  }

  private static final Neighbor STARTING = new Neighbor(1, 0);

  @Test
  void takesEveryCoreOfAnIdleMachine() {
    assertThat(choose(2, 0)).isEqualTo(2);
  }

  @Test
  void leavesBusyCoresToOthersToTheNearestCore() {
    assertThat(choose(8, 2.6)).isEqualTo(5);
    assertThat(choose(8, 0.4)).isEqualTo(8);
  }

  @Test
  void takesOneThreadHoweverBusyTheMachineIs() {
    assertThat(choose(2, 64)).isEqualTo(1);
    assertThat(choose(2, 0, new Neighbor(1, 2))).isEqualTo(1);
  }

  @Test
  void sharesWithThoseThatAreStarting() {
    assertThat(choose(2, 0, STARTING)).isEqualTo(1);
    assertThat(choose(8, 0, STARTING)).isEqualTo(4);
    assertThat(choose(8, 2, STARTING, STARTING)).isEqualTo(2);
  }

  @Test
  void leavesWhatOthersHold() {
    assertThat(choose(8, 0, new Neighbor(1, 3))).isEqualTo(5);
    assertThat(choose(8, 0, new Neighbor(1, 2), STARTING)).isEqualTo(3);
  }

  @Test
  void fitsAQuotaBeforeItCountsBusyCores() {
    Cores container = new Cores(Collections.emptySortedSet(), 64, OptionalDouble.of(4.5));

    assertThat(CoreClaim.choose(container, 32, List.of())).isEqualTo(4);
    assertThat(CoreClaim.choose(container, 62, List.of())).isEqualTo(2);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void twoThatStartTogetherTakeOneOfTwoCoresEachWhoeverChoosesFirst(@TempDir Path root)
      throws IOException {
    Path machine = new Machine(root).affinity("0-1").processors(IDLE, IDLE).root();
    Path folder = root.resolve("discern-someone").resolve("cores");
    try (CoreClaim first = new CoreClaim(machine, folder, 2);
        CoreClaim second = new CoreClaim(machine, folder, 2)) {
      assertThat(second.choose()).isEqualTo(1);
      second.hold(1);
      assertThat(first.choose()).isEqualTo(1);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void oneThatStartsLaterTakesWhatIsLeftAndOneAloneTakesAll(@TempDir Path root) throws IOException {
    Path machine = new Machine(root).affinity("0-1").processors(IDLE, IDLE).root();
    Path folder = root.resolve("discern-someone").resolve("cores");
    try (CoreClaim first = new CoreClaim(machine, folder, 2)) {
      assertThat(first.choose()).isEqualTo(2);
      first.hold(2);
      try (CoreClaim second = new CoreClaim(machine, folder, 2)) {
        assertThat(second.choose()).isEqualTo(1);
      }
    }
    try (CoreClaim alone = new CoreClaim(machine, folder, 2)) {
      assertThat(alone.choose()).isEqualTo(2);
    }
  }
}
