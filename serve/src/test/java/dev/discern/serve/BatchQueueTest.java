package dev.discern.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.runtime.Image;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How batches form. */
class BatchQueueTest {
  private static final Duration NEVER = Duration.ofSeconds(1);

  private final ModelVersion oaks = new ModelVersion(FakeClassifier.plain());
  private final ModelVersion maples = new ModelVersion(FakeClassifier.plain());

  private static BatchQueue queue(int maxBatch, Duration delay) {
    return new BatchQueue(8, new Batching(maxBatch, delay, 1, 1));
  }

  private static List<Job> jobs(ModelVersion version, int count) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(
          new Job(
              "a",
              version,
              Image.of(new byte[1]),
              i,
              System.nanoTime(),
              new CompletableFuture<>()));
    }
    return jobs;
  }

  @Test
  void takesAtMostAFullBatchInOrder() throws InterruptedException {
    BatchQueue queue = queue(3, Duration.ZERO);
    List<Job> jobs = jobs(oaks, 5);
    assertThat(queue.offer(jobs)).isTrue();
    assertThat(queue.take()).isEqualTo(jobs.subList(0, 3));
    assertThat(queue.take()).isEqualTo(jobs.subList(3, 5));
    assertThat(queue.length()).isZero();
  }

  @Test
  void doesNotMixModels() throws InterruptedException {
    BatchQueue queue = queue(8, Duration.ZERO);
    List<Job> first = jobs(oaks, 2);
    List<Job> second = jobs(maples, 2);
    List<Job> third = jobs(oaks, 1);
    queue.offer(first);
    queue.offer(second);
    queue.offer(third);
    assertThat(queue.take()).containsExactly(first.get(0), first.get(1), third.get(0));
    assertThat(queue.take()).isEqualTo(second);
  }

  @Test
  void startsAFullBatchWithoutDelay() throws InterruptedException {
    BatchQueue queue = queue(2, NEVER);
    queue.offer(jobs(oaks, 1));
    List<Job> full = jobs(maples, 2);
    queue.offer(full);
    long begin = System.nanoTime();
    assertThat(queue.take()).isEqualTo(full);
    assertThat(System.nanoTime() - begin).isLessThan(NEVER.toNanos() / 2);
  }

  @Test
  void waitsForOthersNoLongerThanTheDelay() throws Exception {
    Duration delay = Duration.ofMillis(200);
    BatchQueue queue = queue(4, delay);
    CompletableFuture<List<Job>> taken = taking(queue);
    List<Job> first = jobs(oaks, 1);
    queue.offer(first);
    List<Job> second = jobs(oaks, 1);
    queue.offer(second);
    assertThat(taken.get(10, TimeUnit.SECONDS)).containsExactly(first.get(0), second.get(0));
    assertThat(System.nanoTime() - first.get(0).queuedNanos())
        .isGreaterThanOrEqualTo(delay.toNanos());
  }

  private static CompletableFuture<List<Job>> taking(BatchQueue queue) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return queue.take();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void takesAllOrNothing() {
    BatchQueue queue = queue(2, NEVER);
    assertThat(queue.offer(jobs(oaks, 6))).isTrue();
    assertThat(queue.offer(jobs(oaks, 3))).isFalse();
    assertThat(queue.length()).isEqualTo(6);
    assertThat(queue.offer(jobs(oaks, 2))).isTrue();
  }

  @Test
  void givesOutWhatWaitsWhenClosed() throws InterruptedException {
    BatchQueue queue = queue(4, NEVER);
    List<Job> last = jobs(oaks, 1);
    queue.offer(last);
    queue.close();
    assertThat(queue.offer(jobs(oaks, 1))).isFalse();
    assertThat(queue.take()).isEqualTo(last);
    assertThat(queue.take()).isEmpty();
  }
}
