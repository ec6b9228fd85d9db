// The features of test images, projected to two dimensions.

function mapSection() {
  const shown = losses.filter((loss) => loss.map?.pca?.length || loss.map?.tsne?.length);
  if (shown.length === 0) {
    return null;
  }
  const kinds = [{ key: "tsne", label: "t-SNE" }, { key: "pca", label: "PCA" }].filter(({ key }) => shown.some((loss) => loss.map[key]?.length));
  return [
    el("p", {}, "Each mark is a test image, positioned by the features that the network computes for it. PCA is a linear projection; t-SNE preserves neighborhoods, and its distances between groups are not meaningful."),
    chooser([lossChoice(shown), { name: "kind", label: "Projection", options: kinds }], ({ loss, kind }) => {
      const chosen = lossNamed(loss);
      return mapView(chosen, chosen.map[kind]?.length ? kind : Object.keys({ tsne: 1, pca: 1 }).find((k) => chosen.map[k]?.length));
    }),
  ];
}

function mapView(loss, kind) {
  const model = { loss, kind, points: mapPoints(loss.map, kind), active: 0, only: null };
  const node = figure({
    title: `Map of the test images by ${kind === "pca" ? "PCA" : "t-SNE"}, ${lossLabel(loss)}`,
    caption: `${count(model.points.length)} images, with the features of seed ${loss.map.seed}; hollow marks are misclassified images.`,
    draw: (svg, width) => drawMap(svg, width, model),
    plot: { class: "plot map" },
    side: classLegend(model),
    table: mapTable(model),
  });
  explore(node.querySelector(".plot"), model);
  return node;
}

function mapPoints(map, kind) {
  return map[kind].map(([x, y], k) => ({ x, y, image: map.images[k], label: map.labels[k], predicted: map.predicted[k], wrong: map.labels[k] !== map.predicted[k] }));
}

function axisNames({ loss, kind }) {
  return [0, 1].map((k) => kind === "tsne" ? `t-SNE ${k + 1}, no unit` : `component ${k + 1}${known(loss.map.explained?.[k]) ? `, ${number(100 * loss.map.explained[k], 1)} % of the variance` : ""}`);
}

function drawMap(svg, width, model) {
  const height = Math.min(640, Math.max(320, width * 0.82));
  const frame = area(svg, width, height, { top: 34, right: 14, bottom: 46, left: 44 });
  const [xs, ys] = [padded(model.points.map((p) => p.x)), padded(model.points.map((p) => p.y))];
  // Both axes have the same scale, so that distances are not distorted.
  const unit = Math.min(frame.width / (xs[1] - xs[0]), frame.height / (ys[1] - ys[0]));
  const middle = [d3.mean(xs), d3.mean(ys)];
  const x = d3.scaleLinear([middle[0] - frame.width / unit / 2, middle[0] + frame.width / unit / 2], [0, frame.width]);
  const y = d3.scaleLinear([middle[1] - frame.height / unit / 2, middle[1] + frame.height / unit / 2], [frame.height, 0]);
  const [xTitle, yTitle] = axisNames(model);
  axisLeft(frame, y, { title: yTitle });
  axisBottom(frame, x, { title: xTitle });
  model.points.forEach((point) => drawPoint(frame.g, point, x, y));
  nameGroups(frame.g, model, x, y, frame);
  model.geometry = { g: frame.g, x, y, ring: frame.g.append("circle").attr("class", "map-ring").attr("r", 9).attr("visibility", "hidden") };
  model.nearest = d3.Delaunay.from(model.points, (p) => x(p.x), (p) => y(p.y));
  emphasize(model);
  return height;
}

function drawPoint(g, point, x, y) {
  const style = { ...classStyle(point.label), hollow: point.wrong };
  point.mark = marker(g, style, x(point.x), y(point.y), 42).classed("map-point", true).node();
}

/** Class names on the densest part of each class, within the frame; a name without room is in the legend alone. */
function nameGroups(g, model, x, y, { width, height }) {
  const groups = d3.groups(model.points, (p) => p.label);
  if (groups.length > 20) {
    return;
  }
  const placed = [];
  for (const [label, points] of d3.sort(groups, ([, some]) => -some.length, ([k]) => k)) {
    const text = clipped(className(label), 20);
    const room = { width: textWidth(text, 12) + 8, height: 15 };
    const center = densest(points.map((p) => ({ x: x(p.x), y: y(p.y) })));
    const at = NAME_SHIFTS.map((shift) => within({ x: center.x, y: center.y + shift * room.height }, room, width, height))
      .find((spot) => placed.every((other) => apart(spot, other)));
    if (at) {
      placed.push(at);
      g.append("text").attr("class", "map-name").attr("x", at.x).attr("y", at.y).attr("dy", "0.35em").attr("text-anchor", "middle").text(text);
    }
  }
}

const NAME_SHIFTS = [0, -1, 1, -2, 2]; // lines up and down

/** The point with the smallest median distance to the others of its class. */
function densest(points) {
  return d3.least(points, (p) => d3.median(points, (q) => Math.hypot(p.x - q.x, p.y - q.y)));
}

function within(spot, room, width, height) {
  const inside = (v, half, most) => Math.max(half, Math.min(most - half, v));
  return { ...room, x: inside(spot.x, room.width / 2, width), y: inside(spot.y, room.height / 2, height) };
}

function apart(a, b) {
  return Math.abs(a.y - b.y) >= a.height || Math.abs(a.x - b.x) >= (a.width + b.width) / 2;
}

function classLegend(model) {
  const present = d3.sort([...new Set(model.points.map((p) => p.label))]);
  const buttons = present.map((label) => el("button", {
    type: "button",
    class: "class-button",
    "aria-pressed": "false",
    click: () => {
      model.only = model.only === label ? null : label;
      buttons.forEach((button, k) => button.setAttribute("aria-pressed", String(present[k] === model.only)));
      emphasize(model);
    },
  }, swatch(classStyle(label), { line: false }), className(label)));
  return el("div", { class: "class-legend", role: "group", "aria-label": "Classes; select a button to highlight one" }, buttons);
}

function emphasize(model) {
  for (const point of model.points) {
    point.mark.classList.toggle("faded", model.only !== null && point.label !== model.only);
  }
}

function pointWords(point) {
  return point.wrong ? `${className(point.label)} mistaken for ${className(point.predicted)}` : `${className(point.label)}, recognized`;
}

function showPoint(model, place, event) {
  model.active = place;
  const point = model.points[place];
  const { x, y, ring, g } = model.geometry;
  ring.attr("cx", x(point.x)).attr("cy", y(point.y)).attr("visibility", "visible");
  const corner = g.node().getScreenCTM();
  const at = event ? [event.clientX, event.clientY] : [corner.e + x(point.x) * corner.a, corner.f + y(point.y) * corner.d];
  showTip(...at, hasImage(point.image) ? thumb(point.image, null, SINGLE_SIZE) : null, el("div", {}, el("strong", {}, imageName(point.image)), el("div", {}, pointWords(point))));
}

function leavePoint(model) {
  model.geometry.ring.attr("visibility", "hidden");
  hideTip();
}

/** The nearest point within 45 degrees of a direction. */
function neighbor(model, [down, right]) {
  const { x, y } = model.geometry;
  const from = model.points[model.active];
  let best = { place: model.active, distance: Infinity };
  model.points.forEach((point, place) => {
    const [dx, dy] = [x(point.x) - x(from.x), y(point.y) - y(from.y)];
    const [ahead, aside] = right ? [dx * right, dy] : [dy * down, dx];
    const distance = dx * dx + dy * dy;
    if (ahead > 0 && Math.abs(aside) <= ahead && distance < best.distance) {
      best = { place, distance };
    }
  });
  return best.place;
}

function explore(plot, model) {
  plot.tabIndex = 0;
  plot.setAttribute("role", "application");
  plot.setAttribute("aria-label", `Map of the test images, ${lossLabel(model.loss)}. Use the arrow keys to move from image to image.`);
  const reach = 24;
  plot.addEventListener("pointermove", (event) => {
    const [px, py] = d3.pointer(event, model.geometry.g.node());
    const place = model.nearest.find(px, py);
    const { x, y } = model.geometry;
    const point = model.points[place];
    if (Math.hypot(x(point.x) - px, y(point.y) - py) < reach) {
      showPoint(model, place, event);
    } else {
      leavePoint(model);
    }
  });
  plot.addEventListener("pointerleave", () => leavePoint(model));
  plot.addEventListener("focus", () => plot.matches(":focus-visible") && showPoint(model, model.active));
  plot.addEventListener("blur", () => leavePoint(model));
  plot.addEventListener("keydown", (event) => {
    if (STEPS[event.key]) {
      event.preventDefault();
      showPoint(model, neighbor(model, STEPS[event.key]));
      announce(`${imageName(model.points[model.active].image)}: ${pointWords(model.points[model.active])}`);
    }
  });
}

function mapTable(model) {
  const [xTitle, yTitle] = axisNames(model);
  return {
    columns: ["Image", "True class", "Predicted", xTitle, yTitle],
    rows: model.points.map((p) => [imageName(p.image), className(p.label), className(p.predicted), number(p.x), number(p.y)]),
  };
}
