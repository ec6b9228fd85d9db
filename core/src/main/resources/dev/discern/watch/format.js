// Number formats. A missing value is a dash, never a zero.

const NONE = "–";
const THIN = "\u202f";

export function known(x) {
  return typeof x === "number" && Number.isFinite(x);
}

export function fixed(x, digits = 3) {
  return known(x) ? x.toFixed(digits).replace("-", "−") : NONE;
}

export function percent(x, digits = 2) {
  return known(x) ? `${fixed(100 * x, digits)}${THIN}%` : NONE;
}

export function count(x) {
  return known(x) ? Math.round(x).toLocaleString("en-US") : NONE;
}

/** A learning rate, with three significant digits. */
export function rate(x) {
  return known(x) ? String(Number(x.toPrecision(3))).replace("-", "−") : NONE;
}

export function duration(seconds) {
  if (!known(seconds)) {
    return NONE;
  }
  const s = Math.round(seconds);
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, "0")} s`;
  }
  return `${Math.floor(s / 3600)} h ${String(Math.floor(s / 60) % 60).padStart(2, "0")} min`;
}

/** The score of a run: top-1, or mean average precision for several labels per image. */
export function score(figures) {
  return figures?.top1 ?? figures?.mAP;
}

export function scoreWord(figures) {
  return known(figures?.mAP) ? "mAP" : "accuracy";
}
