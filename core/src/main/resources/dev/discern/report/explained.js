// Explained images: what the network sees, where the evidence for a class lies, and the nearest training images.

const HEAT_SIDE = 112;
const HEAT_COLORS = d3.range(256).map((k) => d3.rgb(d3.interpolateInferno(k / 255)));
const WHY = [["worst", "Worst-classified"], ["confused", "Of the most confused pairs"]];

/** The section of a report. */
function explainedSection() {
  const images = data.explained?.images ?? [];
  return images.length === 0 ? null : [
    el("p", {}, "Errors on test images, with what speaks for the predicted class and for the true one."),
    heatNote(),
    searchedNote(),
    ...WHY.map(([why, title]) => [title, images.filter((e) => e.why === why)])
      .filter(([, some]) => some.length)
      .map(([title, some]) => [el("h3", {}, title), some.map((e) => explainedImage(e, "h4"))]),
  ];
}

/** How to read the maps, with their colors. */
function heatNote() {
  return [
    el("p", {}, "Bright places raise the class’s score most (Grad-CAM). Each map is scaled by its own largest value, so two maps compare places, not amounts. A map says where the evidence lies, not that it is good evidence."),
    el("p", { class: "heat-scale" }, el("span", {}, "raises the score least"), heatBar(), el("span", {}, "most")),
  ];
}

function heatBar() {
  const stops = d3.range(0, 256, 15).map((k) => HEAT_COLORS[k].formatHex());
  return el("span", { class: "heat-bar", "aria-hidden": "true", style: `background: linear-gradient(to right, ${stops.join(", ")})` });
}

/** Everything about one image; a label is known for test images. */
function explainedImage(e, heading, id) {
  return el("article", { class: "explained", id }, el(heading, {}, explainedTitle(e)),
    el("p", { class: "quiet" }, e.name),
    el("div", { class: "sights" },
      sight(photo(e.picture, "The image as the network sees it"), "What the network sees", ""),
      e.reasons.map((reason, k) => sight(heatPicture(e, reason), [el("strong", {}, className(reason.label)), `, ${percent(reason.probability, 1)}`], reasonWords(e, reason, k))),
      guessList(e)),
    nearestList(e));
}

function explainedTitle(e) {
  const predicted = className(e.guesses[0].label);
  return !known(e.label) || e.label === e.guesses[0].label ? predicted : `${className(e.label)}, mistaken for ${predicted}`;
}

function reasonWords(e, reason, k) {
  const role = k === 0 ? "predicted" : reason.label === e.label ? "the true class" : "the strongest rival";
  return d3.max(reason.values) > 0 ? role : `${role}; no place raises its score`;
}

function sight(picture, title, words) {
  return el("div", { class: "sight" }, picture, el("p", {}, title), words ? el("p", { class: "quiet" }, words) : null);
}

function photo(source, words) {
  const img = el("img", { src: source, alt: words, decoding: "async", load: () => img.classList.toggle("pixels", img.naturalWidth < SMALL) });
  return img;
}

function heatPicture(e, reason) {
  const words = `Heat map for ${className(reason.label)}, brightest ${brightest(reason)}`;
  return el("div", { class: "heated" }, photo(e.picture, ""), heatCanvas(reason, words));
}

/** Colors after interpolation between the centers of cells, which extend to the edges of the image. */
function heatCanvas({ values, height, width }, words) {
  const canvas = el("canvas", { width: HEAT_SIDE, height: HEAT_SIDE, role: "img", "aria-label": words });
  const context = canvas.getContext("2d");
  const image = context.createImageData(HEAT_SIDE, HEAT_SIDE);
  const between = (at, cells) => Math.min(Math.max(((at + 0.5) * cells) / HEAT_SIDE - 0.5, 0), cells - 1);
  for (let y = 0, k = 0; y < HEAT_SIDE; y++) {
    for (let x = 0; x < HEAT_SIDE; x++, k += 4) {
      const [row, column] = [between(y, height), between(x, width)];
      const [top, left] = [Math.floor(row), Math.floor(column)];
      const cell = (r, c) => values[Math.min(r, height - 1) * width + Math.min(c, width - 1)] / 1000;
      const across = (r) => cell(r, left) + (column - left) * (cell(r, left + 1) - cell(r, left));
      const heat = across(top) + (row - top) * (across(top + 1) - across(top));
      const { r, g, b } = HEAT_COLORS[Math.round(255 * heat)];
      image.data.set([r, g, b, 255], k);
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** The brightest place in words, for those who do not see the map. */
function brightest({ values, height, width }) {
  const k = d3.maxIndex(values);
  if (!(values[k] > 0)) {
    return "nowhere";
  }
  const third = (at, cells) => Math.min(2, Math.floor((3 * (at + 0.5)) / cells));
  const words = [["at the top ", "", "at the bottom "][third(Math.floor(k / width), height)], ["left", "center", "right"][third(k % width, width)]];
  return words[0] ? words.join("") : words[1] === "center" ? "in the center" : `at the ${words[1]}`;
}

function guessList(e) {
  return el("ol", { class: "guesses", "aria-label": "Most likely classes" }, e.guesses.map(({ label, probability: p }) =>
    el("li", { class: label === e.label ? "true" : null },
      el("span", {}, className(label)),
      el("span", {}, percent(p, 1)),
      el("span", { class: "guess-bar", "aria-hidden": "true", style: `width: ${100 * p}%` }))));
}

function nearestList(e) {
  return !e.neighbors?.length ? null : [
    el("p", { class: "nearest-title" }, "Nearest training images"),
    el("ul", { class: "nearest" }, e.neighbors.map((n) => nearestImage(n, e.guesses[0].label)))];
}

function nearestImage(n, predicted) {
  const other = n.label !== predicted;
  return el("li", { class: other ? "other" : null, title: n.path },
    photo(n.picture, n.path),
    el("span", { class: "true" }, className(n.label)),
    other ? el("span", { class: "other-words" }, "another class") : null,
    el("span", { class: "quiet" }, `cosine ${number(n.similarity, 3)}`));
}

function searchedNote() {
  const { searched, training } = data.explained;
  return training > 0
    ? el("p", {}, `The nearest training images are those whose features point in the direction of the image’s: a cosine of 1 means the same direction. ${searched < training ? `${count(searched)} of ${count(training)}` : `All ${count(training)}`} training images were searched. Those of another class than the predicted one are marked.`)
    : null;
}
