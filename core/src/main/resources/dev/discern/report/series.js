// Styles of series: a color, and also a marker and a dash pattern, for readers who cannot see colors.

const PALETTE = 8;
const DASHES = [null, "7 3", "2 3", "9 3 2 3", "12 4", "4 2", "1 4", "9 3 2 3 2 3"];

const downwards = {
  draw(context, size) {
    const r = Math.sqrt(size / 2);
    context.moveTo(-r, -r * 0.8);
    context.lineTo(r, -r * 0.8);
    context.lineTo(0, r);
    context.closePath();
  },
};
const SHAPES = [d3.symbolCircle, d3.symbolSquare, d3.symbolTriangle, d3.symbolDiamond, downwards, d3.symbolCross, d3.symbolStar];

function styleOf(index, hollow = false) {
  return {
    color: `var(--s${(index % PALETTE) + 1})`,
    dash: DASHES[index % DASHES.length],
    shape: SHAPES[index % SHAPES.length],
    hollow,
  };
}

/** Controls are hollow. */
function lossStyle(loss) {
  return styleOf(losses.indexOf(loss), Boolean(loss.control));
}

const HUES = 12;
const CLASS_COLORS = d3.range(2 * HUES).map((k) => classColor(k));

/** Colors of neighboring classes differ in hue and lightness; each has a contrast of 3:1 against the page. */
function classColor(k) {
  const count = Math.min(2 * HUES, Math.max(classes.length, 1));
  const hue = 250 + (360 * k) / count;
  const second = k % 2;
  return `light-dark(${d3.hcl(hue, 62, second ? 57 : 38).formatHex()}, ${d3.hcl(hue, 52, second ? 64 : 82).formatHex()})`;
}

/** No two of 24 classes have the same color; colors and shapes together distinguish 168. */
function classStyle(index) {
  return { ...styleOf(index), color: CLASS_COLORS[index % CLASS_COLORS.length] };
}

function marker(parent, style, x, y, size = 48) {
  return parent
    .append("path")
    .attr("class", "marker")
    .attr("transform", `translate(${x},${y})`)
    .attr("d", d3.symbol(style.shape, size)())
    .style("fill", style.hollow ? "var(--page)" : style.color)
    .style("stroke", style.color);
}

function swatch(style, { line = true, mark = true } = {}) {
  const svg = d3.create("svg").attr("class", "swatch").attr("width", line ? 34 : 14).attr("height", 14).attr("aria-hidden", "true");
  if (line) {
    svg.append("line").attr("x1", 1).attr("x2", 33).attr("y1", 7).attr("y2", 7).attr("class", "curve")
      .style("stroke", style.color).attr("stroke-dasharray", style.dash);
  }
  if (mark) {
    marker(svg, style, line ? 17 : 7, 7, 40);
  }
  return svg.node();
}

function legend(entries) {
  return el("ul", { class: "legend" }, entries.map(({ label, picture }) => el("li", {}, picture, label)));
}

function lossLegend(shown, options) {
  return shown.length < 2
    ? null
    : legend(shown.map((loss) => ({ label: lossLabel(loss), picture: swatch(lossStyle(loss), options) })));
}

function lossLabel(loss) {
  return loss.control ? `${loss.name} (control)` : loss.name;
}
