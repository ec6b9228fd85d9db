// The settings, and how to reproduce the results.

function settingSection() {
  const facts = [
    ["Data", dataWords()],
    ["Network", setting.model],
    ["Epochs", setting.patience ? `${setting.epochs} at most; a run ends after ${setting.patience} without a better one` : setting.epochs],
    [setting.seeds?.length === 1 ? "Seed" : "Seeds", setting.seeds?.join(", ")],
    ["Training images", known(setting.trainImages) ? count(setting.trainImages) : null],
    ["Validation images", known(setting.validationImages) ? count(setting.validationImages) : null],
    ["Test images", known(setting.testImages) ? count(setting.testImages) : null],
    ["Classes", classes.length || null],
  ].filter(([, value]) => value !== null && value !== undefined && value !== "");
  const provenance = data.provenance ?? [];
  if (facts.length + provenance.length === 0 && !setting.command && !data.config) {
    return null;
  }
  return [
    setting.command ? commandBox(setting.command) : null,
    facts.length ? [el("h3", {}, "Setting"), factList(facts)] : null,
    provenance.length ? [el("h3", {}, "Provenance"), factList(provenance)] : null,
    data.config ? el("details", { class: "data" }, el("summary", {}, "Configuration"), el("pre", { class: "scroll", tabindex: "0" }, el("code", {}, data.config))) : null,
  ];
}

function factList(facts) {
  return el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, String(value)))));
}

function commandBox(command) {
  // Words stay whole: a browser would break "--seeds" after its hyphens.
  const words = command.split(" ").flatMap((word, k) => [k ? " " : "", el("span", { class: "word" }, word)]);
  const code = el("code", { id: "command" }, words);
  const button = el("button", { type: "button", class: "button copy", click: () => copy(code, button) }, "Copy");
  return el("div", {}, el("p", {}, "To reproduce these results, run this command:"), el("div", { class: "command" }, el("pre", { tabindex: "0" }, code), button));
}

async function copy(code, button) {
  try {
    await navigator.clipboard.writeText(setting.command);
  } catch {
    // A page opened from a file may have no clipboard access, so fall back to selecting and copying the text.
    getSelection().selectAllChildren(code);
    document.execCommand("copy");
  }
  button.textContent = "Copied";
  announce("The command is copied.");
  setTimeout(() => {
    button.textContent = "Copy";
  }, 2000);
}
