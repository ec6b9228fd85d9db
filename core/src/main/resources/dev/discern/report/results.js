// The verdict and the figures per loss.

function verdictSection() {
  const verdict = data.verdict;
  return verdict && [
    verdict.headline ? el("p", { class: "headline" }, unbroken(verdict.headline)) : null,
    verdict.detail ? el("p", { class: "lead" }, unbroken(verdict.detail)) : null,
    firstOfMany(verdict.sentences ?? [], (some) => some.map((sentence) => el("p", { class: "lead" }, unbroken(sentence)))),
    (verdict.warnings ?? []).length
      ? el("aside", { class: "warnings", "aria-label": "Warnings" },
          el("p", { class: "warnings-title" }, "Read with care"),
          el("ul", {}, verdict.warnings.map((warning) => el("li", {}, unbroken(warning)))))
      : null,
  ];
}

/**
 * With many methods, only the pairs that include the first method are expanded. The headline and its
 * detail are about the first pair, which is then left out.
 */
function firstOfMany(pairs, show) {
  const told = data.verdict.detail ? 1 : 0;
  const first = losses.length > 4 ? data.pairs.filter((pair) => pair.a === data.pairs[0].a).length : pairs.length;
  const others = pairs.slice(first);
  return [
    show(pairs.slice(told, first)),
    others.length ? el("details", { class: "data" }, el("summary", {}, plural(others.length, "other pair")), show(others)) : null,
  ];
}

const FIGURES = severalLabels ? [
  { key: "mAP", label: "mAP, %", form: hundred(2) },
  { key: "bestMAP", label: "Best epoch, %", form: hundred(2) },
  { key: "f1", label: "F1 by label, %", form: hundred(2) },
  { key: "overallF1", label: "F1 overall, %", form: hundred(2) },
  { key: "hammingLoss", label: "Hamming loss, %", form: hundred(2) },
  { key: "rankingLoss", label: "Ranking loss, %", form: hundred(2) },
  { key: "oneError", label: "One-error, %", form: hundred(2) },
  { key: "coverage", label: "Coverage, labels", form: number },
  { key: "loss", label: "Loss, nats", form: number },
] : [
  { key: "top1", label: "Accuracy, %", form: hundred(2) },
  { key: "bestTop1", label: "Best epoch, %", form: hundred(2) },
  { key: "ece", label: "ECE, %", form: hundred(2) },
  { key: "meanTrueProbability", label: "Mean p, true class", form: number },
  { key: "meanStrongestRival", label: "Mean p, rival", form: number },
  { key: "loss", label: "Loss, nats", form: number },
];

function resultsSection() {
  if (losses.length === 0) {
    return "No loss has been run yet.";
  }
  const measured = losses.filter((loss) => loss.figures);
  return [
    el("p", {}, resultsNote(measured)),
    resultTable(),
    notes(),
    losses.some(scoreOf) && !(isRun && seedsOf(losses[0]) < 2) ? accuracyFigure() : null,
    runTable(),
  ];
}

function seedsOf(loss) {
  return scoreOf(loss)?.n ?? 0;
}

function resultsNote(measured) {
  const spread = measured.some((loss) => known(scoreOf(loss)?.sd));
  const over = spread
    ? "Mean ± standard deviation over the seeds; the interval contains the mean with 95 % confidence. "
    : "There is only one seed, so there is no spread for judging differences. ";
  const words = severalLabels
    ? "All figures except the best epoch are for the network of the last epoch. mAP is the mean of the average precisions of the labels. Labels with a probability of at least ½ count as predicted; coverage is the number of most likely labels needed to include all labels of an image."
    : "All figures except the best epoch are for the network of the last epoch. ECE is the expected calibration error; the rival is the strongest wrong class.";
  return `${over}${words}${losses.length > 1 ? " Loss values cannot be compared between different losses." : ""}`;
}

function resultTable() {
  const shown = FIGURES.filter((f) => losses.some((loss) => known(loss.figures?.[f.key]?.mean)));
  const spread = losses.some((loss) => known(scoreOf(loss)?.low));
  const columns = ["Loss", "Runs", ...shown.flatMap((f) => (f.key === data.score && spread ? [f.label, "95 % interval"] : [f.label]))];
  const rows = losses.map((loss) => [
    el("span", { class: "loss-name" }, swatch(lossStyle(loss)), el("span", {}, breakable(loss.name), loss.control ? el("span", { class: "against" }, "control") : null)),
    finishedRuns(loss),
    ...shown.flatMap((f) => {
      const figure = loss.figures?.[f.key];
      const cell = meanAndSd(figure, f.form);
      const strong = f.key === data.score && isBest(loss);
      const shownCell = strong ? el("strong", {}, cell) : cell;
      return f.key === data.score && spread ? [shownCell, interval(figure?.low, figure?.high, f.form)] : [shownCell];
    }),
  ]);
  return el("div", { class: "wide-table" }, scrollTable(isRun ? "Figures of this run on the test images" : "Figures per loss on the test images", { columns, rows }));
}

/** Whether the tests find a loss better than every other one; a larger mean alone proves nothing. */
function isBest(loss) {
  const others = losses.filter((other) => other !== loss && scoreOf(other));
  return others.length > 0 && others.every((other) => (data.pairs ?? []).some((pair) =>
    (pair.a === other.name && pair.b === loss.name && pair.verdict === "better")
    || (pair.a === loss.name && pair.b === other.name && pair.verdict === "worse")));
}

function finishedRuns(loss) {
  const runs = loss.runs ?? [];
  const done = runs.filter((run) => run.state === "finished").length;
  return runs.length ? `${done} of ${runs.length}` : NONE;
}

/** One line for the runs of a loss that ended in the same way without a result. */
function notes() {
  const unfinished = losses.flatMap((loss) => (loss.runs ?? []).filter((run) => run.state !== "finished").map((run) => ({ loss, run })));
  const alike = d3.groups(unfinished, ({ loss, run }) => JSON.stringify([loss.name, run.state, run.note ?? ""]));
  return alike.length === 0 ? null : el("ul", { class: "notes" }, alike.map(([, group]) => {
    const [{ loss, run }] = group;
    const which = `${group.length > 1 ? "seeds" : "seed"} ${group.map((g) => g.run.seed).join(", ")}`;
    return el("li", {}, el("strong", {}, `${loss.name}, ${which}`), `: ${stateWords(run.state)}${run.note ? `: ${run.note.replace(/\.+$/, "")}` : ""}.`);
  }));
}

function stateWords(state) {
  return { diverged: "diverged", failed: "failed", missing: "not run" }[state] ?? state;
}

function accuracyFigure() {
  const items = losses.map((loss) => ({
    label: lossLabel(loss),
    style: lossStyle(loss),
    ...(scoreOf(loss) ?? {}),
    points: scoreOf(loss)?.values,
    text: meanAndSd(scoreOf(loss), hundred(2)),
    note: (loss.runs ?? []).some((run) => run.state === "diverged") ? "diverged: no value" : "no value",
  }));
  return figure({
    id: "accuracy",
    title: `Test ${scoreWord} by loss`,
    caption: "Mean over the seeds with its 95 % interval; the small dots below are the individual seeds.",
    draw: (svg, width) => intervalRows(svg, width, items, { title: `test ${severalLabels ? "mAP" : "top-1 accuracy"}, %`, format: percentTicks, heading: "mean ± sd, %" }),
    table: {
      columns: ["Loss", "Mean, %", "Standard deviation, %", "Interval, %", "Seeds, %"],
      rows: losses.map((loss) => {
        const f = scoreOf(loss);
        return [lossLabel(loss), percentOf(f?.mean), percentOf(f?.sd), interval(f?.low, f?.high, hundred(2)), (f?.values ?? []).map((v) => hundred(2)(v)).join(", ") || NONE];
      }),
    },
  });
}

function percentOf(x) {
  return number(known(x) ? 100 * x : null, 2);
}

function runTable() {
  const rows = losses.flatMap((loss) => (loss.runs ?? []).map((run) => [lossLabel(loss), run.seed, stateWords(run.state), percent(run[data.score]), run.path ?? NONE, run.note ?? ""]));
  return rows.length === 0 ? null : el("details", { class: "data" }, el("summary", {}, rows.length === 1 ? "The run" : `All ${rows.length} runs`),
    scrollTable("Runs", { columns: ["Loss", "Seed", "State", `Test ${scoreWord}`, "Directory", "Note"], rows }));
}
