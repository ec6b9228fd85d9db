package dev.discern.serve;

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
   * @return for each image, the probabilities of all classes; fails with an {@link HttpFailure}: 429
   *     if the queue is full, 400 if an image is unusable
   */
  CompletableFuture<List<double[]>> classify(
      String name, ModelVersion version, List<? extends Input> images) {
    long now = System.nanoTime();
    List<Job> jobs = new ArrayList<>(images.size());
    for (Input image : images) {
      if (!version.retain()) {
        throw new IllegalStateException("The caller has not retained the model.");
      }
      int place = images.size() == 1 ? 0 : jobs.size() + 1;
      jobs.add(new Job(name, version, image, place, now, new CompletableFuture<>()));
    }
    if (!queue.offer(jobs)) {
      jobs.forEach(job -> version.release());
      metrics.rejected(name);
      throw HttpFailure.busy("its queue of images is full");
    }
    return CompletableFuture.allOf(
            jobs.stream().map(Job::answer).toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> count(name, version, jobs));
  }

  private List<double[]> count(String name, ModelVersion version, List<Job> jobs) {
    List<double[]> answers = jobs.stream().map(job -> job.answer().join()).toList();
    List<String> classes = version.model().info().classes();
    answers.forEach(each -> metrics.predicted(name, classes.get(likeliest(each))));
    return answers;
  }

  /** The likeliest class; the first of equally likely ones. */
  static int likeliest(double[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      best = probabilities[k] > probabilities[best] ? k : best;
    }
    return best;
  }
}
