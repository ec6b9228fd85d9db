package dev.discern.serve;

import java.util.concurrent.CompletableFuture;

/**
 * An image that waits for a worker.
 *
 * @param name the name of the model
 * @param version keeps the model open until the job is done
 * @param input the image
 * @param place its place in its request, from 1, for messages; 0 if it is alone
 * @param queuedNanos when it was queued
 * @param answer receives the probabilities of all classes, or an {@link HttpFailure}
 */
record Job(
    String name,
    ModelVersion version,
    Input input,
    int place,
    long queuedNanos,
    CompletableFuture<double[]> answer) {

  void succeed(double[] probabilities) {
    version.release();
    answer.complete(probabilities);
  }

  void fail(Throwable failure) {
    version.release();
    answer.completeExceptionally(failure);
  }

  /** The subject of a sentence about the image. */
  String subject() {
    return place == 0 ? "The image" : "Image " + place;
  }
}
