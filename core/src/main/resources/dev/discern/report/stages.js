// In which order a curriculum taught the classes, and how confusing each was when a stage began.

function stagesSection() {
  const shown = losses.filter((loss) => loss.stages?.length);
  return shown.length === 0 ? null : [
    el("p", {}, "Training began with the most confusing classes and took in more from stage to stage. A class's score is its mean competing mass 1 − p over its training images when the stage began."),
    ...shown.map(stagesTable)];
}

function stagesTable(loss) {
  const seeds = d3.group(loss.stages, (stage) => stage.seed);
  const rows = [...seeds].flatMap(([seed, stages]) => stages.map((stage, at) => {
    const before = at === 0 ? [] : stages[at - 1].classes;
    const came = stage.classes.filter((name) => !before.includes(name));
    return [seed, stage.stage, stage.epoch, stage.classes.length, came.map((name) => `${name} (${number(stage.confusion[name], 3)})`).join(", ")];
  }));
  return scrollTable(`Classes in the order in which ${loss.name} taught them`, {
    columns: ["Seed", "Stage", "From epoch", "Classes taught", "Classes that came (score)"], rows,
  });
}
