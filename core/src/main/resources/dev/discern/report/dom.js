// Elements, built without markup strings, so that text from the data always remains text.

const data = JSON.parse(document.getElementById("data").textContent);
const isRun = data.kind === "run";
const losses = data.losses ?? [];
const setting = data.setting ?? {};
data.score ??= "top1";
const severalLabels = data.score === "mAP";
const scoreWord = severalLabels ? "mAP" : "accuracy";

/** The score by which losses are judged. */
function scoreOf(loss) {
  return loss.figures?.[data.score];
}
const classes = setting.classes ?? [];

/** An element with attributes (null and false omit one; functions become event listeners) and children. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") {
      node.addEventListener(name, value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

/** Announces text to screen readers. */
function announce(text) {
  document.getElementById("live").textContent = text;
}

function className(index) {
  return classes[index] ?? `class ${index}`;
}

/** A method's name, which may be broken before a parameter. */
function breakable(name) {
  return name.split(/(?<=[(,])/).flatMap((part, k) => (k === 0 ? [part] : [el("wbr"), part]));
}

/** Text shortened to a number of characters, for axes; the tables have the full text. */
function clipped(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
