package dev.discern.serve;

import dev.discern.runtime.Image;
import dev.discern.runtime.Prediction;
import java.util.concurrent.CompletableFuture;

/**
 * An image that waits for a worker.
 *
 * @param name the name of the model
 * @param version keeps the model open until the job is done
 * @param image the image
 * @param place its place in its request, from 1, for messages; 0 if it is alone
 * @param queuedNanos when it was queued
 * @param answer receives the prediction, or an {@link HttpFailure}
 */
record Job(
    String name,
    ModelVersion version,
    Image image,
    int place,
    long queuedNanos,
    CompletableFuture<Prediction> answer) {

  void succeed(Prediction prediction) {
    version.release();
    answer.complete(prediction);
  }

  void fail(Throwable failure) {
    version.release();
    answer.completeExceptionally(failure);
  }

  /** A sentence about the image, in which a request of several images says which one it is. */
  String about(String sentence) {
    return place == 0 ? sentence : sentence.replaceFirst("^The image\\b", "Image " + place);
  }
}
