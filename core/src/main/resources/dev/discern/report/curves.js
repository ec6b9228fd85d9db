// Figures by epoch, and the losses as functions of the probability.

const MEASURES = [
  { key: "validationTop1", label: "Validation accuracy", unit: "validation top-1 accuracy, %", share: true },
  { key: "validationMAP", label: "Validation mAP", unit: "validation mean average precision, %", share: true },
  { key: "trainLoss", label: "Training loss", unit: "per-sample training loss, without batch terms, nats" },
  { key: "validationLoss", label: "Validation loss", unit: "validation loss, nats" },
  { key: "trainTop1", label: severalLabels ? "Most likely label right, training" : "Training accuracy", unit: severalLabels ? "training images whose most likely label is right, %" : "training top-1 accuracy, %", share: true },
  { key: "gain", label: "Gain", unit: "mean gain w of the gradient relative to cross-entropy" },
  { key: "lr", label: "Learning rate", unit: "learning rate" },
];

// Figures that only some methods log. Terms added to the loss include their factor; the others are for information only.
const TERMS = {
  diversity: ["Diversity term", "λ·Σ HSIC, as added to the loss"],
  hsic: ["HSIC", "Σ HSIC between the members' weights"],
  cka: ["CKA", "mean CKA between the members: HSIC independent of scale, 0 to 1"],
  intra: ["Intra term", "λ·mean distance within a class, as added to the loss"],
  inter: ["Inter term", "λ·shortfall from the margin between classes, as added to the loss"],
  intraDistance: ["Distance within classes", "mean distance of attentions within a class"],
  imageView: ["Image view", "mean hinge loss of images against neighboring label sets"],
  labelView: ["Label view", "mean hinge loss of label sets against images of neighboring label sets"],
  reconstruction: ["Reconstruction", "mean BCE of the labels decoded from their embedding, nats"],
  interDistance: ["Distance between classes", "mean distance of attentions between classes"],
};

function measures() {
  const terms = new Set(losses.flatMap((loss) => loss.epochs ?? []).flatMap((epoch) => Object.keys(epoch)).filter((key) => key.startsWith("term:")));
  return [...MEASURES, ...[...terms].map((key) => {
    const [label, unit] = TERMS[key.slice(5)] ?? [key.slice(5), key.slice(5)];
    return { key, label, unit };
  })];
}

function spread(value) {
  return known(value) ? { mean: value } : (value ?? {});
}

function curvesSection() {
  const shown = measures().filter((m) => losses.some((loss) => loss.epochs?.some((epoch) => known(spread(epoch[m.key]).mean))));
  return shown.length === 0 ? null : chooser(
    [{ name: "measure", label: "Show", print: true, options: shown }],
    ({ measure }) => learningCurve(shown.find((m) => m.key === measure)),
  );
}

function learningCurve(measure) {
  const shown = losses.filter((loss) => loss.epochs?.some((epoch) => known(spread(epoch[measure.key]).mean)));
  const series = shown.map((loss) => ({
    label: lossLabel(loss),
    style: lossStyle(loss),
    points: loss.epochs.map((epoch) => ({ x: epoch.epoch, y: spread(epoch[measure.key]).mean, low: spread(epoch[measure.key]).low, high: spread(epoch[measure.key]).high })),
  }));
  const bands = series.some((s) => s.points.some((p) => known(p.low) && p.low !== p.high));
  const form = measure.share ? hundred(2) : (x) => number(x, 4);
  return figure({
    title: `${measure.label} by epoch`,
    caption: bands ? "Lines are means over the seeds; bands range from the lowest to the highest seed." : "One value per epoch.",
    legend: lossLegend(shown),
    draw: (svg, width) => lineChart(svg, width, series, {
      xTitle: "epoch", xName: "Epoch", yTitle: measure.unit, whole: true, share: measure.share,
      yFormat: measure.share ? percentTicks : null, tipFormat: measure.share ? (y) => percent(y) : form,
    }),
    table: {
      columns: ["Epoch", ...series.map((s) => s.label)],
      rows: [...new Set(series.flatMap((s) => s.points.map((p) => p.x)))].sort(d3.ascending)
        .map((epoch) => [epoch, ...series.map((s) => bandCell(s.points.find((p) => p.x === epoch), form))]),
    },
  });
}

function bandCell(point, form) {
  if (!point || !known(point.y)) {
    return NONE;
  }
  return known(point.low) && point.low !== point.high ? `${form(point.y)} (${form(point.low)} to ${form(point.high)})` : form(point.y);
}

function shapesSection() {
  const shown = losses.filter((loss) => loss.curve?.length);
  return shown.length === 0 ? null : el("div", { class: "columns" },
    lossShape(shown, "value", "Loss by probability of the true class", "The loss as a function of the probability of the true class.", "loss, nats"),
    lossShape(shown, "gain", "Gain by probability of the true class", "The length of the gradient relative to that of cross-entropy: a gain of 1 is cross-entropy itself.", "gain w, no unit"));
}

function lossShape(shown, key, title, caption, yTitle) {
  const series = shown.map((loss) => ({ label: lossLabel(loss), style: lossStyle(loss), points: loss.curve.map((c) => ({ x: c.p, y: c[key] })) }));
  const ps = [...new Set(series.flatMap((s) => s.points.map((p) => p.x)))].sort(d3.ascending);
  return figure({
    title, caption, legend: lossLegend(shown),
    draw: (svg, width) => lineChart(svg, width, series, { xTitle: "probability of the true class p", xName: "p =", yTitle, height: 320, xDomain: [0, 1], tipFormat: (y) => number(y) }),
    table: { columns: ["p", ...series.map((s) => s.label)], rows: ps.map((p) => [p, ...series.map((s) => number(s.points.find((q) => q.x === p)?.y))]) },
  });
}
