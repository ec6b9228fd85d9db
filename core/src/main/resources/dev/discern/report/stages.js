// The order in which a curriculum introduced the classes, and how confusing each class was at the start of a stage.

function stagesSection() {
  const shown = losses.filter((loss) => loss.stages?.length);
  return shown.length === 0 ? null : [
    el("p", {}, "Training started with the most confusing classes and added more in each stage. The score of a class is its mean competing mass 1 − p over its training images at the start of the stage."),
    ...shown.map(stagesTable)];
}

function stagesTable(loss) {
  const seeds = d3.group(loss.stages, (stage) => stage.seed);
  const rows = [...seeds].flatMap(([seed, stages]) => stages.map((stage, at) => {
    const before = at === 0 ? [] : stages[at - 1].classes;
    const came = stage.classes.filter((name) => !before.includes(name));
    return [seed, stage.stage, stage.epoch, stage.classes.length, came.map((name) => `${name} (${number(stage.confusion[name], 3)})`).join(", ")];
  }));
  return scrollTable(`Classes in the order in which ${loss.name} introduced them`, {
    columns: ["Seed", "Stage", "From epoch", "Active classes", "Added classes (score)"], rows,
  });
}
