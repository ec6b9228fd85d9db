// Frames and axes.

/** The drawing area inside margins. */
function area(svg, width, height, margin) {
  const g = svg.append("g").attr("transform", `translate(${margin.left},${margin.top})`);
  return { g, left: margin.left, width: Math.max(40, width - margin.left - margin.right), height: height - margin.top - margin.bottom };
}

const MOST_TICKS = 8;

function ticksFor(width) {
  return Math.max(3, Math.min(MOST_TICKS, Math.floor(width / 70)));
}

function axisBottom({ g, width, height }, scale, { title, ticks, format, values, grid = false }) {
  const axis = d3.axisBottom(scale).ticks(ticks ?? ticksFor(width)).tickSizeOuter(0).tickPadding(6).tickSizeInner(grid ? -height : 4);
  const group = g.append("g").attr("class", grid ? "axis grid" : "axis").attr("transform", `translate(0,${height})`);
  group.call(withOptions(axis, format, values));
  if (title) {
    axisTitle(g, title, width / 2, height + 38, "middle");
  }
}

/** The title is above the axis and horizontal, so it is easy to read. */
function axisLeft({ g, left, width, height }, scale, { title, format, values, ticks }) {
  const axis = d3.axisLeft(scale).ticks(ticks ?? Math.max(3, Math.floor(height / 55))).tickSizeOuter(0).tickPadding(6).tickSizeInner(-width);
  g.append("g").attr("class", "axis grid").call(withOptions(axis, format, values)).call((a) => a.select(".domain").remove());
  if (title) {
    axisTitle(g, title, -left, -14, "start");
  }
}

function withOptions(axis, format, values) {
  if (format) {
    axis.tickFormat(format);
  }
  if (values) {
    axis.tickValues(values);
  }
  return axis;
}

function axisTitle(g, text, x, y, anchor) {
  return g.append("text").attr("class", "axis-title").attr("x", x).attr("y", y).attr("text-anchor", anchor).text(text);
}

/** Ticks of shares, in percent, with as many digits as the domain needs. */
function percentTicks(scale) {
  return (x) => number(100 * x, percentDigits(scale));
}

/** Ticks of differences of shares, in percentage points, with as many digits as the domain needs. */
function pointTicks(scale) {
  return (x) => signed(100 * x, percentDigits(scale));
}

// Enough to tell the ticks apart, of which no axis has more than MOST_TICKS.
function percentDigits(scale) {
  const [low, high] = scale.domain();
  return d3.precisionFixed(100 * d3.tickStep(low, high, MOST_TICKS));
}

/** A domain with padding at both ends; never empty, and never below 0 for non-negative values. */
function padded(values, share = 0.06) {
  const [low, high] = d3.extent(values.filter(known));
  if (low === undefined) {
    return [0, 1];
  }
  const air = (high - low) * share || Math.abs(low) * share || 0.01;
  return [low >= 0 ? Math.max(0, low - air) : low - air, high + air];
}
