// Rows of dots with intervals: figures per loss, differences per pair, changes per pair of classes.

const LEAST_PLOT = 240; // pixels

/**
 * @param items each {label, sub, style, mean, low, high, points, text, note}; an item without a mean shows its note instead
 * @param options title and format of the axis, zero: whether to draw a line at 0, heading of the numbers on the right
 */
function intervalRows(svg, width, items, options) {
  const labels = d3.max(items, (i) => Math.max(textWidth(i.label), textWidth(i.sub ?? "", 12))) + 22;
  const numbers = d3.max(items, (i) => (i.text ? textWidth(i.text) + 24 : 18));
  const wide = width - labels - numbers >= LEAST_PLOT; // else labels are above their rows
  const pitch = rowPitch(items, wide, width);
  const margin = { top: options.heading && wide ? 26 : 10, right: wide ? numbers : 14, bottom: 48, left: wide ? labels : 14 };
  const height = margin.top + items.length * pitch + margin.bottom;
  const frame = area(svg, width, height, margin);
  const x = d3.scaleLinear(intervalDomain(items, options.zero), [0, frame.width]).nice(5);
  axisBottom(frame, x, { title: options.title, format: options.format(x), grid: true, ticks: ticksFor(frame.width) });
  if (options.zero) {
    frame.g.append("line").attr("class", "zero").attr("x1", x(0)).attr("x2", x(0)).attr("y1", 0).attr("y2", frame.height);
  }
  if (options.heading && wide) {
    frame.g.append("text").attr("class", "row-number heading").attr("x", frame.width + margin.right).attr("y", -12).attr("text-anchor", "end").text(options.heading);
  }
  items.forEach((item, k) => intervalRow(frame, x, item, k * pitch, pitch, wide, margin));
  return height;
}

function rowPitch(items, wide, width) {
  if (!wide) {
    return items.some((i) => takesTwoLines(i, width)) ? 70 : 52;
  }
  return items.some((i) => i.sub) ? 44 : items.length > 10 ? 27 : 34;
}

function intervalDomain(items, zero) {
  const values = items.flatMap((i) => (known(i.mean) ? [i.mean, i.low, i.high, ...(i.points ?? [])] : []));
  return padded(zero ? [...values, 0] : values);
}

function intervalRow(frame, x, item, top, pitch, wide, margin) {
  const row = frame.g.append("g").attr("class", "row");
  const y = top + (wide ? pitch / 2 : pitch - 16);
  rowLabel(row, item, wide ? -14 : -margin.left + 2, wide ? y : top + 14, wide ? "end" : "start", frame.width + margin.left + margin.right);
  if (!known(item.mean)) {
    row.append("text").attr("class", "row-note").attr("x", 6).attr("y", y).attr("dy", "0.35em").text(item.note ?? "no value");
    return;
  }
  drawInterval(row, x, item, y);
  if (wide && item.text) {
    row.append("text").attr("class", "row-number").attr("x", frame.width + margin.right).attr("y", y).attr("dy", "0.35em").attr("text-anchor", "end").text(item.text);
  }
}

/** Whether a label above its row is too long for one line. */
function takesTwoLines(item, width) {
  return Boolean(item.sub) && textWidth(`${item.label} ${item.sub}`) > width - 8;
}

function rowLabel(row, item, x, y, anchor, width) {
  const text = row.append("text").attr("class", "row-label").attr("x", x).attr("y", y).attr("text-anchor", anchor);
  if (anchor === "start" && !takesTwoLines(item, width)) {
    text.text(item.sub ? `${item.label} ${item.sub}` : item.label);
    return;
  }
  const first = anchor === "start" ? "0" : item.sub ? "-0.25em" : "0.35em";
  text.append("tspan").attr("x", x).attr("dy", first).text(item.label);
  if (item.sub) {
    text.append("tspan").attr("class", "row-sub").attr("x", x).attr("dy", "1.2em").text(item.sub);
  }
}

function drawInterval(row, x, item, y) {
  if (known(item.low) && known(item.high)) {
    row.append("line").attr("class", "whisker").attr("x1", x(item.low)).attr("x2", x(item.high)).attr("y1", y).attr("y2", y).style("stroke", item.style.color);
    for (const end of [item.low, item.high]) {
      row.append("line").attr("class", "whisker").attr("x1", x(end)).attr("x2", x(end)).attr("y1", y - 5).attr("y2", y + 5).style("stroke", item.style.color);
    }
  }
  for (const point of (item.points ?? []).filter(known)) {
    row.append("circle").attr("class", "seed").attr("cx", x(point)).attr("cy", y + 9).attr("r", 2.6).style("fill", item.style.color);
  }
  marker(row, item.style, x(item.mean), y, 84);
}

const ruler = document.createElement("canvas").getContext("2d");

/** The width of a chart's text, in pixels. */
function textWidth(text, size = 13) {
  ruler.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text).width;
}
