// Paired comparison of losses over the seeds, and the pairs of classes that improve or degrade.

const pairs = data.pairs ?? [];

function pairName(pair) {
  return `${pair.b} − ${pair.a}`;
}

function pairStyle(pair) {
  const loss = lossNamed(pair.b);
  return loss ? lossStyle(loss) : styleOf(0);
}

function differencesSection() {
  const shown = pairs.filter((pair) => pair[data.score]).map((pair) => ({ ...pair, score: pair[data.score] }));
  if (shown.length === 0) {
    return isRun ? null : "No two losses have finished runs with the same seeds, so there is no difference to judge.";
  }
  return [
    differenceFigure(losses.length > 4 ? shown.filter((pair) => pair.a === shown[0].a) : shown),
    el("p", { class: "after-figure" }, `P-values are two-sided. Holm's correction is over all pairs on this page. “Detectable” is the smallest true difference that these seeds would detect four times out of five. McNemar's test counts the test images that only one of the two losses gets right${severalLabels ? ", for all labels" : ""}.`),
    testTable(shown),
  ];
}

function differenceFigure(shown) {
  const items = shown.map((pair) => ({
    label: pair.b,
    sub: `against ${pair.a}`,
    style: pairStyle(pair),
    mean: pair.score.difference,
    low: pair.score.low,
    high: pair.score.high,
    text: points(pair.score.difference),
  }));
  return figure({
    id: "differences",
    title: `Differences in test ${scoreWord}`,
    caption: "Mean of the paired differences over the seeds with its 95 % interval; to the right of zero, the loss named first is better.",
    draw: (svg, width) => intervalRows(svg, width, items, { title: `difference in test ${severalLabels ? "mAP" : "top-1 accuracy"}, percentage points`, format: pointTicks, zero: true, heading: "points" }),
    table: {
      columns: ["Difference", "Mean, points", "95 % interval, points", "Bootstrap interval, points"],
      rows: shown.map(({ score, ...pair }) => [pairName(pair), points(score.difference), interval(score.low, score.high, points), interval(score.bootstrapLow, score.bootstrapHigh, points)]),
    },
  });
}

function testTable(shown) {
  return el("div", { class: "wide-table" }, scrollTable(`Tests of the paired differences in test ${scoreWord}`, {
    columns: ["Losses", el("span", { class: "finding" }, "Finding"), "Seeds", "Difference ± sd, points", "t-test p", "Wilcoxon p", "Holm p", "Effect d", "Detectable, points", "McNemar p", "Only first / second right"],
    rows: shown.map(({ score, ...pair }) => [
      [breakable(pair.b), el("span", { class: "against" }, "against ", breakable(pair.a))],
      el("span", { class: "finding" }, pair.verdict ?? NONE),
      pair.n, points(score.difference) + (known(score.sd) ? `${THIN}±${THIN}${percentOf(score.sd)}` : ""),
      pValue(score.tTest), pValue(score.wilcoxon), pValue(score.holm), number(score.dz, 2), percentOf(score.detectable),
      pValue(score.mcnemar?.p), score.mcnemar ? `${count(score.mcnemar.onlyB)} / ${count(score.mcnemar.onlyA)}` : NONE,
    ]),
  }));
}

const EXTREMES = 8; // pairs of classes shown at each end

function gainSection() {
  const shown = pairs.filter((pair) => pair.classPairs?.length);
  return shown.length === 0 ? null : [
    el("p", {}, "A pair of classes is confused when an image of one class is mistaken for the other. Points are shares of the images of both classes."),
    chooser(
      [{ name: "pair", label: "Losses", print: true, options: shown.map((p, k) => ({ key: String(k), label: pairName(p) })) }],
      ({ pair }) => gainView(shown[Number(pair)]),
    ),
  ];
}

function gainView(pair) {
  const sorted = [...pair.classPairs].sort((p, q) => p.change - q.change);
  const helped = sorted.filter((p) => p.change < 0).slice(0, EXTREMES);
  const hurt = sorted.filter((p) => p.change > 0).slice(-EXTREMES);
  const rows = [...helped, ...hurt];
  return el("div", { class: "columns" }, confusionChange(pair, rows, sorted), rows.some((r) => r.margin) ? marginChange(pair, rows) : null);
}

function classPairName({ a, b }) {
  return `${clipped(className(a), 18)} / ${clipped(className(b), 18)}`;
}

const HELPED = { color: "var(--good)", shape: d3.symbolCircle };
const HURT = { color: "var(--bad)", shape: d3.symbolSquare };

function confusionChange(pair, rows, all) {
  const items = rows.map((p) => ({
    label: classPairName(p), style: p.change < 0 ? HELPED : HURT, mean: p.change, low: p.low, high: p.high,
  }));
  return figure({
    title: `Confusion of class pairs, ${pairName(pair)}`,
    caption: "The pairs that improve most (left of zero: fewer confusions) and degrade most, with 95 % intervals.",
    legend: legend([{ label: "improved", picture: swatch(HELPED, { line: false }) }, { label: "degraded", picture: swatch(HURT, { line: false }) }]),
    draw: (svg, width) => intervalRows(svg, width, items, { title: "change of confusion, percentage points", format: pointTicks, zero: true }),
    table: {
      columns: ["Classes", `${pair.a}, %`, `${pair.b}, %`, "Change, points", "95 % interval, points"],
      rows: all.map((p) => [`${className(p.a)} / ${className(p.b)}`, percentOf(p.before), percentOf(p.after), points(p.change), interval(p.low, p.high, points)]),
    },
  });
}

function marginChange(pair, rows) {
  const items = rows.map((p) => ({
    label: classPairName(p), style: (p.margin?.change ?? 0) > 0 ? HELPED : HURT, mean: p.margin?.change, low: p.margin?.low, high: p.margin?.high, note: "too few images",
  }));
  return figure({
    title: `Margin of the same pairs, ${pairName(pair)}`,
    caption: "Change of the mean margin, ln p of the true class minus ln p of the other class: to the right of zero, the classes are farther apart.",
    legend: legend([{ label: "farther apart", picture: swatch(HELPED, { line: false }) }, { label: "closer", picture: swatch(HURT, { line: false }) }]),
    draw: (svg, width) => intervalRows(svg, width, items, { title: "change of the margin, nats", format: () => (v) => signed(v, 2), zero: true }),
    table: {
      columns: ["Classes", "Change, nats", "95 % interval, nats", "Images"],
      rows: rows.map((p) => [`${className(p.a)} / ${className(p.b)}`, signed(p.margin?.change), interval(p.margin?.low, p.margin?.high, signed), count(p.margin?.images)]),
    },
  });
}
