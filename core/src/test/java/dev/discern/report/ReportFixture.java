package dev.discern.report;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Invented data of a report, the same at every call: three losses, a control, one diverged. */
final class ReportFixture {
  static final String HOSTILE = "</script><b>bold</b>{{script}}$1";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> CLOTHES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");
  private static final List<String> LOSSES =
      List.of("ce", "crl(alpha=1.5,beta=1)", "ce@gain(crl(alpha=1.5,beta=1))", "nllr");

  private ReportFixture() {}

  /** Ten classes, five seeds; {@code nllr} has diverged. */
  static ObjectNode comparison() {
    return comparison(CLOTHES);
  }

  /** As many classes as asked for, with plain names. */
  static ObjectNode comparison(int classes) {
    return comparison(IntStream.range(0, classes).mapToObj(k -> "species " + k).toList());
  }

  /** As {@link #comparison()}, where a class has a name that is markup. */
  static ObjectNode hostile() {
    return comparison(CLOTHES.stream().map(name -> name.equals("Shirt") ? HOSTILE : name).toList());
  }

  /** One loss with one seed. */
  static ObjectNode run() {
    ObjectNode page = shared("run", CLOTHES, List.of(3));
    page.put("title", "crl(alpha=1.5,beta=1) on fashion-mnist, seed 3");
    ObjectNode verdict = (ObjectNode) page.get("verdict");
    verdict.putArray("sentences").add("Shirts are taken for T-shirts most often.");
    verdict
        .put("headline", "91.4 % of the test images are recognised; shirts are hard.")
        .set("warnings", JSON.createArrayNode().add("One seed shows nothing of the spread."));
    FixtureImages images = new FixtureImages(page);
    FixtureLoss loss = new FixtureLoss(LOSSES.get(1), 1, CLOTHES, List.of(3), images);
    page.putArray("losses").add(loss.finished(false));
    return page;
  }

  private static ObjectNode comparison(List<String> classes) {
    List<Integer> seeds = List.of(0, 1, 2, 3, 4);
    ObjectNode page = shared("comparison", classes, seeds);
    page.put("title", "Three losses on fashion-mnist");
    FixtureImages images = new FixtureImages(page);
    ArrayNode losses = page.putArray("losses");
    for (int k = 0; k < 3; k++) {
      FixtureLoss loss = new FixtureLoss(LOSSES.get(k), k, classes, seeds, images);
      losses.add(loss.finished(k == 2));
    }
    losses.add(new FixtureLoss(LOSSES.get(3), 3, classes, seeds, images).diverged());
    pairs(page.putArray("pairs"), classes.size());
    return page;
  }

  private static ObjectNode shared(String kind, List<String> classes, List<Integer> seeds) {
    ObjectNode page = JSON.createObjectNode().put("kind", kind);
    ObjectNode verdict = page.putObject("verdict");
    verdict.put(
        "headline",
        "crl(alpha=1.5,beta=1) is better than cross-entropy by 0.42 points, but so is cross-entropy with its gain.");
    verdict
        .putArray("sentences")
        .add("Over five seeds the difference to ce is +0.42 points, 95 % interval 0.17 to 0.67.")
        .add("Against the control, which only follows its gain, no difference is detected.");
    verdict
        .putArray("warnings")
        .add("nllr diverged with 5 of 5 seeds and has no figures.")
        .add("Five seeds find differences of 0.31 points and more; smaller ones stay unseen.");
    setting(page.putObject("setting"), classes, seeds);
    ArrayNode order = page.putArray("order");
    IntStream.range(0, classes.size()).map(k -> classes.size() - 1 - k).forEach(order::add);
    ArrayNode provenance = page.putArray("provenance");
    provenance.addArray().add("Discern").add("0.1.0");
    provenance.addArray().add("Processor").add("x86-64, AVX-512, 2 threads");
    provenance.addArray().add("Precision").add("fp32");
    provenance.addArray().add("Data's fingerprint").add("sha256:4e1fd8a6c0b7793de2f18a5b6c7d8e9f");
    page.put(
        "config", "data: {source: fashion-mnist}\nmodel: {name: resnet8}\ntrain: {epochs: 10}\n");
    return page;
  }

  private static void setting(ObjectNode setting, List<String> classes, List<Integer> seeds) {
    setting.put("data", "fashion-mnist").put("model", "resnet8").put("epochs", 10);
    setting.put("trainImages", 54000).put("validationImages", 6000).put("testImages", 10000);
    setting.put(
        "command",
        "./discern compare fashion-mnist --losses 'ce,crl(alpha=1.5,beta=1),nllr' --control gain --model resnet8 --epochs 10 --seeds 0..4");
    seeds.forEach(setting.putArray("seeds")::add);
    classes.forEach(setting.putArray("classes")::add);
  }

  private static void pairs(ArrayNode pairs, int classes) {
    SplittableRandom random = new SplittableRandom(7);
    int[][] compared = {{0, 1}, {0, 2}, {2, 1}};
    double[] differences = {0.0042, 0.0036, 0.0006};
    String[] verdicts = {"better", "better", "no difference detected"};
    for (int k = 0; k < 3; k++) {
      ObjectNode pair = pairs.addObject();
      pair.put("a", LOSSES.get(compared[k][0])).put("b", LOSSES.get(compared[k][1])).put("n", 5);
      ObjectNode top1 = pair.putObject("top1");
      top1.put("difference", differences[k]).put("sd", 0.0020);
      top1.put("low", differences[k] - 0.0025).put("high", differences[k] + 0.0025);
      top1.put("bootstrapLow", differences[k] - 0.0016)
          .put("bootstrapHigh", differences[k] + 0.0015);
      top1.put("tTest", k == 2 ? 0.54 : 0.0004 + 0.01 * k).put("wilcoxon", k == 2 ? 0.63 : 0.0625);
      top1.put("holm", k == 2 ? 0.54 : 0.0012 + 0.02 * k).put("dz", differences[k] / 0.002);
      top1.put("detectable", 0.0031);
      top1.putObject("mcnemar")
          .put("onlyA", 1201 + k)
          .put("onlyB", 1411 - 90 * k)
          .put("p", 0.00004);
      pair.put("verdict", verdicts[k]);
      pair.put(
          "sentence",
          "%s against %s: %+.2f points over five seeds, Holm's p %s."
              .formatted(
                  LOSSES.get(compared[k][1]),
                  LOSSES.get(compared[k][0]),
                  100 * differences[k],
                  k == 2 ? "0.54" : "below 0.05"));
      classPairs(pair.putArray("classPairs"), classes, random);
    }
  }

  private static void classPairs(ArrayNode pairs, int classes, SplittableRandom random) {
    int all = Math.min(45, classes * (classes - 1) / 2);
    for (int k = 0; k < all; k++) {
      int a = k % classes;
      int b = (a + 1 + k / classes) % classes;
      double before = 0.08 * Math.pow(random.nextDouble(), 2);
      double change = 0.25 * before * (random.nextDouble() - 0.6);
      ObjectNode pair = pairs.addObject().put("a", a).put("b", b).put("before", before);
      pair.put("after", before + change).put("change", change);
      pair.put("low", change - 0.003).put("high", change + 0.003);
      if (k % 9 == 0) {
        pair.putNull("margin");
      } else {
        double gain = -20 * change + 0.05 * random.nextGaussian();
        ObjectNode margin = pair.putObject("margin").put("change", gain).put("images", 2000);
        margin.put("low", gain - 0.06).put("high", gain + 0.06);
      }
    }
  }
}
