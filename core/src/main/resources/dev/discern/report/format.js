// Number formats. A missing value is a dash, never a zero.

const NONE = "–";
const THIN = "\u202f";

function known(x) {
  return typeof x === "number" && Number.isFinite(x);
}

function number(x, digits = 3) {
  // Diverged runs have huge numbers, of which only the first two digits are useful.
  return known(x) ? (Math.abs(x) < 1e5 ? x.toFixed(digits) : x.toExponential(1)).replaceAll("-", "−") : NONE;
}

function count(x) {
  return known(x) ? x.toLocaleString("en-US") : NONE;
}

function percent(x, digits = 2) {
  return known(x) ? `${number(100 * x, digits)}${THIN}%` : NONE;
}

/** A sentence whose numbers stay on one line with their percent signs. */
function unbroken(text) {
  return text.replaceAll(" %", `${THIN}%`);
}

/** A difference of shares, in percentage points, always with a sign. */
function points(x, digits = 2) {
  return known(x) ? (x > 0 ? "+" : "") + number(100 * x, digits) : NONE;
}

function signed(x, digits = 3) {
  return known(x) ? (x > 0 ? "+" : "") + number(x, digits) : NONE;
}

function pValue(p) {
  return !known(p) ? NONE : p < 0.001 ? `<${THIN}0.001` : number(p, 3);
}

/** A probability, with a power of ten if it is small. */
function probability(p) {
  if (!known(p)) {
    return NONE;
  }
  if (p >= 0.001 || p === 0) {
    return String(Number(p.toPrecision(2)));
  }
  const [digits, exponent] = p.toExponential(0).split("e-");
  return `${digits}${THIN}×${THIN}10⁻${[...exponent].map((d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]).join("")}`;
}

function interval(low, high, form) {
  return known(low) && known(high) ? `${form(low)} to ${form(high)}` : NONE;
}

/** A mean with its standard deviation over the seeds, if there is one. */
function meanAndSd(figure, form, unit = "") {
  if (!figure || !known(figure.mean)) {
    return NONE;
  }
  const spread = known(figure.sd) ? `${THIN}±${THIN}${form(figure.sd)}` : "";
  return form(figure.mean) + spread + unit;
}

const hundred = (digits) => (x) => number(100 * x, digits);

function plural(n, one, many = `${one}s`) {
  return `${count(n)} ${n === 1 ? one : many}`;
}
