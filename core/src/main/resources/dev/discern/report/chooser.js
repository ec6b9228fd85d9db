// A view with selection boxes above it. In print, the views of all options follow one another.

const choosers = [];

/**
 * @param controls each {name, label, options: [{key, label}], print: whether print shows every option}
 * @param build maps {name: key, …} to one or several nodes
 */
function chooser(controls, build, start = {}) {
  const state = Object.fromEntries(controls.map((c) => [c.name, start[c.name] ?? c.options[0].key]));
  const holder = el("div", { class: "view" });
  const show = () => {
    holder.replaceChildren(...[build({ ...state })].flat());
    paintAll(holder);
  };
  const shown = controls.filter((control) => control.options.length > 1);
  const bar = el("div", { class: "controls" }, shown.map((control) => selectBox(control, state, show)));
  holder.append(...[build({ ...state })].flat());
  choosers.push({ holder, variants: () => variants(controls, state).map(build) });
  return el("div", { class: "chooser" }, shown.length ? bar : null, holder);
}

function selectBox({ name, label, options }, state, changed) {
  const select = el("select", {
    name,
    change: () => {
      state[name] = options[select.selectedIndex].key;
      changed();
    },
  }, options.map((option) => el("option", { value: option.key, selected: option.key === state[name] }, option.label)));
  return el("label", {}, el("span", {}, label), select);
}

/** The states that print shows in addition to the current one. */
function variants(controls, state) {
  const printed = controls.filter((control) => control.print);
  const others = printed.flatMap((control) =>
    control.options.filter((o) => o.key !== state[control.name]).map((o) => ({ ...state, [control.name]: o.key })));
  return others;
}

function lossChoice(shown, print = true) {
  return { name: "loss", label: "Loss", print, options: shown.map((loss) => ({ key: loss.name, label: lossLabel(loss) })) };
}

function lossNamed(name) {
  return losses.find((loss) => loss.name === name);
}

function expandForPaper() {
  for (const { holder, variants: more } of choosers) {
    holder.append(...more().map((node) => el("div", { class: "paper-only" }, node)));
  }
  for (const details of document.querySelectorAll("details:not(.long):not([open])")) {
    details.open = true;
    details.dataset.opened = "by print";
  }
  paintAll(document.body, PRINT_WIDTH);
}

function collapseAfterPaper() {
  for (const node of document.querySelectorAll(".paper-only")) {
    node.remove();
  }
  for (const details of document.querySelectorAll("details[data-opened]")) {
    details.open = false;
    delete details.dataset.opened;
  }
  paintAll(document.body);
}

window.addEventListener("beforeprint", expandForPaper);
window.addEventListener("afterprint", collapseAfterPaper);
