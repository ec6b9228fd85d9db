// Which classes are confused, with example images.

function confusionSection() {
  const shown = losses.filter((loss) => loss.confusion?.length);
  if (shown.length === 0) {
    return null;
  }
  const many = shown[0].confusion.length > MANY;
  return chooser([
    lossChoice(shown),
    { name: "sort", label: "Classes", options: Object.entries(SORTS).filter(([key]) => key !== "similarity" || data.order?.length).map(([key, { label }]) => ({ key, label })) },
    { name: "show", label: "Values", options: [{ key: "share", label: "share of row, %" }, { key: "counts", label: "counts" }] },
    { name: "extent", label: "Extent", options: many ? [{ key: "worst", label: `the ${MANY} classes with the most errors` }, { key: "all", label: "all classes" }] : [{ key: "all", label: "all classes" }] },
  ], heatmapView);
}

const SHOWN_PAIRS = 8;
const SHOWN_IMAGES = photographs ? 4 : 5; // of each direction

function pairsSection() {
  const shown = losses.filter((loss) => loss.mostConfused?.length);
  return shown.length === 0 ? null : [
    el("p", {}, severalLabels
      ? "The pairs of labels that are most often confused: one is missed in an image where the other is wrongly predicted. The rate is the number of confusions divided by the images of both labels."
      : "The pairs of classes that are most often confused, with example images. The rate is the share of the images of both classes that are confused."),
    chooser([lossChoice(shown)], ({ loss }) => confusedCards(lossNamed(loss))),
  ];
}

function confusedCards(loss) {
  return [paperTitle(loss), el("ol", { class: "cards", "aria-label": `Most confused pairs, ${lossLabel(loss)}` }, loss.mostConfused.slice(0, SHOWN_PAIRS).map((pair) =>
    el("li", { class: "card" },
      el("h3", {}, `${className(pair.a)} and ${className(pair.b)}`),
      el("p", { class: "rate" }, percent(pair.rate, 1)),
      direction(loss, pair.a, pair.b, pair.aAsB),
      direction(loss, pair.b, pair.a, pair.bAsA))))];
}

/** A title for print, where no selection box names the loss. */
function paperTitle(loss) {
  return el("h3", { class: "paper-title" }, lossLabel(loss));
}

function direction(loss, label, predicted, images) {
  const pictures = confusedImages(loss, label, predicted).slice(0, SHOWN_IMAGES);
  return el("div", { class: "direction" },
    el("p", {}, el("strong", {}, count(images)), ` ${className(label)} mistaken for ${className(predicted)}`),
    pictures.length ? thumbs(pictures, `${className(label)} mistaken for ${className(predicted)}`) : null);
}

function worstSection() {
  const shown = losses.filter((loss) => loss.worst?.some((w) => hasImage(w.image)));
  return shown.length === 0 ? null : [
    el("p", {}, severalLabels ? "The test images whose label sets are least likely according to the network." : "The test images whose true class got the lowest probability: usually real errors, sometimes wrong labels."),
    chooser([lossChoice(shown)], ({ loss }) => worstGallery(lossNamed(loss))),
  ];
}

function worstGallery(loss) {
  return [paperTitle(loss), el("ul", { class: "gallery", "aria-label": `Worst-classified images, ${lossLabel(loss)}` }, loss.worst.filter((w) => hasImage(w.image)).map((w) =>
    severalLabels ? worstOfLabels(w) : el("li", {},
      thumb(w.image, `${className(w.label)} mistaken for ${className(w.predicted)}`, SINGLE_SIZE),
      el("span", { class: "true" }, className(w.label)),
      el("span", {}, `mistaken for ${className(w.predicted)}`),
      el("span", { class: "quiet" }, `p = ${probability(w.trueProbability)}`))))];
}

function worstOfLabels({ image, labels, predicted }) {
  const names = (some) => some.map(className).join(", ") || "none";
  return el("li", {},
    thumb(image, `${names(labels)}; predicted ${names(predicted)}`, SINGLE_SIZE),
    el("span", { class: "true" }, names(labels)),
    el("span", {}, `predicted ${names(predicted)}`));
}
