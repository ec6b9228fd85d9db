// Figures per class, sortable by any column.

const CLASS_MEASURES = [
  ...(severalLabels ? [{ key: "averagePrecision", label: "Average precision" }] : []),
  { key: "f1", label: "F1" },
  { key: "recall", label: "Recall" },
  { key: "precision", label: "Precision" },
];

function classesSection() {
  const shown = losses.filter((loss) => loss.perClass?.length);
  if (shown.length === 0) {
    return null;
  }
  if (shown.length === 1) {
    const columns = CLASS_MEASURES.map((m) => ({ label: `${m.label}, %`, value: (k) => shown[0].perClass[k][m.key] }));
    return [el("p", {}, classWords()), classTable(`Figures per class, ${shown[0].name}`, shown[0], columns)];
  }
  return [el("p", {}, classWords()), chooser(
    [{ name: "measure", label: "Figure", print: true, options: CLASS_MEASURES }],
    ({ measure }) => classTable(`${CLASS_MEASURES.find((m) => m.key === measure).label} per class, %`, shown[0],
      shown.map((loss) => ({ label: lossLabel(loss), value: (k) => loss.perClass[k]?.[measure] }))),
  )];
}

function classWords() {
  return `Recall is the share of a class's images that are recognized, precision is the share of its predictions that are right, and F1 is their harmonic mean.${severalLabels ? " Average precision ranks all images by the probability of the label and does not depend on a threshold." : ""} Select a heading to sort by its column.`;
}

function classTable(caption, loss, measures) {
  const columns = [
    { label: "Class", value: (k) => loss.perClass[k].name ?? className(k), text: (v) => v },
    ...measures.map((m) => ({ ...m, text: (v) => percentOf(v) })),
    { label: "Test images", value: (k) => loss.perClass[k].support, text: (v) => count(v) },
  ];
  const rows = loss.perClass.map((_, k) => ({
    k,
    node: el("tr", {}, columns.map((column, at) => at === 0
      ? el("th", { scope: "row" }, column.text(column.value(k)))
      : el("td", {}, column.text(column.value(k))))),
  }));
  const body = el("tbody", {}, rows.map((row) => row.node));
  const headings = columns.map((column) => el("th", { scope: "col" }, el("button", { type: "button", click: () => sortBy(column) }, column.label)));
  function sortBy(column) {
    const heading = headings[columns.indexOf(column)];
    const direction = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    headings.forEach((h) => h.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", direction);
    const compare = direction === "ascending" ? d3.ascending : d3.descending;
    rows.sort((p, q) => compare(column.value(p.k) ?? -1, column.value(q.k) ?? -1));
    body.replaceChildren(...rows.map((row) => row.node));
  }
  const box = scrollBox(caption, el("thead", {}, el("tr", {}, headings)), body);
  box.classList.add("sortable");
  return box;
}
