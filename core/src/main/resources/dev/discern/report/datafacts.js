// What is known of the data: from training, and from a check beside the report.

function dataSection() {
  const facts = data.dataFacts;
  if (!facts) {
    return null;
  }
  const small = facts.smallClasses ?? [];
  return [
    el("ul", { class: "notes" }, facts.sentences.map((sentence) => el("li", {}, sentence)),
      small.length ? el("li", {}, `${plural(small.length, "class", "classes")} of few images: ${small.map(({ name, images }) => `${name} (${count(images)})`).join(", ")}.`) : null),
    ...(facts.check ? checkFacts(facts.check) : [
      el("p", {}, "Training compares files byte for byte and no more. For labels that look wrong, near-duplicates and unusual images, run this command:"),
      el("pre", { tabindex: "0" }, el("code", {}, `./discern check ${quoted(facts.source)}`))]),
  ];
}

function checkFacts({ page, faults, images, imagesHere, kinds }) {
  const others = images === imagesHere ? "" : ` It saw ${plural(images, "image")}; this report is of ${count(imagesHere)}.`;
  return [
    el("p", {}, el("a", { href: encodeURI(page).replaceAll("#", "%23").replaceAll("?", "%3F") }, "The check of this data"), ` found ${faults ? plural(faults, "fault") : "no faults"}.${others}`),
    kinds.length ? factList(kinds.map(({ title, count: n }) => [title, count(n)])) : null,
  ];
}

/** A word as a shell takes it. */
function quoted(word) {
  return /^[\w./:~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
