// Curves over epochs: figures that are created once and redrawn on updates.
import { el, plot, tableDetails } from "./dom.js";
import { count, fixed, known, percent, rate } from "./format.js";

const TRAIN = { color: "orange", dash: true };
const VALIDATION = { color: "blue", dash: false };

const FIGURES = [
  { id: "loss", title: "Loss", yTitle: "mean loss", wide: "mean loss, logarithmic", format: (x) => fixed(x, 4), series: [
    { name: "training", ...TRAIN, value: (line) => line.train?.loss },
    { name: "validation", ...VALIDATION, value: (line) => line.validation?.loss }] },
  { id: "accuracy", title: "Accuracy", yTitle: "top-1, % of images", top: 1, format: (x) => percent(x), tick: (x) => String(Number((100 * x).toPrecision(6))), series: [
    { name: "training", ...TRAIN, value: (line) => line.train?.top1 },
    { name: "validation", ...VALIDATION, value: (line) => line.validation?.top1 }], score: "top1" },
  { id: "map", title: "Mean average precision", yTitle: "mAP, %", top: 1, format: (x) => percent(x), tick: (x) => String(Number((100 * x).toPrecision(6))), series: [
    { name: "validation", ...VALIDATION, value: (line) => line.validation?.mAP }], score: "mAP" },
  { id: "rate", title: "Learning rate", yTitle: "rate of the last step", zero: true, format: rate, series: [
    { name: "learning rate", ...VALIDATION, value: (line) => line.lr }] },
  { id: "speed", title: "Throughput", yTitle: "training images per second", zero: true, format: count, series: [
    { name: "images per second", ...VALIDATION, value: (line) => line.imagesPerSecond }] },
];

/** All curve figures; `update(lines, score)` takes the metrics and the name of the score that judges the run. */
export function curves(box) {
  const all = FIGURES.map(curveFigure);
  box.append(...all.map((one) => one.node));
  return {
    update: (lines, score) => all.forEach((one) => one.update(lines, score)),
    live: (point) => all[0].live(point),
  };
}

function curveFigure(spec) {
  const model = { spec, lines: [], live: null, hovered: null };
  const legend = el("ul", { class: "legend" });
  const drawing = plot((svg, width) => draw(svg, width, model));
  const table = tableDetails(spec.title, ["Epoch", ...spec.series.map((s) => s.name)]);
  const node = el("figure", { id: spec.id }, el("figcaption", {}, el("h3", {}, spec.title)), legend, drawing.node, table.node);
  const show = () => {
    drawing.paint();
    fillLegend(legend, model);
    drawing.svg.attr("aria-label", words(model));
  };
  follow(drawing.svg, model, show);
  return {
    node,
    update: (lines, score) => {
      model.lines = lines;
      node.hidden = Boolean(spec.score) && spec.score !== (score ?? "top1");
      table.update(d3.reverse(lines).map((line) => [String(line.epoch), ...spec.series.map((s) => spec.format(s.value(line)))]));
      show();
    },
    live: (point) => {
      model.live = point;
      show();
    },
  };
}

/** Shows the values of the epoch nearest to the pointer. */
function follow(svg, model, show) {
  const hover = (epoch) => {
    if (epoch !== model.hovered) {
      model.hovered = epoch;
      show();
    }
  };
  svg.on("pointermove", (event) => {
    const { x, left } = model.geometry ?? {};
    if (x && model.lines.length) {
      const wanted = x.invert(d3.pointer(event, svg.node())[0] - left);
      hover(d3.least(model.lines, (line) => Math.abs(line.epoch - wanted)).epoch);
    }
  });
  svg.on("pointerleave", () => hover(null));
}

function shownLine({ lines, hovered }) {
  return lines.find((line) => line.epoch === hovered) ?? lines.at(-1);
}

function fillLegend(legend, model) {
  const line = shownLine(model);
  legend.replaceChildren(
    ...model.spec.series.map((s) => el("li", {}, swatch(s), `${s.name} ${line ? model.spec.format(s.value(line)) : ""}`)),
    el("li", { class: "at" }, line ? `epoch ${line.epoch}` : ""));
}

function swatch(series) {
  const svg = d3.create("svg").attr("width", 24).attr("height", 10).attr("aria-hidden", "true");
  svg.append("path").attr("class", curveClass(series)).attr("d", "M0,5H24");
  return svg.node();
}

function curveClass({ color, dash }) {
  return `curve ${color}${dash ? " dashed" : ""}`;
}

function words({ spec, lines }) {
  const line = lines.at(-1);
  return line
    ? `${spec.title} over ${lines.length} epochs. At epoch ${line.epoch}: ${spec.series.map((s) => `${s.name} ${spec.format(s.value(line))}`).join(", ")}.`
    : `${spec.title}: no epoch has finished yet.`;
}

function draw(svg, width, model) {
  const { spec, lines, live } = model;
  const height = width < 480 ? 240 : 270;
  const margin = { top: 30, right: 14, bottom: 44, left: 54 };
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  const g = svg.append("g").attr("transform", `translate(${margin.left},${margin.top})`);
  const last = Math.max(lines.at(-1)?.epoch ?? 0, live?.x ?? 0);
  const x = d3.scaleLinear([last <= 1 ? 0 : 1, Math.max(1, last)], [0, inner.width]);
  const scale = vertical(model, inner.height);
  const { y } = scale;
  model.geometry = { x, left: margin.left };
  axes(svg, g, x, scale, inner);
  spec.series.forEach((s) => curve(g, s, lines, x, y));
  if (live) {
    g.append("circle").attr("class", "live orange").attr("cx", x(live.x)).attr("cy", y(live.loss)).attr("r", 4);
  }
  if (!lines.length && !live) {
    g.append("text").attr("class", "empty").attr("x", inner.width / 2).attr("y", inner.height / 2).attr("text-anchor", "middle").text("No epoch has finished yet");
  }
  if (model.hovered !== null && shownLine(model)?.epoch === model.hovered) {
    g.append("line").attr("class", "crosshair").attr("x1", x(model.hovered)).attr("x2", x(model.hovered)).attr("y2", inner.height);
  }
  return { width, height };
}

/** The vertical scale with its title; logarithmic if a curve starts so high that its end would look flat. */
function vertical(model, height) {
  const { spec } = model;
  const [low, high] = d3.extent(valuesOf(model));
  if (spec.wide && low > 0 && high / low > 8) {
    const y = d3.scaleLog([low / 1.05, high * 1.05], [height, 0]);
    return { y, title: spec.wide, values: y.ticks().filter((tick) => "125".includes(String(tick).replace(/[0.]/g, ""))), tick: d3.format("~g") };
  }
  return { y: d3.scaleLinear(domain(spec, low, high), [height, 0]).nice(5), title: spec.yTitle, values: null, tick: spec.tick ?? null };
}

function valuesOf({ spec, lines, live }) {
  const points = lines.flatMap((line) => spec.series.map((s) => s.value(line)));
  return [...points, live?.loss].filter(known);
}

function domain(spec, low, high) {
  if (low === undefined) {
    return [0, 1];
  }
  const air = 0.05 * (high - low) || 0.05 * Math.abs(high) || 0.5;
  const bottom = spec.zero ? 0 : low >= 0 ? Math.max(0, low - air) : low - air;
  return [bottom, spec.top ? Math.min(spec.top, high + air) : high + air];
}

function axes(svg, g, x, { y, title, values, tick }, { width, height }) {
  const left = d3.axisLeft(y).ticks(5).tickValues(values).tickFormat(tick).tickSize(-width).tickPadding(6);
  g.append("g").attr("class", "axis grid").call(left).call((a) => a.select(".domain").remove());
  const epochs = x.ticks(Math.max(2, Math.floor(width / 60))).filter(Number.isInteger);
  g.append("g").attr("class", "axis").attr("transform", `translate(0,${height})`)
    .call(d3.axisBottom(x).tickValues(epochs).tickSizeOuter(0).tickPadding(6).tickFormat(d3.format("d")));
  svg.append("text").attr("class", "axis-title").attr("x", 0).attr("y", 14).text(title);
  g.append("text").attr("class", "axis-title").attr("x", width / 2).attr("y", height + 38).attr("text-anchor", "middle").text("epoch");
}

function curve(g, series, lines, x, y) {
  const points = lines.map((line) => [line.epoch, series.value(line)]);
  const path = d3.line().defined((p) => known(p[1])).x((p) => x(p[0])).y((p) => y(p[1]));
  g.append("path").attr("class", curveClass(series)).attr("d", path(points));
  if (points.length <= 40) {
    g.selectAll(null).data(points.filter((p) => known(p[1]))).join("circle").attr("class", `point ${series.color}`).attr("cx", (p) => x(p[0])).attr("cy", (p) => y(p[1])).attr("r", 2.5);
  }
}
