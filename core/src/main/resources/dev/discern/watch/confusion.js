// The confusion matrix of the last validation, the most confused pairs, and the data as a table.
import { el, plot, say, tableDetails } from "./dom.js";
import { count, percent } from "./format.js";

const MANY = 40; // number of classes above which only those with the most errors are drawn

/** The confusion figure; `update(confusion)` takes confusion.json, or null while there is none. */
export function confusionFigure(box) {
  const model = { confusion: null };
  const caption = el("p", { class: "quiet" });
  const readout = el("p", { class: "readout" });
  const pairs = el("ol", { class: "pairs" });
  const drawing = plot((svg, width) => draw(svg, width, model));
  const table = tableDetails("Misclassified images", ["True class", "Predicted", "Images", "Share of the true class"], { class: "words" });
  box.append(caption, el("figure", { class: "beside" },
    el("div", {}, drawing.node, readout),
    el("figcaption", {}, el("h3", {}, "Most frequent confusions"), pairs, table.node)));
  point(drawing.svg, model, readout);
  return {
    update: (confusion) => {
      model.confusion = confusion && prepare(confusion);
      say(caption, words(model.confusion));
      const wrong = model.confusion?.wrong ?? [];
      pairs.replaceChildren(...wrong.slice(0, 8).map((cell) => el("li", {}, sentence(model.confusion, cell))));
      table.update(wrong.map(([t, p, n]) => [model.confusion.classes[t], model.confusion.classes[p], count(n), percent(n / model.confusion.sums[t], 1)]));
      box.lastElementChild.hidden = !model.confusion;
      drawing.svg.attr("aria-label", `Confusion matrix. ${words(model.confusion)}`);
      drawing.paint();
    },
  };
}

function prepare({ epoch, classes, cells }) {
  const sums = classes.map(() => 0);
  const errors = classes.map(() => 0);
  cells.forEach(([t, p, n]) => {
    sums[t] += n;
    if (t !== p) {
      errors[t] += n;
      errors[p] += n;
    }
  });
  const wrong = d3.sort(cells.filter(([t, p]) => t !== p), ([, , n]) => -n);
  const worst = new Set(d3.sort(d3.range(classes.length), (k) => -errors[k]).slice(0, MANY));
  return {
    epoch, classes, cells, sums, wrong,
    shown: d3.range(classes.length).filter((k) => worst.has(k)),
    most: d3.max(wrong, ([t, , n]) => n / sums[t]) || 1,
  };
}

function words(confusion) {
  if (!confusion) {
    return "There has been no validation yet.";
  }
  const images = d3.sum(confusion.sums);
  const wrong = d3.sum(confusion.wrong, ([, , n]) => n);
  const part = confusion.shown.length < confusion.classes.length ? ` The ${MANY} classes with the most errors are drawn.` : "";
  return `After epoch ${confusion.epoch}, ${count(wrong)} of ${count(images)} validation images are misclassified. Rows are true classes, columns predictions.${part}`;
}

function sentence({ classes, sums }, [t, p, n]) {
  const what = t === p ? `${classes[t]} recognized` : `${classes[t]} mistaken for ${classes[p]}`;
  return `${what}: ${count(n)} of ${count(sums[t])} (${percent(n / sums[t], 1)})`;
}

function draw(svg, width, model) {
  if (!model.confusion) {
    return { width, height: 0 };
  }
  const { classes, shown, cells, sums, most } = model.confusion;
  const n = shown.length;
  const names = shown.map((k) => (classes[k].length > 14 ? `${classes[k].slice(0, 13)}…` : classes[k]));
  const label = 12 + (n > 20 ? 5 : 7) * d3.max(names, (name) => name.length);
  const margin = { left: label + 20, top: label + 20 };
  const cell = Math.max(7, Math.min(42, (width - margin.left - 4) / n));
  const place = new Map(shown.map((k, at) => [k, at]));
  const g = svg.append("g").attr("class", "matrix").attr("transform", `translate(${margin.left},${margin.top})`);
  model.geometry = { margin, cell };
  labels(g, names, cell);
  svg.append("text").attr("class", "axis-title").attr("x", margin.left).attr("y", 12).text("predicted class");
  svg.append("text").attr("class", "axis-title").attr("transform", `translate(12,${margin.top}) rotate(-90)`).attr("text-anchor", "end").text("true class");
  g.append("rect").attr("class", "cell").attr("width", n * cell).attr("height", n * cell).style("fill", "none");
  cells.filter(([t, p]) => place.has(t) && place.has(p)).forEach(([t, p, images]) => {
    const [row, column] = [place.get(t), place.get(p)];
    const share = images / sums[t];
    g.append("rect").attr("class", t === p ? "cell right" : "cell").attr("x", column * cell).attr("y", row * cell).attr("width", cell).attr("height", cell)
      .style("fill-opacity", t === p ? 0.1 + 0.3 * share : 0.12 + 0.55 * Math.sqrt(share / most));
    if (cell >= 20) {
      g.append("text").attr("x", (column + 0.5) * cell).attr("y", (row + 0.5) * cell).attr("dy", "0.35em").attr("text-anchor", "middle").text(images > 999 && cell < 34 ? d3.format(".1s")(images) : images);
    }
  });
  return { width: Math.ceil(margin.left + n * cell + 4), height: Math.ceil(margin.top + n * cell + 4) };
}

function labels(g, names, cell) {
  const size = `${Math.min(12, Math.max(7, cell - 1))}px`;
  const upright = d3.max(names, (name) => name.length) <= 2;
  names.forEach((name, at) => {
    const middle = (at + 0.5) * cell;
    g.append("text").attr("x", -7).attr("y", middle).attr("dy", "0.35em").attr("text-anchor", "end").style("font-size", size).text(name);
    g.append("text").attr("transform", `translate(${middle},-7)${upright ? "" : " rotate(-90)"}`).attr("dy", upright ? 0 : "0.35em").attr("text-anchor", upright ? "middle" : "start").style("font-size", size).text(name);
  });
}

/** Describes the cell under the pointer in words. */
function point(svg, model, readout) {
  svg.on("pointermove", (event) => {
    if (!model.confusion) {
      return;
    }
    const { margin, cell } = model.geometry;
    const [x, y] = d3.pointer(event, svg.node());
    const [p, t] = [Math.floor((x - margin.left) / cell), Math.floor((y - margin.top) / cell)].map((at) => model.confusion.shown[at]);
    const found = p === undefined || t === undefined ? null : model.confusion.cells.find((c) => c[0] === t && c[1] === p) ?? [t, p, 0];
    say(readout, found ? sentence(model.confusion, found) : "");
  });
  svg.on("pointerleave", () => say(readout, ""));
}
