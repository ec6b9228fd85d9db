// Calibration: whether confidence matches accuracy.

function calibrationSection() {
  const reliable = losses.filter((loss) => loss.reliability?.some((bin) => known(bin.accuracy)));
  const spreadOut = losses.filter((loss) => loss.histogramTrue?.length);
  return reliable.length + spreadOut.length === 0 ? null : [
    reliable.length ? reliabilityFigure(reliable) : null,
    temperatureTable(losses.filter((loss) => loss.certainty)),
    spreadOut.length ? histogramFigure(spreadOut) : null,
  ];
}

function reliabilityFigure(shown) {
  const calibrated = shown.filter((loss) => loss.certainty);
  return figure({
    id: "reliability",
    title: "Reliability",
    caption: `Accuracy on the test images by confidence of the prediction. On the diagonal, confidence equals accuracy; below it, the network is overconfident. Larger markers represent more images.${calibrated.length ? " The dotted line is after calibration, as predict prints probabilities." : ""}`,
    draw: (svg, width) => panels(svg, width, shown, { xTitle: "confidence, %", yTitle: "accuracy, %", ratio: 1, draw: reliabilityPanel }),
    table: {
      columns: ["Loss", "Confidence from, %", "to, %", "Images", "Mean confidence, %", "Accuracy, %"],
      rows: shown.flatMap((loss) => loss.reliability.map((b) => [lossLabel(loss), hundred(0)(b.lower), hundred(0)(b.upper), count(b.images), percentOf(b.confidence), percentOf(b.accuracy)])),
    },
  });
}

function reliabilityPanel(frame, loss) {
  const x = d3.scaleLinear([0, 1], [0, frame.width]);
  const y = d3.scaleLinear([0, 1], [frame.height, 0]);
  const style = lossStyle(loss);
  axisLeft(frame, y, { values: d3.range(0, 1.01, 0.25), format: hundred(0) });
  axisBottom(frame, x, { values: d3.range(0, 1.01, 0.25), format: hundred(0) });
  frame.g.append("line").attr("class", "diagonal").attr("x1", 0).attr("y1", frame.height).attr("x2", frame.width).attr("y2", 0);
  const bins = loss.reliability.filter((bin) => known(bin.accuracy) && known(bin.confidence));
  const size = d3.scaleSqrt([0, d3.max(bins, (bin) => bin.images)], [24, 150]);
  const after = (loss.certainty?.reliability ?? []).filter((bin) => known(bin.accuracy) && known(bin.confidence));
  frame.g.append("path").attr("class", "curve calibrated").attr("d", d3.line((b) => x(b.confidence), (b) => y(b.accuracy))(after));
  frame.g.append("path").attr("class", "curve").style("stroke", style.color).attr("d", d3.line((b) => x(b.confidence), (b) => y(b.accuracy))(bins));
  bins.forEach((bin) => marker(frame.g, style, x(bin.confidence), y(bin.accuracy), size(bin.images)));
}

/** What the temperature changes: the table is short, so it is shown at once. */
function temperatureTable(shown) {
  return shown.length === 0 ? null : el("div", { class: "calibrated-figures" }, scrollTable("Calibration by temperature", {
    columns: ["Loss", "Temperature", "ECE before", "ECE after", "NLL before, nats", "NLL after, nats"],
    rows: shown.map((loss) => [lossLabel(loss), number(loss.certainty.temperature, 2), ...["ece", "nll"].flatMap((key) => [number(loss.certainty.before[key], 4), number(loss.certainty.after[key], 4)])]),
  }));
}

function histogramFigure(shown) {
  const most = d3.max(shown, (loss) => d3.max([...loss.histogramTrue, ...(loss.histogramRival ?? [])]));
  return figure({
    id: "histograms",
    title: "Probabilities of the true class and of its strongest rival",
    caption: "Share of the test images by the probability of the true class (bars) and of the strongest wrong class (line); the vertical axis has a square-root scale, so that small shares are visible.",
    legend: legend([
      { label: "true class", picture: boxSwatch() },
      { label: "strongest rival", picture: lineSwatch() },
    ]),
    draw: (svg, width) => panels(svg, width, shown, { xTitle: "probability", yTitle: "share of the test images, % (square root)", draw: (frame, loss) => histogramPanel(frame, loss, most) }),
    table: {
      columns: ["Loss", "Probability from", "to", "True class, %", "Strongest rival, %"],
      rows: shown.flatMap((loss) => loss.histogramTrue.map((share, k) => [lossLabel(loss), ...edges(loss.histogramTrue, k), percentOf(share), percentOf(loss.histogramRival?.[k])])),
    },
  });
}

function edges(histogram, k) {
  return [number(k / histogram.length, 2), number((k + 1) / histogram.length, 2)];
}

function histogramPanel(frame, loss, most) {
  const bins = loss.histogramTrue.length;
  const x = d3.scaleLinear([0, 1], [0, frame.width]);
  const y = d3.scaleSqrt([0, most], [frame.height, 0]);
  axisLeft(frame, y, { values: [0.001, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1].filter((v) => v <= most * 1.02), format: (v) => number(100 * v, v < 0.01 ? 1 : 0) });
  axisBottom(frame, x, { values: [0, 0.25, 0.5, 0.75, 1], format: String });
  loss.histogramTrue.forEach((share, k) => frame.g.append("rect").attr("class", "bar")
    .attr("x", x(k / bins) + 0.5).attr("width", Math.max(1, x(1 / bins) - 1)).attr("y", y(share)).attr("height", frame.height - y(share)));
  const rival = loss.histogramRival ?? [];
  const steps = rival.flatMap((share, k) => [[k / bins, share], [(k + 1) / bins, share]]);
  frame.g.append("path").attr("class", "curve rival").attr("d", d3.line((s) => x(s[0]), (s) => y(s[1]))(steps));
}

function boxSwatch() {
  const svg = d3.create("svg").attr("class", "swatch").attr("width", 20).attr("height", 14).attr("aria-hidden", "true");
  svg.append("rect").attr("class", "bar").attr("width", 20).attr("height", 12).attr("y", 1);
  return svg.node();
}

function lineSwatch() {
  const svg = d3.create("svg").attr("class", "swatch").attr("width", 26).attr("height", 14).attr("aria-hidden", "true");
  svg.append("path").attr("class", "curve rival").attr("d", "M1,11 H9 V4 H17 V9 H25");
  return svg.node();
}
