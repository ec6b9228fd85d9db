// Small multiples: one panel per loss, all with the same axes.

const PANEL_GAP = 28;
const MOST_COLUMNS = 3; // narrower panels would truncate the names of losses that differ only in the last parameter

/**
 * @param draw (frame, item) → draws one panel; frame has g, width and height
 */
function panels(svg, width, items, { xTitle, yTitle, draw, ratio = 0.85, least = 230 }) {
  const columns = Math.max(1, Math.min(items.length, Math.floor((width + PANEL_GAP) / (least + PANEL_GAP)), MOST_COLUMNS));
  const left = 46;
  const most = columns === 1 ? 440 : 400;
  const inner = Math.min(most, (width - columns * left - (columns - 1) * 14 - 8) / columns);
  const tall = inner * ratio;
  const pitch = { x: inner + left + 14, y: tall + 70 };
  items.forEach((item, k) => {
    const at = { x: (k % columns) * pitch.x + left, y: Math.floor(k / columns) * pitch.y + 52 };
    const g = svg.append("g").attr("class", "panel").attr("transform", `translate(${at.x},${at.y})`);
    g.append("text").attr("class", "panel-title").attr("x", 0).attr("y", -12).text(clipped(item.name, Math.floor(inner / 6.6)));
    draw({ g, width: inner, height: tall }, item);
  });
  const rows = Math.ceil(items.length / columns);
  const height = rows * pitch.y + 38;
  axisTitle(svg, yTitle, 6, 16, "start");
  axisTitle(svg, xTitle, left + ((columns - 1) * pitch.x + inner) / 2, height - 8, "middle");
  return height;
}
