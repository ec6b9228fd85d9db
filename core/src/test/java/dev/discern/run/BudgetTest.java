package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.Spec;
import dev.discern.data.LoadListener;
import dev.discern.data.Split;
import dev.discern.data.TestImages;
import dev.discern.image.ImageShape;
import dev.discern.model.Models;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {
  @TempDir private Path folder;

  private static final RunConfig PHOTOGRAPHS =
      ConfigTree.defaults()
          .with("data.source", "photographs")
          .with("model.name", "tf_efficientnet_lite0")
          .with("model.weights", "efficientnet-lite0")
          .with(Recipe.fineTuning(Optional.empty()))
          .with("data.imageSize", 224)
          .with("train.epochs", 6)
          .with("train.headEpochs", 10)
          .with("train.budget", "10m")
          .toConfig("The test");

  // 100 steps of half a second; 1,000 training, 100 validation and 100 test images of 5 ms each.
  private static Rehearsal rehearsal() {
    ImageShape shape = new ImageShape(3, 2, 2);
    Split split =
        new Split(
            TestImages.memory(shape, 1000, 2, 1),
            TestImages.memory(shape, 100, 2, 2),
            TestImages.memory(shape, 100, 2, 3),
            shape,
            List.of());
    return new Rehearsal(
        Models.CATALOGUE.create(Spec.parse("tf_efficientnet_lite0")).build(3),
        split,
        2,
        0.5,
        100,
        0.005);
  }

  private static Budget.Plan plan(RunConfig config, double seconds, String... fixed) {
    return Budget.of(config, Set.of(fixed), rehearsal(), seconds);
  }

  @Test
  void anEpochCostsItsStepsItsValidationAndItsCheckpoint() {
    assertThat(rehearsal().tuned(3, 1, 0) - rehearsal().tuned(2, 1, 0)).isEqualTo(51, within());
    assertThat(rehearsal().tuned(1, 1, 10) - rehearsal().tuned(1, 1, 0)).isEqualTo(6.5, within());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  @Test
  void keepsTheImageSizeWhileThereIsTimeForMostEpochs() {
    Budget.Plan plan = plan(PHOTOGRAPHS, 280);
    assertThat(plan.config().data().imageSize()).isEqualTo(224);
    assertThat(plan.config().train().epochs()).isEqualTo(5);
    assertThat(plan.seconds()).isLessThanOrEqualTo(280).isGreaterThan(280 - 51);
  }

  @Test
  void usesMoreTimeForMoreEpochsUpToThreeTimesTheRecipe() {
    assertThat(plan(PHOTOGRAPHS, 600).config().train().epochs()).isEqualTo(11);
    assertThat(plan(PHOTOGRAPHS, 6000).config().train().epochs()).isEqualTo(18);
  }

  @Test
  void makesImagesSmallerBeforeItGivesUpEpochs() {
    RunConfig small = plan(PHOTOGRAPHS, 150).config();
    assertThat(small.data().imageSize()).isLessThan(224);
    assertThat(small.train().epochs()).isGreaterThanOrEqualTo(4);
    RunConfig kept = plan(PHOTOGRAPHS, 150, "data.imageSize").config();
    assertThat(kept.data().imageSize()).isEqualTo(224);
    assertThat(kept.train().epochs()).isEqualTo(2);
  }

  @Test
  void trainsTheHeadAloneWhereThereIsNoTimeForAnEpoch() {
    RunConfig frozen = plan(PHOTOGRAPHS, 20).config();
    assertThat(frozen.model().freeze()).isEqualTo("backbone");
    assertThat(frozen.train().headEpochs()).isZero();
    assertThat(frozen.data().augment()).isEmpty();
  }

  @Test
  void saysWhatIsPossibleWhereThereIsNoTimeForAnything() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> plan(PHOTOGRAPHS, 5))
        .withMessage(
            "train.budget is 10m, but a head on the features of all images takes about 17 s more on"
                + " this machine, and 5 s are left: allow more time, or use fewer images"
                + " (data.limitTrain).");
  }

  @Test
  void planLeavesARunWithoutBudgetAlone() {
    RunConfig config = ConfigTree.of(PHOTOGRAPHS).with("train.budget", "none").toConfig("The test");
    assertThat(Budget.plan(config, Set.of(), 0, folder, LoadListener.NONE)).isEmpty();
  }

  @Test
  void refusesEpochsBesideABudget() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(
            () -> Budget.plan(PHOTOGRAPHS, Set.of("train.epochs"), 0, folder, LoadListener.NONE))
        .withMessageContaining("leave out train.epochs");
  }
}
