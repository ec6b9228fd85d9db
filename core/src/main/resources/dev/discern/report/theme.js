// Light and dark theme. The system setting applies until the button is used; print is always light.

const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : darkSystem.matches;
}

function remembered(value) {
  try {
    if (value) {
      localStorage.setItem("discern-theme", value);
    }
    return localStorage.getItem("discern-theme");
  } catch {
    return null; // a browser may refuse storage to files
  }
}

function setUpTheme() {
  const button = document.getElementById("theme");
  const label = () => {
    button.textContent = isDark() ? "Light page" : "Dark page";
  };
  const before = remembered();
  if (before === "dark" || before === "light") {
    document.documentElement.dataset.theme = before;
  }
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = remembered(isDark() ? "light" : "dark") ?? (isDark() ? "light" : "dark");
    label();
  });
  darkSystem.addEventListener("change", label);
  label();
}
