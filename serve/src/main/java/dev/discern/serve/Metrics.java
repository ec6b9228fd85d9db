package dev.discern.serve;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** What {@code /metrics} shows, in Prometheus' text format; docs/serving.md lists it. */
final class Metrics {
  private static final Duration[] SECONDS =
      LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);
  private static final double[] SIZES =
      DoubleStream.iterate(1, size -> size <= 1024, size -> 2 * size).toArray();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Shows how many images wait. */
  void queue(IntSupplier length) {
    gauge("discern.queue.length", length);
  }

  /** Shows how many requests have begun and are not answered yet. */
  void requests(IntSupplier open) {
    gauge("discern.requests.open", open);
  }

  /** A request was answered. */
  void answered(String endpoint, int status, long nanos) {
    timer("discern.request", "endpoint", endpoint, "status", Integer.toString(status))
        .record(Duration.ofNanos(nanos));
  }

  /** An image left the queue. */
  void waited(String model, long nanos) {
    timer("discern.queue.wait", "model", model).record(Duration.ofNanos(nanos));
  }

  /** Images run through a network together. */
  void batch(String model, int images) {
    DistributionSummary.builder("discern.batch.size")
        .tags("model", model)
        .serviceLevelObjectives(SIZES)
        .register(registry)
        .record(images);
  }

  /** An image could not be decoded. */
  void undecodable(String model) {
    registry.counter("discern.decode.failures", "model", model).increment();
  }

  /** A request found the queue full. */
  void rejected(String model) {
    registry.counter("discern.rejected", "model", model).increment();
  }

  /** A class was the likeliest of an image. */
  void predicted(String model, String name) {
    registry.counter("discern.answers", "model", model, "class", name).increment();
  }

  /** The file of a model changed. */
  void reloaded(String model, String outcome) {
    registry.counter("discern.reloads", "model", model, "outcome", outcome).increment();
  }

  // Otherwise, the registry forgets the supplier with the next garbage collection.
  private void gauge(String name, IntSupplier value) {
    Gauge.builder(name, value, IntSupplier::getAsInt).strongReference(true).register(registry);
  }

  private Timer timer(String name, String... tags) {
    return Timer.builder(name).tags(tags).serviceLevelObjectives(SECONDS).register(registry);
  }

  /** Prometheus' text format, version 0.0.4. */
  String text() {
    return registry.scrape();
  }
}
