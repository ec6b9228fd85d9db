package dev.discern.train;

import dev.discern.config.Internal;
import dev.discern.config.TrainConfig;
import dev.discern.data.BatchLoader;
import dev.discern.optim.LrSchedule;

/**
 * The lessons, their number, and their learning rates.
 *
 * @param lessons the lesson of each epoch
 * @param config the number of epochs, and when training is over
 * @param accumulate batches per step
 * @param stepsPerEpoch steps per lesson
 * @param schedule the learning rate of each step
 */
@Internal
public record Course(
    Lessons lessons, TrainConfig config, int accumulate, int stepsPerEpoch, LrSchedule schedule) {
  /**
   * The steps of an epoch. Batches that do not fill a last step are left out, unless there are no
   * others, like images that do not fill a last batch: several batches per step train on the same
   * images as one large batch.
   *
   * @param batches of the epoch
   * @param accumulate batches per step
   * @return at least 1
   */
  public static int stepsPerEpoch(BatchLoader batches, int accumulate) {
    return Math.max(1, batches.stepsPerEpoch() / accumulate);
  }

  // A schedule counts steps, and a fair comparison needs equal numbers of them.
  Lesson lesson(int epoch) {
    Lesson lesson = lessons.of(epoch);
    int steps = stepsPerEpoch(lesson.feed().batches(), accumulate);
    if (steps != stepsPerEpoch) {
      throw new IllegalStateException(
          "Epoch "
              + epoch
              + " has "
              + steps
              + " steps, but every epoch should have "
              + stepsPerEpoch
              + ".");
    }
    return lesson;
  }

  boolean isOver(Progress progress) {
    return config.isOver(progress.epoch(), progress.best().epoch());
  }

  double rate(int epoch, int step) {
    return schedule.rate(stepsBefore(epoch, step));
  }

  long stepsBefore(int epoch, int step) {
    return (long) epoch * stepsPerEpoch + step;
  }
}
