// The page of a check: a table of findings for each kind, sortable by any column, with pictures.

const PICTURE = 96;

const KIND_WORDS = {
  "unreadable": "These files cannot be decoded. Training stops at them, unless it leaves them out with --skip-bad.",
  "odd-file": "These files lie beside the images and are not read.",
  "duplicate-with-other-label": "The same picture has two labels, so at least one of them is wrong.",
  "duplicate-across-parts": "The same picture is in two parts, so an accuracy measured on one of them is not that of unseen images.",
  "duplicate": "The same picture is in one part more than once. It counts more than others and, if parts are drawn from this one, may end up in two of them.",
  "suspect-label": "A classifier trained on the other images is confident of another class. The first are the most suspicious; some are right nevertheless.",
  "small-class": "Of these classes, a network sees few examples.",
  "overlapping-classes": "A classifier on the features of a trained network often takes images of one class for the other. Similar classes, unclear definitions and wrong labels look the same here.",
  "unlike-others": "The nearest images are far away in the feature space of a trained network: strangers to the data set, or rare examples.",
  "unusual-size": "The shorter side is far from that of the other images.",
  "unusual-shape": "The ratio of the sides is far from that of the other images; a central crop may lose the object.",
  "unusual-brightness": "These images are much darker or brighter than the others.",
  "blank": "These images are almost one color.",
  "blurred": "These images have much less detail than the others, even when they are small.",
};

const totalImages = Object.values(data.images).reduce((sum, n) => sum + n, 0);
data.images = data.pictures ?? {};

function headline() {
  const found = data.kinds.reduce((sum, kind) => sum + kind.count, 0);
  return data.faults === 0
    ? `No faults, and ${plural(found, "finding")} for you to judge.`
    : `${plural(data.faults, "fault")}, and ${plural(found - data.faults, "other finding")} for you to judge.`;
}

function verdict() {
  return [
    el("p", { class: "headline" }, headline()),
    el("p", {}, "Faults are images that cannot be read, and pictures in two parts or with two labels. Everything else is a suspicion or an oddity, of which every data set has some."),
    data.notes.length ? el("ul", { class: "notes" }, data.notes.map((note) => el("li", {}, note))) : null,
    sortable("Findings by kind", [
      { label: "Kind", value: (k) => k.title, cell: (k) => (k.count ? el("a", { href: `#${k.key}` }, k.title) : k.title) },
      { label: "Findings", value: (k) => k.count, cell: (k) => count(k.count), end: true },
      { label: "Faults", value: (k) => Number(k.fault), cell: (k) => (k.fault && k.count ? el("strong", {}, "yes") : "no") },
    ], data.kinds),
  ];
}

function classTable() {
  return sortable("Classes", [
    { label: "Class", value: (c) => c.name, cell: (c) => c.name },
    { label: "Images", value: (c) => c.images, cell: (c) => count(c.images), end: true },
    { label: "Recognized", value: (c) => c.recall ?? -1, cell: (c) => percent(c.recall, 1), end: true },
    { label: "Labels that look wrong", value: (c) => c.suspects, cell: (c) => count(c.suspects), end: true },
  ], data.classes);
}

function classesSection() {
  return [
    el("p", {}, "Recognized is the share of a class’s images that a classifier names correctly after training on the others, on the features of a network that was trained on ImageNet. Fine-tuning usually does better."),
    classTable(),
  ];
}

function kindSection(kind) {
  const shown = kind.findings.length;
  return [
    el("p", {}, KIND_WORDS[kind.key]),
    kind.count > shown ? el("p", { class: "quiet" }, `The first ${count(shown)} of ${count(kind.count)}; check.json has all of them.`) : null,
    findingTable(kind),
  ];
}

function findingTable(kind) {
  const pictured = kind.findings.some((f) => f.files.some((file) => hasImage(file.image)));
  const scored = new Set(kind.findings.map((f) => f.score)).size > 1;
  const names = (f) => f.files.map((file) => file.path).join("\n");
  const labeled = kind.findings.some((f) => f.files.some((file) => file.labels));
  return sortable(kind.title, [
    pictured ? { label: "Picture", value: null, cell: pictures } : null,
    { label: "Found", value: (f) => f.text, cell: (f) => f.text },
    { label: "File", value: names, cell: fileList },
    labeled ? { label: "Label", value: (f) => f.files[0].labels, cell: (f) => [...new Set(f.files.map((file) => file.labels))].join(" / ") } : null,
    scored ? { label: "Score", value: (f) => f.score, cell: (f) => number(f.score, 2), end: true } : null,
  ].filter(Boolean), kind.findings);
}

function pictures(finding) {
  return el("div", { class: "thumbs" }, finding.files.filter((file) => hasImage(file.image))
    .map((file) => thumb(file.image, [file.part, file.labels, file.note].filter(Boolean).join(", "), PICTURE)));
}

function fileList(finding) {
  const more = finding.total - finding.files.length;
  return [
    finding.files.map((file) => el("div", { class: "file" }, file.path,
      file.note && finding.files.length > 1 ? el("span", { class: "quiet" }, ` ${file.note}`) : null)),
    more > 0 ? el("div", { class: "quiet" }, `and ${count(more)} more in check.json`) : null,
  ];
}

/** A table whose headings sort it; a column without values does not. */
function sortable(caption, columns, items) {
  const rows = items.map((item) => ({ item, node: el("tr", {}, columns.map((column, at) =>
    el(at === 0 ? "th" : "td", at === 0 ? { scope: "row" } : { class: column.end ? "end" : null }, column.cell(item)))) }));
  const body = el("tbody", {}, rows.map((row) => row.node));
  const headings = columns.map((column) => el("th", { scope: "col", class: column.end ? "end" : null },
    column.value ? el("button", { type: "button", click: () => sortBy(column) }, column.label) : column.label));
  function sortBy(column) {
    const heading = headings[columns.indexOf(column)];
    const direction = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    headings.forEach((h) => h.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", direction);
    const compare = direction === "ascending" ? d3.ascending : d3.descending;
    rows.sort((p, q) => compare(column.value(p.item), column.value(q.item)));
    body.replaceChildren(...rows.map((row) => row.node));
  }
  return el("div", { class: "scroll sortable findings", tabindex: "0", role: "region", "aria-label": `Table: ${caption}` },
    el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, headings)), body));
}

function reproduction() {
  return el("pre", { class: "scroll", tabindex: "0" }, el("code", {}, data.command));
}

function checkPage() {
  const main = document.getElementById("content");
  const contents = document.getElementById("contents");
  main.append(el("header", { class: "title" }, el("h1", {}, data.title),
    el("p", { class: "subtitle" }, [plural(totalImages, "image"), plural(data.classes.length, "class", "classes")].join(" · "))));
  const sections = [
    ["verdict", "Findings", verdict()],
    ...data.kinds.filter((kind) => kind.count > 0).map((kind) => [kind.key, kind.title, kindSection(kind)]),
    ["classes", "Classes", classesSection()],
    ["setting", "Reproduction", reproduction()],
  ];
  for (const [id, title, content] of sections) {
    main.append(el("section", { id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), content));
    contents.append(el("li", {}, el("a", { href: `#${id}` }, title)));
  }
}

setUpTheme();
checkPage();
