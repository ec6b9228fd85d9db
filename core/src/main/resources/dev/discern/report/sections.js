// The page: its sections in order, with the verdict first.

const SECTIONS = [
  ["verdict", "Verdict", verdictSection],
  ["results", isRun ? "Result" : "Results", resultsSection],
  ["paired", "Paired differences", differencesSection],
  ["curves", "Learning curves", curvesSection],
  ["gains", "Changes by class pair", gainSection],
  ["confusion", "Confusion", confusionSection],
  ["confused", "Most confused pairs", pairsSection],
  ["calibration", "Calibration", calibrationSection],
  ["certainty", "Sets of classes and unsure answers", certaintySection],
  ["shapes", isRun ? "The loss as a function" : "The losses as functions", shapesSection],
  ["map", "Feature map", mapSection],
  ["worst", "Worst-classified images", worstSection],
  ["explained", "What the network looks at", explainedSection],
  ["classes", "Classes", classesSection],
  ["stages", "Order of the classes", stagesSection],
  ["setting", "Reproduction", settingSection],
];

function dataWords() {
  return setting.compose ? `${setting.data}, 2 to ${setting.compose} images per picture` : setting.data;
}

function subtitle() {
  const parts = [
    dataWords(),
    setting.model,
    known(setting.epochs) ? plural(setting.epochs, "epoch") : null,
    setting.seeds?.length ? (setting.seeds.length === 1 ? `seed ${setting.seeds[0]}` : `${setting.seeds.length} seeds`) : null,
    known(setting.testImages) ? `${count(setting.testImages)} test images` : null,
  ].filter(Boolean);
  return parts.length ? el("p", { class: "subtitle" }, parts.join(" · ")) : null;
}

/** A section; if one fails, it shows an error and the others still appear. */
function section([id, title, build]) {
  let content;
  try {
    content = build();
  } catch (error) {
    console.error(`section ${id}`, error);
    content = `This section could not be drawn: ${error.message}`;
  }
  if (!content) {
    return null;
  }
  const body = typeof content === "string" ? el("p", { class: "quiet" }, content) : content;
  return el("section", { id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), body);
}

function build() {
  const main = document.getElementById("content");
  main.append(el("header", { class: "title" },
    el("h1", {}, data.title ?? (isRun ? "Run" : "Comparison of losses")), subtitle()));
  for (const part of SECTIONS) {
    const node = section(part);
    if (node) {
      main.append(node);
      document.getElementById("contents").append(el("li", {}, el("a", { href: `#${part[0]}` }, part[1])));
    }
  }
  paintAll(main);
}

/** Marks the current section in the table of contents. */
function followReading() {
  const links = new Map([...document.querySelectorAll("#contents a")].map((a) => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((e) => e.isIntersecting)) {
      links.forEach((a, id) => (id === entry.target.id ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current")));
    }
  }, { rootMargin: "-15% 0px -75% 0px" });
  document.querySelectorAll("main > section").forEach((node) => seen.observe(node));
}

setUpTheme();
build();
followReading();
