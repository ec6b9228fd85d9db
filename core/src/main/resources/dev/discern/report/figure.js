// A figure: a title, a caption, the drawing, and the same data as a table.

const drawings = new WeakMap();
const PRINT_WIDTH = 680; // an A4 page within its margins, in CSS pixels
const LONG_TABLE = 80; // rows above which a table is built only when opened, and is not printed

const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (drawings.get(target)?.width !== Math.floor(target.clientWidth)) {
      paint(target);
    }
  }
});

function paint(plot, forced) {
  const drawing = drawings.get(plot);
  const width = Math.floor(forced ?? plot.clientWidth);
  if (!drawing || width < 1) {
    return;
  }
  drawing.width = width;
  const svg = d3.select(plot).select("svg");
  svg.selectAll("*").remove();
  const size = drawing.draw(svg, width);
  const height = size.height ?? size;
  const drawn = size.width ?? width;
  svg.attr("viewBox", `0 0 ${drawn} ${height}`).attr("width", drawn).attr("height", height);
}

/** Draws the plots below a node; reads all widths before it changes anything. */
function paintAll(root, forced) {
  const plots = [...root.querySelectorAll(".plot")];
  const widths = plots.map((plot) => forced ?? plot.clientWidth);
  plots.forEach((plot, k) => {
    paint(plot, widths[k]);
    resized.observe(plot);
  });
}

/** A drawing that follows the width of its box. */
function plot(label, draw, attributes = {}) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const box = el("div", { class: "plot", ...attributes }, svg);
  drawings.set(box, { draw, width: 0 });
  return box;
}

/**
 * @param spec title, caption, draw(svg, width) → height, table {columns, rows}, and perhaps id,
 *     legend, below, side (nodes) and plot (attributes of the drawing's box)
 */
function figure(spec) {
  const drawing = plot(`${spec.title}. ${spec.caption}`, spec.draw, spec.plot);
  return el(
    "figure",
    { class: "figure", id: spec.id },
    el("figcaption", {}, el("h3", {}, spec.title), el("p", {}, spec.caption)),
    spec.legend,
    spec.side ? el("div", { class: "beside" }, drawing, spec.side) : drawing,
    spec.below,
    tableDetails(spec.title, spec.table),
  );
}

function tableDetails(title, table) {
  const long = table.rows.length > LONG_TABLE;
  const details = el("details", { class: long ? "data long" : "data" },
    el("summary", {}, long ? `Data as a table, ${count(table.rows.length)} rows` : "Data as a table"));
  const fill = () => details.childElementCount === 1 && details.append(scrollTable(title, table));
  if (long) {
    details.addEventListener("toggle", fill);
  } else {
    fill();
  }
  return details;
}

/** A table that scrolls within its box if the page is narrow. */
function scrollTable(caption, { columns, rows, head = true }) {
  return scrollBox(caption,
    el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col" }, column)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, k) =>
      k === 0 && head ? el("th", { scope: "row" }, cell) : el("td", {}, cell))))));
}

/** The box of a table. While a part of it is cut off, the box says so, and a shadow marks the edge. */
function scrollBox(caption, ...parts) {
  const box = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Table: ${caption}` },
    el("table", {}, el("caption", {}, caption), parts));
  box.addEventListener("scroll", () => markCut(box), { passive: true });
  boxes.observe(box);
  return box;
}

const boxes = new ResizeObserver((entries) => entries.forEach(({ target }) => markCut(target)));

function markCut(box) {
  const hidden = box.scrollWidth - box.clientWidth;
  box.classList.toggle("wide", hidden > 1);
  box.classList.toggle("more", hidden > 1 && box.scrollLeft < hidden - 1);
}
