package dev.discern.export;

import dev.discern.run.RunListener;
import dev.discern.run.RunStart;
import dev.discern.train.EpochResult;
import java.nio.file.Path;

/**
 * A listener that updates the event file of a run when its metrics change, and forwards all events.
 *
 * @param run the run directory
 * @param next receives all events too
 */
record TensorBoardListener(Path run, RunListener next) implements RunListener {
  @Override
  public void onStart(RunStart start) {
    // A resumed run already has lines and may have been started without this option.
    TensorBoard.write(run);
    next.onStart(start);
  }

  @Override
  public void onLoad(String activity, long done, long total) {
    next.onLoad(activity, done, total);
  }

  @Override
  public void onNote(String sentence) {
    next.onNote(sentence);
  }

  @Override
  public void onStep(int epoch, int step, int stepsPerEpoch, double loss) {
    next.onStep(epoch, step, stepsPerEpoch, loss);
  }

  @Override
  public void onEpoch(EpochResult result) {
    TensorBoard.write(run);
    next.onEpoch(result);
  }
}
