package dev.discern.serve;

import dev.discern.runtime.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends images to the workers, and collects their answers. */
final class Classifying {
  private final BatchQueue queue;
  private final Metrics metrics;

  Classifying(BatchQueue queue, Metrics metrics) {
    this.queue = queue;
    this.metrics = metrics;
  }

  /**
   * Classifies images.
   *
   * @param version a model that the caller has retained
   * @return for each image, its prediction; fails with an {@link HttpFailure}: 429 if the queue is
   *     full, 400 if an image is unusable
   */
  CompletableFuture<List<Prediction>> classify(
      String name, ModelVersion version, List<Input> images) {
    long now = System.nanoTime();
    List<Job> jobs = new ArrayList<>(images.size());
    for (Input input : images) {
      if (!version.retain()) {
        throw new IllegalStateException("The caller has not retained the model.");
      }
      int place = images.size() == 1 ? 0 : jobs.size() + 1;
      jobs.add(new Job(name, version, input.image(), place, now, new CompletableFuture<>()));
    }
    if (!queue.offer(jobs)) {
      jobs.forEach(job -> version.release());
      metrics.rejected(name);
      throw HttpFailure.busy("its queue of images is full");
    }
    return CompletableFuture.allOf(
            jobs.stream().map(Job::answer).toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> count(name, jobs));
  }

  private List<Prediction> count(String name, List<Job> jobs) {
    List<Prediction> answers = jobs.stream().map(job -> job.answer().join()).toList();
    answers.forEach(each -> metrics.predicted(name, each.className()));
    return answers;
  }
}
