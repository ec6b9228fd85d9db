package dev.discern.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.data.Batch;
import dev.discern.data.BatchStream;
import dev.discern.run.Defaults;
import dev.discern.run.Session;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  private static final RunConfig DIGITS = Defaults.of("digits");
  private static final List<Double> GAINS = Collections.nCopies(DIGITS.train().epochs(), 1.25);

  @Test
  void addsAControlForEachLossThatHasAGain() {
    Plan plan = Plan.of(DIGITS, List.of("ce", "crl", "nllr"), 2, true);
    assertThat(plan.methods())
        .extracting(Object::toString)
        .containsExactly(
            "ce",
            "crl(alpha=1.5,beta=1)",
            "nllr",
            "ce@gain(crl(alpha=1.5,beta=1))",
            "ce@gain(nllr)");
    assertThat(plan.runs()).hasSize(10);
  }

  @Test
  void takesSeedsFromTheGivenOneOn() {
    RunConfig from7 = ConfigTree.of(DIGITS).with("train.seed", 7).toConfig("test");
    assertThat(Plan.of(from7, List.of("ce", "crl"), 3, false).seeds()).containsExactly(7L, 8L, 9L);
  }

  @Test
  void readsAControlAsItIsWritten() {
    Method control = Method.parse("ce@gain(crl(beta=2))");
    assertThat(control).hasToString("ce@gain(crl(alpha=1.5,beta=2))");
    assertThat(Method.parse(control.toString())).isEqualTo(control);
    assertThatExceptionOfType(InvalidConfig.class).isThrownBy(() -> Method.parse("ce@gain(hinge)"));
  }

  @Test
  void aCurriculumIsAPartOfItsMethod() {
    Method taught = Method.parse("crl@class-expansion(stages=2)");
    assertThat(taught).hasToString("crl(alpha=1.5,beta=1)@class-expansion(stages=2,warmup=1)");
    assertThat(Method.parse(taught.toString())).isEqualTo(taught);
    Plan plan = Plan.of(DIGITS, List.of("crl", "crl@class-expansion(stages=2)"), 1, true);
    assertThat(plan.methods())
        .as("the control is of the plain schedule")
        .extracting(Object::toString)
        .containsExactly(
            "crl(alpha=1.5,beta=1)", taught.toString(), "ce@gain(crl(alpha=1.5,beta=1))");
    for (PlannedRun run : plan.runs()) {
      assertThat(plan.config(run, run.method().gainOf().isPresent() ? GAINS : List.of()).method())
          .isEqualTo(run.method().toString());
    }
  }

  @Test
  void refusesACurriculumThatAllWouldShareOrThatCannotBe() {
    RunConfig shared =
        ConfigTree.of(DIGITS).with("train.curriculum", "class-expansion").toConfig("The test");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Plan.of(shared, List.of("ce", "crl"), 1, true))
        .withMessageContaining("compare the losses ce and ce@");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Plan.of(DIGITS, List.of("ce", "center@class-expansion"), 1, true))
        .withMessageContaining("but not with center");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Plan.of(DIGITS, List.of("ce", "ce@slowly"), 1, true))
        .withMessageContaining("Curriculum 'slowly' is unknown");
    for (String text :
        List.of("ce@", "@ce", "ce@gain", "ce@gain(crl)@class-expansion", "crl@class-expansion@x")) {
      assertThatExceptionOfType(InvalidConfig.class)
          .isThrownBy(() -> Method.parse(text))
          .withMessageContaining("after @, write gain(LOSS) or a curriculum");
    }
  }

  @Test
  void aControlIsForALossWhoseGainIsKnown() {
    assertThat(Method.parse("ce@gain(soft-margin)")).hasToString("ce@gain(soft-margin(margin=1))");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Method.parse("ce@gain(logit-norm)"))
        .withMessageContaining("for which Discern knows none");
  }

  @Test
  void runsOfASeedStartAlikeWhateverTheLoss() throws Exception {
    Plan plan = Plan.of(DIGITS, List.of("ce", "crl", "nllr"), 2, false);
    for (long seed : plan.seeds()) {
      List<String> hashes =
          plan.methods().stream().map(m -> hash(plan, new PlannedRun(m, seed))).toList();
      assertThat(hashes).containsOnly(hashes.get(0));
    }
    Method ce = plan.methods().get(0);
    assertThat(hash(plan, new PlannedRun(ce, 0))).isNotEqualTo(hash(plan, new PlannedRun(ce, 1)));
  }

  // Of the initial weights and the first batch, images, labels and augmentation included.
  private static String hash(Plan plan, PlannedRun run) {
    Session session = Session.build(plan.config(run, List.of()), Path.of("unused"));
    try (Scope scope = new Scope();
        BatchStream batches = session.training().epoch(0, 0)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      session.network().store().state().values().forEach(t -> add(digest, Tensors.toFloats(t)));
      Batch first = batches.next();
      digest.update(first.images());
      for (int label : first.labels().requireOne()) {
        digest.update((byte) label);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void add(MessageDigest digest, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes);
  }

  @Test
  void methodsThatDifferByASignHaveTheirOwnFolders() {
    Plan plan = Plan.of(Defaults.of("digits"), List.of("poly1", "poly1(epsilon=-1)"), 1, false);
    assertThat(plan.runs().stream().map(run -> run.in(Path.of("x"))).distinct()).hasSize(2);
  }

  @Test
  void refusesBeforeTheFirstRunWhatTrainWouldRefuse() {
    RunConfig smoothed =
        ConfigTree.of(Defaults.of("digits")).with("loss.labelSmoothing", 0.1).toConfig("The test");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Plan.of(smoothed, List.of("ce", "soft-margin"), 1, true))
        .withMessageContaining("soft-margin needs one right class");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Plan.of(smoothed, List.of("crl", "ce@gain(crl)"), 1, true))
        .withMessageContaining("cannot be matched with smoothed or mixed targets");
    assertThat(Plan.of(smoothed, List.of("ce", "crl"), 1, true).methods())
        .as("no control is added")
        .hasSize(2);
  }

  @Test
  void runsThatMayEndEarlyHaveNoControls() {
    RunConfig patient =
        ConfigTree.of(Defaults.of("digits")).with("train.patience", 5).toConfig("The test");
    assertThat(Plan.of(patient, List.of("ce", "crl"), 1, true).methods()).hasSize(2);
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Plan.of(patient, List.of("crl", "ce@gain(crl)"), 1, true))
        .withMessageContaining("leave out the control, or train.patience");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Plan.of(patient, List.of("ce", "ce@class-expansion"), 1, true))
        .withMessageContaining("leave one of the two out");
  }

  @Test
  void aMethodThatWantsBalancedBatchesMakesOneSayWhichAllGet() {
    RunConfig base = Defaults.of("digits");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Plan.of(base, List.of("ce", "cc-loss"), 1, true))
        .withMessageContaining("set train.sampler to class-balanced or shuffled");
    RunConfig said =
        ConfigTree.of(base).with("train.sampler", "class-balanced").toConfig("The test");
    assertThat(Plan.of(said, List.of("ce", "cc-loss"), 1, true).base().train().sampler())
        .isEqualTo("class-balanced");
  }

  @Test
  void aComparisonOfAnEarlierVersionIsNoReasonToStop(@TempDir Path runs) throws Exception {
    Plan plan = Plan.of(DIGITS, List.of("ce", "crl"), 1, false);
    Path first = ComparisonFolder.choose(runs, plan);
    ComparisonFolder.prepare(first, plan);
    ComparisonFolder.write(first, plan);
    assertThat(ComparisonFolder.choose(runs, plan)).isEqualTo(first);
    Path config = first.resolve("config.yaml");
    Files.writeString(config, Files.readString(config).replaceFirst(" +compose: 0\n", ""));
    assertThat(ComparisonFolder.choose(runs, plan))
        .isEqualTo(runs.resolve(first.getFileName() + "-2"));
  }
}
