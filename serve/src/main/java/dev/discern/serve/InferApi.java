package dev.discern.serve;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** {@code POST /v2/models/NAME/infer} of the Open Inference Protocol. */
final class InferApi {
  private final Models models;
  private final Limits limits;
  private final Classifying classifying;
  private final Executor executor;

  InferApi(Models models, Limits limits, Classifying classifying, Executor executor) {
    this.models = models;
    this.limits = limits;
    this.classifying = classifying;
    this.executor = executor;
  }

  CompletionStage<Reply> infer(Call call) {
    ModelSlot slot = models.named(call.model());
    InferRequest request =
        InferParser.parse(call.body(), call.exchange().header(InferReply.JSON_LENGTH), limits);
    call.exchange().images = request.images().size();
    ModelVersion version = slot.retain();
    try {
      return classifying
          .classify(slot.name(), version, request.images())
          .thenApplyAsync(answers -> InferReply.of(slot.name(), request, answers), executor);
    } finally {
      version.release();
    }
  }
}
