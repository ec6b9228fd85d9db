// Lines over epochs or probabilities, with bands between the lowest and the highest seed.

/**
 * @param series each {label, style, points: [{x, y, low, high}]}
 * @param options xTitle, yTitle, yFormat(scale) → tick format, tipFormat, whole: whether x is an integer, share: whether y is a share
 */
function lineChart(svg, width, series, options) {
  const height = width < 520 ? 300 : (options.height ?? 360);
  const frame = area(svg, width, height, { top: 34, right: 18, bottom: 48, left: 58 });
  const points = series.flatMap((s) => s.points);
  const x = d3.scaleLinear(options.xDomain ?? d3.extent(points, (p) => p.x), [0, frame.width]);
  const y = d3.scaleLinear(padded(points.flatMap((p) => [p.y, p.low, p.high]), 0.04), [frame.height, 0]).nice(5);
  if (options.share) {
    y.domain([y.domain()[0], Math.min(1, y.domain()[1])]); // a share is at most 1
  }
  axisLeft(frame, y, { title: options.yTitle, format: options.yFormat?.(y) });
  axisBottom(frame, x, { title: options.xTitle, values: options.whole ? wholeTicks(x.domain(), frame.width) : null, format: options.whole ? d3.format("d") : null });
  series.forEach((s) => band(frame.g, s, x, y));
  series.forEach((s) => curve(frame.g, s, x, y, frame.width));
  crosshair(svg, frame, x, y, series, options);
  return height;
}

function wholeTicks([low, high], width) {
  const step = Math.max(1, Math.ceil((high - low) / Math.max(2, Math.floor(width / 46))));
  return d3.range(low, high + 1, step);
}

function band(g, s, x, y) {
  const path = d3.area().defined((p) => known(p.low) && known(p.high)).x((p) => x(p.x)).y0((p) => y(p.low)).y1((p) => y(p.high));
  if (s.points.some((p) => known(p.low) && p.low !== p.high)) {
    g.append("path").attr("class", "band").attr("d", path(s.points)).style("fill", s.style.color);
  }
}

function curve(g, s, x, y, width) {
  const path = d3.line().defined((p) => known(p.y)).x((p) => x(p.x)).y((p) => y(p.y));
  g.append("path").attr("class", "curve").attr("d", path(s.points)).style("stroke", s.style.color).attr("stroke-dasharray", s.style.dash);
  const every = Math.max(1, Math.ceil(s.points.length / Math.max(4, Math.floor(width / 70))));
  s.points.filter((p, k) => known(p.y) && (k % every === 0 || k === s.points.length - 1))
    .forEach((p) => marker(g, s.style, x(p.x), y(p.y), 40));
}

/** Shows the values of all series at the x nearest to the pointer. */
function crosshair(svg, frame, x, y, series, options) {
  const line = frame.g.append("line").attr("class", "crosshair").attr("y1", 0).attr("y2", frame.height).attr("visibility", "hidden");
  const xs = [...new Set(series.flatMap((s) => s.points.map((p) => p.x)))].sort(d3.ascending);
  svg.on("pointermove", (event) => {
    const at = x.invert(d3.pointer(event, frame.g.node())[0]);
    const nearest = xs[d3.bisectCenter(xs, at)];
    line.attr("x1", x(nearest)).attr("x2", x(nearest)).attr("visibility", "visible");
    showTip(event.clientX, event.clientY, el("strong", {}, `${options.xName} ${nearest}`),
      series.map((s) => tipLine(s, nearest, options)));
  });
  svg.on("pointerleave", () => {
    line.attr("visibility", "hidden");
    hideTip();
  });
}

function tipLine(s, x, options) {
  const point = s.points.find((p) => p.x === x);
  return el("div", { class: "tip-line" }, swatch(s.style), `${s.label}: ${point ? options.tipFormat(point.y) : NONE}`);
}
