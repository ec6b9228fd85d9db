package dev.discern.serve;

import dev.discern.runtime.Classifier;
import dev.discern.runtime.Prediction;
import dev.discern.runtime.PreparedImage;
import dev.discern.runtime.UnusableImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The threads that decode images and run them through networks, batch by batch. */
final class Workers implements AutoCloseable {
  private final BatchQueue queue;
  private final Metrics metrics;
  private final List<Thread> threads;

  /** Starts the workers of a queue. */
  Workers(BatchQueue queue, int count, Metrics metrics) {
    this.queue = queue;
    this.metrics = metrics;
    this.threads =
        IntStream.range(0, count)
            .mapToObj(i -> Daemons.named("discern-worker").newThread(this::work))
            .toList();
    threads.forEach(Thread::start);
  }

  private void work() {
    try {
      for (List<Job> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
        long now = System.nanoTime();
        batch.forEach(job -> metrics.waited(job.name(), now - job.queuedNanos()));
        classify(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void classify(List<Job> batch) {
    Classifier model = batch.get(0).version().classifier();
    List<Job> whole = new ArrayList<>(batch.size());
    List<PreparedImage> images = new ArrayList<>(batch.size());
    for (Job job : batch) {
      try {
        images.add(model.prepare(job.image()));
        whole.add(job);
      } catch (UnusableImage e) {
        metrics.undecodable(job.name());
        job.fail(new HttpFailure(400, job.about(String.valueOf(e.getMessage()))));
      } catch (RuntimeException | Error e) {
        job.fail(failure(e));
      }
    }
    if (!whole.isEmpty()) {
      run(model, whole, images);
    }
  }

  private void run(Classifier model, List<Job> jobs, List<PreparedImage> images) {
    metrics.batch(jobs.get(0).name(), jobs.size());
    List<Prediction> answers;
    try {
      answers = model.classifyPrepared(images);
    } catch (RuntimeException | Error e) {
      Throwable failure = failure(e);
      jobs.forEach(job -> job.fail(failure));
      return;
    }
    for (int i = 0; i < jobs.size(); i++) {
      jobs.get(i).succeed(answers.get(i));
    }
  }

  // A worker survives everything: a large image may ask for more memory than there is.
  private static Throwable failure(Throwable cause) {
    return cause instanceof OutOfMemoryError
        ? new HttpFailure(
            503, "The server has too little memory for this image: send a smaller one.")
        : cause;
  }

  /** Takes no more images, and does not wait for those that were accepted. */
  void abandon() {
    queue.close();
  }

  /** Waits until all images that were accepted have been answered. */
  @Override
  public void close() {
    abandon();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
