// The confusion matrix. Cells are not in the tab order; instead, arrow keys move one cursor over them.

const HEAT_PADDING = 2; // of the box, in pixels, for the cursor's outline
const MANY = 30; // number of classes above which only the most confused ones are shown at first

function rowSums(confusion) {
  return confusion.map((row) => d3.sum(row));
}

const SORTS = {
  index: { label: "by index", order: (loss, n) => d3.range(n) },
  similarity: { label: "by similarity", order: (loss, n) => (data.order?.length === n ? data.order : d3.range(n)) },
  error: { label: "by error", order: (loss, n) => d3.sort(d3.range(n), (k) => -errorRate(loss, k), (k) => k) },
};

function errorRate(loss, k) {
  const sum = d3.sum(loss.confusion[k]);
  return sum === 0 ? 0 : 1 - loss.confusion[k][k] / sum;
}

function heatmapView({ loss: name, sort, show, extent }) {
  const loss = lossNamed(name);
  const order = chosenClasses(loss, sort, extent);
  const panel = el("div", { class: "cell-panel", "aria-live": "polite" });
  const model = { loss, order, show, sums: rowSums(loss.confusion), most: mostConfusion(loss), cursor: worstCell(loss, order), panel };
  const node = figure({
    title: `Confusion, ${lossLabel(loss)}`,
    caption: `Rows are true classes, columns predictions; the stronger the color off the diagonal, the more images are misclassified${seedsOf(loss) > 1 ? `, summed over ${seedsOf(loss)} seeds` : ""}.`,
    legend: heatLegend(model),
    draw: (svg, width) => drawHeatmap(svg, width, model),
    plot: { class: "plot heat" },
    [order.length > MANY ? "below" : "side"]: panel,
    table: confusionTable(model),
  });
  makeNavigable(node.querySelector(".plot"), model);
  showCell(model);
  return node;
}

function chosenClasses(loss, sort, extent) {
  const n = loss.confusion.length;
  const order = SORTS[sort].order(loss, n);
  if (extent === "all") {
    return order;
  }
  const worst = new Set(SORTS.error.order(loss, n).slice(0, MANY));
  return order.filter((k) => worst.has(k));
}

function share(model, row, column) {
  return model.sums[row] === 0 ? 0 : model.loss.confusion[row][column] / model.sums[row];
}

function mostConfusion(loss) {
  const sums = rowSums(loss.confusion);
  return d3.max(loss.confusion, (row, r) => d3.max(row, (v, c) => (r === c || sums[r] === 0 ? 0 : v / sums[r]))) || 1;
}

/** The position, in display order, of the cell with the most confused images. */
function worstCell(loss, order) {
  let best = { row: 0, column: Math.min(1, order.length - 1), images: -1 };
  order.forEach((r, row) => order.forEach((c, column) => {
    if (r !== c && loss.confusion[r][c] > best.images) {
      best = { row, column, images: loss.confusion[r][c] };
    }
  }));
  return { row: best.row, column: best.column };
}

function drawHeatmap(svg, width, model) {
  const n = model.order.length;
  const clip = width < 520 ? 12 : 20;
  const label = Math.max(...model.order.map((k) => textWidth(clipped(className(k), clip), 12))) + 10;
  const margin = { top: label * (n > 15 ? 1 : 0.8) + 30, left: label + 20 };
  const room = width - 2 * HEAT_PADDING;
  const right = n > 15 ? 12 : Math.max(14, label * 0.72 - 4); // the last slanted label extends beyond the matrix
  const cell = Math.min(58, Math.max(n > MANY ? 9 : 16, (room - margin.left - right) / n));
  const size = { width: margin.left + n * cell + right, height: margin.top + n * cell + 8 };
  const g = svg.append("g").attr("transform", `translate(${margin.left},${margin.top})`);
  model.geometry = { g, cell, margin, size };
  g.append("rect").attr("class", "heat-ground").attr("width", n * cell).attr("height", n * cell);
  model.order.forEach((row, r) => model.order.forEach((column, c) => drawCell(g, model, row, column, r, c, cell, n)));
  drawLabels(g, model, cell, clip);
  axisTitle(svg, "predicted class", margin.left, 14, "start");
  axisTitle(svg, "true class", 0, 0, "end").attr("transform", `translate(12,${margin.top}) rotate(-90)`);
  g.append("rect").attr("class", "heat-cursor").attr("width", cell).attr("height", cell);
  moveCursor(model);
  return size;
}

function drawCell(g, model, row, column, r, c, cell, n) {
  const images = model.loss.confusion[row][column];
  if (n > MANY && images === 0) {
    return; // an empty cell shows the background
  }
  const part = share(model, row, column);
  const rect = g.append("rect").attr("class", row === column ? "heat-cell right" : "heat-cell")
    .attr("data-true", row).attr("data-predicted", column)
    .attr("x", c * cell).attr("y", r * cell).attr("width", cell).attr("height", cell);
  rect.style("fill-opacity", row === column ? 0.1 + 0.35 * part : images === 0 ? 0 : 0.05 + 0.7 * Math.sqrt(part / model.most));
  if (cell >= 30 && images > 0) {
    g.append("text").attr("class", "heat-value").attr("x", (c + 0.5) * cell).attr("y", (r + 0.5) * cell).attr("dy", "0.35em").style("font-size", cell < 40 ? "10px" : null)
      .text(model.show === "counts" ? d3.format(images > 9999 ? ".2s" : "d")(images) : shareText(part, cell));
  }
}

function shareText(part, cell) {
  return part < 0.0005 ? "<0.1" : number(100 * part, cell < 36 && part >= 0.1 ? 0 : 1);
}

function drawLabels(g, model, cell, clip) {
  const size = `${Math.min(12, Math.max(8, cell - 1))}px`;
  const steep = model.order.length > 15;
  model.order.forEach((k, place) => {
    const middle = (place + 0.5) * cell;
    g.append("text").attr("class", "heat-label row-name").attr("x", -8).attr("y", middle).attr("dy", "0.35em").attr("text-anchor", "end").style("font-size", size).text(clipped(className(k), clip));
    g.append("text").attr("class", "heat-label column-name").attr("transform", `translate(${middle},-8) rotate(${steep ? -90 : -45})`).attr("dy", "0.3em").style("font-size", size).text(clipped(className(k), clip));
  });
}

function moveCursor({ geometry: { g, cell }, cursor }) {
  g.select(".heat-cursor").attr("x", cursor.column * cell).attr("y", cursor.row * cell);
}

function cellWords(model, { row, column }) {
  const [r, c] = [model.order[row], model.order[column]];
  const images = model.loss.confusion[r][c];
  const what = r === c ? `${className(r)} recognized` : `${className(r)} mistaken for ${className(c)}`;
  return `${what}: ${count(images)} of ${count(model.sums[r])} (${percent(share(model, r, c), 1)})`;
}

function showCell(model) {
  const [r, c] = [model.order[model.cursor.row], model.order[model.cursor.column]];
  const images = confusedImages(model.loss, r, c);
  const none = r === c ? "The page contains pictures of confused images only." : model.loss.confusion[r][c] === 0 ? "There are no images in this cell." : "The page contains no pictures for this cell.";
  model.panel.dataset.cell = `${r},${c}`;
  model.panel.replaceChildren(
    el("p", {}, el("strong", {}, cellWords(model, model.cursor))),
    images.length ? thumbs(images, `${className(r)} mistaken for ${className(c)}`) : el("p", { class: "quiet" }, none),
  );
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function makeNavigable(plot, model) {
  plot.tabIndex = 0;
  plot.setAttribute("role", "application");
  plot.setAttribute("aria-label", `Confusion matrix, ${lossLabel(model.loss)}. Use the arrow keys to move between cells and Enter to show the images of a cell.`);
  const last = model.order.length - 1;
  const go = (row, column) => {
    model.cursor = { row: Math.max(0, Math.min(last, row)), column: Math.max(0, Math.min(last, column)) };
    moveCursor(model);
  };
  plot.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      go(model.cursor.row + step[0], model.cursor.column + step[1]);
      model.geometry.g.select(".heat-cursor").node().scrollIntoView({ block: "nearest", inline: "nearest" });
      announce(cellWords(model, model.cursor));
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      showCell(model);
    }
  });
  plot.addEventListener("click", (event) => withCell(event, model, (row, column) => {
    go(row, column);
    showCell(model);
  }));
  plot.addEventListener("pointermove", (event) =>
    withCell(event, model, (row, column) => showTip(event.clientX, event.clientY, cellWords(model, { row, column })), hideTip));
  plot.addEventListener("pointerleave", hideTip);
}

function withCell(event, { geometry: { g, cell }, order }, found, missed = () => {}) {
  const [x, y] = d3.pointer(event, g.node()).map((v) => Math.floor(v / cell));
  if (x >= 0 && y >= 0 && x < order.length && y < order.length) {
    found(y, x);
  } else {
    missed();
  }
}

function heatLegend(model) {
  const steps = [0, 0.1, 0.3, 0.6, 1].map((t) => {
    const svg = d3.create("svg").attr("class", "swatch").attr("width", 22).attr("height", 14).attr("aria-hidden", "true");
    svg.append("rect").attr("class", "heat-cell").attr("width", 22).attr("height", 14).style("fill-opacity", t === 0 ? 0 : 0.05 + 0.7 * Math.sqrt(t));
    return { label: percent(t * model.most, 1), picture: svg.node() };
  });
  return el("div", { class: "heat-legend" }, el("span", {}, "Share of the true class:"), legend(steps));
}

/** A matrix if it is small enough to read, else a list of the cells with confused images. */
function confusionTable({ loss, order, sums }) {
  if (order.length <= MANY && loss.confusion.length <= MANY) {
    return {
      columns: ["True class", ...order.map((k) => `as ${className(k)}`), "Images"],
      rows: order.map((r) => [className(r), ...order.map((c) => count(loss.confusion[r][c])), count(sums[r])]),
    };
  }
  const cells = order.flatMap((r) => order.filter((c) => c !== r && loss.confusion[r][c] > 0).map((c) => [r, c]));
  return {
    columns: ["True class", "Predicted", "Images", "Share of the true class, %"],
    rows: d3.sort(cells, ([r, c]) => -loss.confusion[r][c])
      .map(([r, c]) => [className(r), className(c), count(loss.confusion[r][c]), percentOf(loss.confusion[r][c] / sums[r])]),
  };
}
