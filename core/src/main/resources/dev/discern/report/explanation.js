// The page of explained images of the user's choice.

function explanationFacts() {
  const facts = [["Weights", data.weights], ["Model", data.model], ["Loss", data.method], ["Map", data.explained.images[0].reasons.slice(0, 1).map((r) => `${r.height} × ${r.width} cells, before pooling`)]];
  return el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function explanationNotes() {
  const notes = data.notes ?? [];
  return notes.length === 0 ? null : el("div", { class: "warnings" }, el("p", { class: "warnings-title" }, "Note"), el("ul", {}, notes.map((note) => el("li", {}, note))));
}

function explanationPage() {
  const main = document.getElementById("content");
  const contents = document.getElementById("contents");
  main.append(el("header", { class: "title" }, el("h1", {}, data.title)), ...[heatNote(), searchedNote(), explanationNotes()].flat().filter(Boolean));
  data.explained.images.forEach((e, k) => {
    main.append(explainedImage(e, "h2", `image-${k}`));
    contents.append(el("li", {}, el("a", { href: `#image-${k}` }, clipped(e.name.split("/").at(-1), 24))));
  });
  main.append(el("section", { id: "setting", "aria-labelledby": "setting-title" }, el("h2", { id: "setting-title" }, "The network"), explanationFacts()));
  contents.append(el("li", {}, el("a", { href: "#setting" }, "The network")));
}

setUpTheme();
explanationPage();
