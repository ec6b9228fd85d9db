package dev.discern.serve;

import dev.discern.certainty.Conformity;
import dev.discern.runtime.Card;
import dev.discern.runtime.Classifier;
import dev.discern.runtime.Image;
import dev.discern.runtime.Prediction;
import dev.discern.runtime.PreparedImage;
import dev.discern.runtime.UnusableImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A model whose answer is the first byte of the image, and whose batches a test can hold up. */
final class FakeClassifier implements Classifier {
  static final List<String> CLASSES = List.of("oak", "maple", "beech");

  /** The sizes of the batches that have run. */
  final List<Integer> batches = new CopyOnWriteArrayList<>();

  final AtomicBoolean closed = new AtomicBoolean();
  private final Card card;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch running = new CountDownLatch(1);

  FakeClassifier(String architecture, Card.Task task, boolean calibrated) {
    Optional<Conformity> conformity =
        calibrated ? Optional.of(Conformity.of(0, 0, 0.9)) : Optional.empty();
    card =
        new Card(
            task,
            CLASSES,
            List.of(),
            new Card.Input(3, 1, 1, 1, Card.Interpolation.BILINEAR),
            architecture,
            "ce",
            1,
            conformity,
            Map.of("seed", "1"));
  }

  static FakeClassifier plain() {
    return new FakeClassifier("fake", Card.Task.ONE_LABEL, false);
  }

  /** Holds up batches until {@link #letGo}. */
  void hold() {
    gate = new CountDownLatch(1);
    running = new CountDownLatch(1);
  }

  void letGo() {
    gate.countDown();
  }

  void awaitRunning() throws InterruptedException {
    running.await();
  }

  @Override
  public Card card() {
    return card;
  }

  @Override
  public PreparedImage prepare(Image image) {
    byte first =
        image instanceof Image.Bytes bytes
            ? (bytes.bytes().length == 0 ? 99 : bytes.bytes()[0])
            : ((Image.Decoded) image).pixels().rgb()[0];
    if (first == 66) {
      throw new IllegalStateException("a bug");
    } else if (first < 0 || first >= CLASSES.size()) {
      throw new UnusableImage("The image is damaged. Fetch it again, or remove it.");
    }
    return new PreparedImage(1, 1, 3, new byte[] {first, 0, 0});
  }

  @Override
  public List<Prediction> classifyPrepared(List<PreparedImage> images) {
    if (closed.get()) {
      throw new IllegalStateException("closed");
    }
    batches.add(images.size());
    running.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return images.stream().map(this::predict).toList();
  }

  private Prediction predict(PreparedImage image) {
    double[] probabilities = {0.125, 0.125, 0.125};
    probabilities[image.data()[0]] = 0.75;
    return Prediction.of(card, probabilities);
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
