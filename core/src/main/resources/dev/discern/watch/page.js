// Follows the run: receives events from the server and shows the latest of each kind.
import { confusionFigure } from "./confusion.js";
import { curves } from "./curves.js";
import { el, say } from "./dom.js";
import { figuresOf, livePoint, newsOf, sentenceOf, shareDone } from "./status.js";

const at = (id) => document.getElementById(id);
const charts = curves(at("curves"));
const confusion = confusionFigure(at("confusion"));
let state = null;
let news = { progress: null, secondsLeft: null };
let connected = false;
let figuresShown = "";
let clockAhead = 0; // milliseconds by which the server's clock is ahead of this one

const events = new EventSource("events");
events.addEventListener("open", () => connection(true));
events.addEventListener("error", () => connection(false));
events.addEventListener("clock", ({ data }) => {
  clockAhead = Date.parse(data) - Date.now();
});
events.addEventListener("state", ({ data }) => {
  state = JSON.parse(data);
  showState();
});
events.addEventListener("progress", ({ data }) => {
  const { progress = null, secondsLeft = null } = JSON.parse(data);
  news = { progress, secondsLeft };
  showProgress();
});
setInterval(showStatus, 1000); // the time without news grows even without events

function connection(is) {
  connected = is;
  showStatus();
}

function showState() {
  const name = state.run.split(/[\\/]/).filter(Boolean).at(-1);
  say(at("run"), name);
  say(at("path"), state.run);
  document.title = `${name} – Discern`;
  if (state.config) {
    const { loss, model, data, compose, seed, epochs, batchSize } = state.config;
    say(at("about"), `${loss} · ${model} · ${data}${compose ? `, 2 to ${compose} images per picture` : ""} · seed ${seed} · ${epochs} epochs in batches of ${batchSize}`);
  }
  charts.update(state.lines ?? [], state.config?.score);
  confusion.update(state.confusion ?? null);
  // There is no confusion matrix for several labels per image.
  at("confusion").parentElement.hidden = state.config?.score === "mAP";
  showProgress();
}

function showProgress() {
  if (state) {
    charts.live(livePoint(state, news.progress));
    at("bar").value = state.result ? 1 : shareDone(state, news.progress);
  }
  showStatus();
}

function showFigures(figures) {
  const key = JSON.stringify(figures);
  if (key !== figuresShown) {
    figuresShown = key;
    at("figures").replaceChildren(...figures.map(([name, value, remark]) =>
      el("div", {}, el("dt", {}, name), el("dd", {}, value, " ", el("small", {}, remark)))));
  }
}

function showStatus() {
  const sentence = current();
  showFigures(state ? figuresOf(state, news, sentence.kind === "training") : []);
  at("state").dataset.kind = sentence.kind;
  say(at("state-text"), sentence.text);
  say(at("note"), sentence.note ?? "");
  at("note").hidden = !sentence.note;
  say(at("news"), sentence.spoken);
}

function current() {
  if (!connected) {
    const text = state ? "The connection is lost" : "Connecting";
    return { kind: state ? "warning" : "waiting", text, spoken: text, note: state ? "Shown is what was last known; the page tries to connect again. Is ./discern watch still running?" : undefined };
  }
  if (!state) {
    return { kind: "waiting", text: "Connecting", spoken: "" };
  }
  const written = Date.parse(news.progress?.time);
  const sentence = sentenceOf(state, news.progress, Number.isNaN(written) ? null : (Date.now() + clockAhead - written) / 1000);
  // Screen readers announce the lack of news once, not every second.
  const spoken = sentence.text.startsWith("No news") ? "No news from the run." : newsOf(state, sentence);
  return { ...sentence, spoken };
}
