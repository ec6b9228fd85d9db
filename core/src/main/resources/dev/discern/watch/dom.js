// Elements, and tables that stay in place when their rows are replaced.

/** An element with attributes and children; null children are omitted. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  node.append(...children.flat().filter((child) => child !== null));
  return node;
}

/** Sets text only if it differs, so that a selection or a screen reader is not interrupted. */
export function say(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** A collapsible table. `update(rows)` fills it when it is open. */
export function tableDetails(caption, columns, attributes = {}) {
  const body = el("tbody");
  const node = el("details", {}, el("summary", {}, "Data as a table"),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Table: ${caption}` },
      el("table", attributes, el("caption", {}, caption),
        el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col" }, column)))), body)));
  let rows = [];
  const fill = () => {
    if (node.open) {
      body.replaceChildren(...rows.map(([head, ...cells]) =>
        el("tr", {}, el("th", { scope: "row" }, head), cells.map((cell) => el("td", {}, cell)))));
    }
  };
  node.addEventListener("toggle", fill);
  return { node, update: (fresh) => { rows = fresh; fill(); } };
}

/** A drawing that follows the width of its box: `draw(svg, width)` returns its height. */
export function plot(draw) {
  const svg = d3.create("svg").attr("role", "img");
  const node = el("div", { class: "plot" }, svg.node());
  const paint = () => {
    const width = Math.floor(node.clientWidth);
    if (width > 0) {
      svg.selectAll("*").remove();
      const size = draw(svg, width);
      svg.attr("viewBox", `0 0 ${size.width} ${size.height}`).attr("width", size.width).attr("height", size.height);
    }
  };
  let seen = 0;
  new ResizeObserver(() => {
    if (Math.floor(node.clientWidth) !== seen) {
      seen = Math.floor(node.clientWidth);
      paint();
    }
  }).observe(node);
  return { node, svg, paint };
}
