package dev.discern.train;

import dev.discern.config.Internal;
import dev.discern.optim.LrSchedule;

/**
 * The lessons, their number, and their learning rates.
 *
 * @param lessons the lesson of each epoch
 * @param epochs the number of epochs
 * @param stepsPerEpoch batches per lesson
 * @param schedule the learning rate of each step
 */
@Internal
public record Course(Lessons lessons, int epochs, int stepsPerEpoch, LrSchedule schedule) {
  // A schedule counts steps, and a fair comparison needs equal numbers of them.
  Lesson lesson(int epoch) {
    Lesson lesson = lessons.of(epoch);
    int steps = lesson.feed().batches().stepsPerEpoch();
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

  double rate(int epoch, int step) {
    return schedule.rate((long) epoch * stepsPerEpoch + step);
  }
}
