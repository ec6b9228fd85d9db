// Shows an answer: the likeliest classes as bars, the strongest rival, the prediction set, the time.
const at = (id) => document.getElementById(id);
const percent = (share) => `${(100 * share).toFixed(1)}\u202f%`;

export function showProblem(sentence) {
  at("problem").textContent = sentence;
  at("problem").hidden = sentence === "";
  if (sentence !== "") {
    at("result").hidden = true;
    at("empty").hidden = true;
  }
}

export function showAnswer(answer, model, coverage, milliseconds) {
  const prediction = answer.predictions[0];
  showProblem("");
  at("empty").hidden = true;
  at("result").hidden = false;
  at("verdict").textContent = verdict(prediction, model);
  at("rival").textContent = rival(prediction, model);
  at("bars").replaceChildren(...prediction.classes.map((each, rank) => bar(each, rank, model)));
  at("set").textContent = setOf(prediction, coverage);
  at("latency").textContent =
    `${answer.milliseconds.toFixed(0)} ms in the server, ${milliseconds.toFixed(0)} ms in all.`;
  at("news").textContent = `${at("verdict").textContent}. ${at("rival").textContent}`;
}

function verdict(prediction, model) {
  if (model.severalLabels) {
    return prediction.labels.length > 0 ? prediction.labels.join(", ") : "None of the labels";
  }
  return `${prediction.class}, ${percent(prediction.probability)}`;
}

function rival(prediction, model) {
  const second = prediction.classes[1];
  return model.severalLabels || !second
    ? ""
    : `The strongest rival is ${second.name}, ${percent(second.probability)}.`;
}

function setOf(prediction, coverage) {
  return prediction.set
    ? `Prediction set for a coverage of ${Number(coverage) * 100}\u202f%: ${prediction.set.join(", ")}.`
    : "";
}

function bar(each, rank, model) {
  const row = document.createElement("li");
  if (!model.severalLabels) {
    row.className = ["first", "rival"][rank] ?? "";
  }
  const fill = part("fill", "");
  // Not a style attribute, which the page's policy forbids.
  fill.style.width = percent(each.probability).replace("\u202f", "");
  const track = part("bar", "");
  track.append(fill);
  row.append(part("name", each.name), part("share", percent(each.probability)), track);
  return row;
}

function part(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}
