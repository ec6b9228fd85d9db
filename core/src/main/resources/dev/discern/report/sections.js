// The page: its sections in order, with the verdict first.

const SECTIONS = [
  ["verdict", "Verdict", verdictSection],
  ["results", isRun ? "Result" : "Results", resultsSection],
  ["paired", "Paired differences", differencesSection],
  ["curves", "Learning curves", curvesSection],
  ["sizes", "More images", sizesSection],
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
  ["data", "Data", dataSection],
  ["setting", "Reproduction", settingSection],
];

function dataWords() {
  return setting.compose ? `${setting.data}, 2 to ${setting.compose} images per picture` : setting.data;
}

function subtitle() {
  const parts = [
    dataWords(),
    isRun && losses.length === 1 ? losses[0].name : null,
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

const READING_LINE = 160; // pixels from the top of the window

/** Marks the current section in the table of contents: the last one that begins above the reading line. */
function followReading() {
  const sections = [...document.querySelectorAll("main > section")];
  const links = new Map([...document.querySelectorAll("#contents a")].map((a) => [a.hash.slice(1), a]));
  const mark = ({ id }) => links.forEach((a, key) => (key === id ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current")));
  let chosen = null; // by a link, until the reader scrolls away: the last sections cannot reach the line
  const follow = () => {
    if (chosen && Math.abs(chosen.at - scrollY) < 2) {
      return;
    }
    chosen = null;
    const line = readingLine();
    mark(sections.findLast((node) => node.getBoundingClientRect().top <= line) ?? sections[0]);
  };
  const choose = () => {
    const section = sections.find((node) => `#${node.id}` === location.hash);
    if (section) {
      chosen = { at: scrollY };
      mark(section);
    }
  };
  window.addEventListener("scroll", follow, { passive: true });
  window.addEventListener("resize", follow, { passive: true });
  window.addEventListener("hashchange", choose);
  if (sections.length > 0) {
    follow();
    choose();
  }
}

/** The line moves down over the last window of the page, so that its end is the last section's. */
function readingLine() {
  const left = document.documentElement.scrollHeight - innerHeight - scrollY;
  const share = scrollY > 0 ? Math.max(0, 1 - left / innerHeight) : 0;
  return READING_LINE + Math.max(0, innerHeight - READING_LINE) * share;
}

setUpTheme();
build();
followReading();
