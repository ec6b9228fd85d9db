// The state of the run in one sentence, with its figures.
import { count, duration, fixed, known, percent, score, scoreWord } from "./format.js";

const SILENT_SECONDS = 20;

/**
 * @param state the last state event
 * @param progress the content of progress.json, or null
 * @param age the seconds since the trainer last wrote, or null
 * @return kind (training, finished, waiting, warning), text, and an optional note
 */
export function sentenceOf(state, progress, age) {
  const { lines = [], config, result, problem } = state;
  if (problem) {
    return { kind: "warning", text: "Cannot read the run", note: problem };
  }
  if (result) {
    return { kind: "finished", text: `Finished after ${lines.length} epochs` };
  }
  if (!progress) {
    return { kind: "waiting", text: lines.length ? `Epoch ${lines.length} of ${config.epochs} has finished` : "Waiting for the first step" };
  }
  if (progress.state === "stopped") {
    return { kind: "warning", text: `Stopped in epoch ${progress.epoch} of ${config.epochs}`, note: `Go on with: ./discern train --resume ${state.run}` };
  }
  if (progress.state === "failed") {
    return { kind: "warning", text: `Failed in epoch ${progress.epoch} of ${config.epochs}`, note: progress.message };
  }
  if (age !== null && age > SILENT_SECONDS) {
    return { kind: "warning", text: `No news for ${duration(age)}`, note: `Either a long step, or a validation; or the run was cut, and goes on with: ./discern train --resume ${state.run}` };
  }
  return lines.length >= config.epochs
    ? { kind: "training", text: "Evaluating on the test images" }
    : { kind: "training", text: `Training epoch ${epochOf(state, progress)} of ${config.epochs}` };
}

// The metrics can be ahead of the progress, which may be a second old.
function epochOf({ lines, config }, progress) {
  return Math.min(config.epochs, Math.max(progress.epoch, lines.length + 1));
}

/** The share of all epochs that has finished. */
export function shareDone(state, progress) {
  const { lines = [], config } = state;
  return config ? Math.min(1, (lines.length + stepsInEpoch(state, progress)) / config.epochs) : 0;
}

function stepsInEpoch({ lines }, progress) {
  return progress && progress.epoch === lines.length + 1 ? progress.step / progress.stepsPerEpoch : 0;
}

/** The mean loss so far in the unfinished epoch, as a point between epochs; null if there is none. */
export function livePoint(state, progress) {
  const within = state.lines && !state.result ? stepsInEpoch(state, progress) : 0;
  return within > 0 && known(progress.loss) ? { x: state.lines.length + within, loss: progress.loss } : null;
}

/** Triples of name, value and remark; a run in progress has a rate and a remaining time. */
export function figuresOf(state, news, inProgress) {
  if (!state.config) {
    return [];
  }
  return state.result ? resultFigures(state.result) : runningFigures(state, news, inProgress);
}

function resultFigures({ last, best, secondsTotal }) {
  const word = scoreWord(last?.test);
  return [
    [`Test ${word}`, percent(score(last?.test)), `last epoch, ${last?.epoch}`],
    [`Test ${word}`, percent(score(best?.test)), `best on validation, ${best?.epoch}`],
    [`Validation ${word}`, percent(score(best?.validation)), `epoch ${best?.epoch}`],
    ["Test loss", fixed(last?.test?.loss, 4), "last epoch"],
    word === "mAP"
      ? ["Hamming loss", fixed(last?.test?.hammingLoss, 4), "last epoch, test"]
      : ["Calibration error", fixed(last?.test?.ece, 4), "last epoch, test"],
    ["Time", duration(secondsTotal), "all sessions"],
  ];
}

const FEW = 100; // validation images, below which a later epoch wins within one standard error

/** The epoch that the trainer keeps as the best one: Progress.Best in Java. */
function bestOf(lines) {
  let best = null;
  let highest = -1;
  for (const line of lines) {
    const { samples, loss } = line.validation;
    const mine = score(line.validation);
    highest = Math.max(highest, mine);
    const share = (highest * samples + 1) / (samples + 2);
    const better = samples < FEW
      ? mine >= highest - Math.sqrt((share * (1 - share)) / samples)
      : mine > score(best?.validation) || (mine === score(best?.validation) && loss < best.validation.loss);
    best = better || !best ? line : best;
  }
  return best;
}

function runningFigures({ lines, config }, { progress, secondsLeft }, inProgress) {
  const running = inProgress && lines.length < config.epochs;
  const within = progress && progress.epoch === lines.length + 1;
  const best = bestOf(lines.filter((line) => known(score(line.validation))));
  return [
    ["Epochs finished", `${lines.length}`, `of ${config.epochs}`],
    ["Step", within ? count(progress.step) : "–", within ? `of ${count(progress.stepsPerEpoch)}` : ""],
    ["Training loss", fixed(within && known(progress.loss) ? progress.loss : lines.at(-1)?.train?.loss, 4), within && known(progress.loss) ? "so far this epoch" : "last epoch"],
    ["Images per second", count(running ? progress.imagesPerSecond : undefined), "training"],
    ["Time left", running ? duration(secondsLeft) : "–", ""],
    ["Best validation", percent(score(best?.validation)), best ? `epoch ${best.epoch}` : ""],
  ];
}

/** The text for screen readers; it changes once per epoch, not once per second. */
export function newsOf(state, sentence) {
  const line = state.lines?.at(-1);
  const epoch = line ? `Epoch ${line.epoch} of ${state.config.epochs}: validation ${scoreWord(line.validation)} ${percent(score(line.validation))}.` : "";
  return sentence.kind === "training" ? epoch : `${sentence.text}. ${epoch}`;
}
