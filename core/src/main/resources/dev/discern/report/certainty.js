// Prediction sets, and accuracy by the share of images answered.

function certaintySection() {
  const shown = losses.filter((loss) => loss.certainty);
  return shown.length === 0 ? null : [setsFigure(shown), answersFigure(shown)];
}

function setsFigure(shown) {
  const rows = shown.flatMap((loss) => loss.certainty.sets.map((sets) => ({ loss, sets })));
  const largest = d3.max(rows, ({ sets }) => sets.sizes.length);
  return figure({
    id: "sets",
    title: "Sets that hold the true class",
    caption: `Share of the test images by the number of classes in their set, for each coverage asked for (predict --coverage). The sets were calibrated on ${count(shown[0].certainty.validationImages)} validation images. A set has at least one class, so coverage is at least the accuracy.`,
    legend: legend(sizeSteps(largest).map((step) => ({ label: step.label, picture: sizeSwatch(step) }))),
    draw: (svg, width) => sizeBars(svg, width, rows, sizeSteps(largest)),
    table: {
      columns: ["Loss", "Coverage asked for, %", "Sets with the true class, %", "Classes per set", ...d3.range(1, Math.min(largest, MOST_SIZES) + 1).map((n) => `${n}, %`)],
      rows: rows.map(({ loss, sets }) => [lossLabel(loss), hundred(0)(sets.coverage), percentOf(sets.share.mean), number(sets.meanSize.mean, 2),
        ...d3.range(Math.min(largest, MOST_SIZES)).map((k) => hundred(1)(sets.sizes[k] ?? 0))]),
    },
  });
}

const MOST_SIZES = 20; // columns of the table

/** Sizes of sets, the large ones together. */
function sizeSteps(largest) {
  const steps = [[1, 1], [2, 2], [3, 3], [4, 5], [6, 10], [11, Infinity]].filter(([low]) => low <= largest);
  return steps.map(([low, high], k) => ({
    low, high,
    label: low === high ? plural(low, "class", "classes") : high === Infinity ? `${low} or more` : `${low} to ${high}`,
    strength: 1 - 0.75 * (k / Math.max(1, steps.length - 1)),
  }));
}

function sizeSwatch(step) {
  const svg = d3.create("svg").attr("class", "swatch").attr("width", 20).attr("height", 14).attr("aria-hidden", "true");
  svg.append("rect").attr("class", "bar").attr("width", 20).attr("height", 12).attr("y", 1).style("fill-opacity", step.strength);
  return svg.node();
}

/** One bar per method and coverage, its label above it, so that long names fit on narrow pages. */
function sizeBars(svg, width, rows, steps) {
  const pitch = 54;
  const frame = area(svg, width, rows.length * pitch + 58, { top: 8, right: 14, bottom: 50, left: 14 });
  const x = d3.scaleLinear([0, 1], [0, frame.width]);
  axisBottom(frame, x, { title: "share of the test images, %", format: hundred(0), grid: true });
  rows.forEach(({ loss, sets }, k) => {
    const y = k * pitch + 22;
    const asked = `${hundred(0)(sets.coverage)}${THIN}% asked for: ${percent(sets.share.mean, 1)} of the sets hold the true class, ${number(sets.meanSize.mean, 2)} classes per set`;
    const label = shownWithin(frame.width, [...(isRun ? [] : [`${lossLabel(loss)}, ${asked}`]), asked, `${hundred(0)(sets.coverage)}${THIN}%: ${percent(sets.share.mean, 1)}, ${number(sets.meanSize.mean, 2)} classes`]);
    frame.g.append("text").attr("class", "row-label").attr("x", 0).attr("y", y - 8).text(label);
    let from = 0;
    for (const step of steps) {
      const share = d3.sum(sets.sizes.slice(step.low - 1, step.high));
      frame.g.append("rect").attr("class", "bar").style("fill-opacity", step.strength)
        .attr("x", x(from)).attr("width", Math.max(0, x(from + share) - x(from) - 1)).attr("y", y).attr("height", 18);
      from += share;
    }
  });
  return rows.length * pitch + 58;
}

/** The first text that fits. */
function shownWithin(width, texts) {
  return texts.find((text) => textWidth(text) <= width) ?? texts.at(-1);
}

function answersFigure(shown) {
  const series = shown.map((loss) => ({
    label: lossLabel(loss),
    style: lossStyle(loss),
    points: loss.certainty.answered.map((p) => ({ x: Math.round(100 * p.share), y: p.accuracy.mean, low: p.accuracy.low, high: p.accuracy.high })),
  }));
  return figure({
    id: "answers",
    title: "Accuracy by the share of images answered",
    caption: "Accuracy on the images of which the network is surest, by how many it answers. The table has the probability to ask for (predict --reject).",
    legend: lossLegend(shown),
    draw: (svg, width) => lineChart(svg, width, series, {
      xTitle: "images answered, %", xName: "Answered, %", yTitle: "accuracy of these, %", share: true, height: 320, xDomain: [0, 100],
      yFormat: percentTicks, tipFormat: (y) => percent(y),
    }),
    table: {
      columns: ["Loss", "Answered, %", "Accuracy of these, %", "Probability of at least"],
      rows: shown.flatMap((loss) => loss.certainty.answered.filter((p, k, all) => Math.round(100 * p.share) % 5 === 0 || k === all.length - 1)
        .map((p) => [lossLabel(loss), hundred(0)(p.share), percentOf(p.accuracy.mean), number(p.threshold, 4)])),
    },
  });
}
