package dev.discern.train;

import dev.discern.config.Internal;
import dev.discern.optim.LrSchedule;

/**
 * What is taught, for how long, and at which learning rate.
 *
 * @param lessons what each epoch teaches
 * @param epochs how many
 * @param stepsPerEpoch batches of every lesson
 * @param schedule the learning rate of each step
 */
@Internal
public record Course(Lessons lessons, int epochs, int stepsPerEpoch, LrSchedule schedule) {
  // A schedule counts steps, and a comparison rests on equal numbers of them.
  Lesson lesson(int epoch) {
    Lesson lesson = lessons.of(epoch);
    int steps = lesson.batches().stepsPerEpoch();
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
