// Classifies an image that is dropped, pasted, chosen or taken, and shows the answer.
import { camera } from "./camera.js";
import { showAnswer, showProblem } from "./result.js";

const TOP = 5;
const at = (id) => document.getElementById(id);
let models = [];
let latest = 0;
let image = null;
let address = null;

async function ask(path, options = {}) {
  const token = at("token").value.trim();
  const headers = { ...options.headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  let response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch {
    throw new Error("The server cannot be reached.");
  }
  const body = await response.json().catch(() => ({ error: `The server answered ${response.status}.` }));
  if (!response.ok) {
    if (response.status === 401) {
      at("token-label").hidden = false;
    }
    throw new Error(body.error);
  }
  return body;
}

async function loadModels() {
  try {
    models = (await ask("v1/models")).models;
    at("model").replaceChildren(...models.map((each) => new Option(each.name, each.name)));
    showModel();
    showProblem("");
  } catch (problem) {
    at("about").textContent = "The models are not known yet.";
    showProblem(problem.message);
    if (!at("token-label").hidden) {
      at("token").focus();
    }
  }
}

const chosen = () => models.find((each) => each.name === at("model").value);

function showModel() {
  const model = chosen();
  const classes = model.classes.length;
  at("about").textContent = `${model.name} knows ${classes} ${classes === 1 ? "class" : "classes"}`
    + (classes <= 12 ? `: ${model.classes.join(", ")}.` : ".")
    + (model.problem ? ` ${model.problem}` : "");
  at("coverage").disabled = !model.calibrated || model.severalLabels;
}

async function classify() {
  const model = chosen();
  if (!image || !model) {
    return;
  }
  const turn = ++latest;
  const coverage = at("coverage").disabled ? "" : at("coverage").value;
  const query = `top=${TOP}${coverage ? `&coverage=${coverage}` : ""}`;
  at("answer").classList.add("busy");
  const began = performance.now();
  try {
    const path = `v1/models/${encodeURIComponent(model.name)}:classify?${query}`;
    const answer = await ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: image,
    });
    if (turn === latest) {
      showAnswer(answer, model, coverage, performance.now() - began);
    }
  } catch (problem) {
    if (turn === latest) {
      showProblem(problem.message);
    }
  } finally {
    if (turn === latest) {
      at("answer").classList.remove("busy");
    }
  }
}

function take(file) {
  image = file;
  if (address) {
    URL.revokeObjectURL(address);
  }
  address = URL.createObjectURL(file);
  at("shown").src = address;
  at("shown").alt = file.name ? `The image ${file.name}` : "The image";
  at("shown").hidden = false;
  classify();
}

const imageIn = (items) => [...items].find((file) => file.type.startsWith("image/")) ?? items[0];

function receive(files, otherwise) {
  if (files.length > 0) {
    take(imageIn(files));
  } else {
    showProblem(otherwise);
  }
}

at("choose").addEventListener("click", () => at("file").click());
at("file").addEventListener("change", () => {
  if (at("file").files.length > 0) {
    take(at("file").files[0]);
    at("file").value = "";
  }
});
document.addEventListener("paste", (event) => {
  if (event.target !== at("token")) {
    receive(event.clipboardData.files, "The clipboard holds no image.");
  }
});
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  at("drop").classList.add("over");
});
document.addEventListener("dragleave", () => at("drop").classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  at("drop").classList.remove("over");
  receive(event.dataTransfer.files, "Drop an image file; links to images are not followed.");
});
at("model").addEventListener("change", () => {
  showModel();
  classify();
});
at("coverage").addEventListener("change", classify);
at("token").addEventListener("change", loadModels);
at("controls").addEventListener("submit", (event) => event.preventDefault());
camera(take, showProblem);
loadModels();
