package dev.discern.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.discern.graph.BadOnnx;
import dev.discern.graph.OnnxFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A classifier over ONNX Runtime. */
final class OnnxClassifier implements Classifier {
  private final Path path;
  private final Card card;
  private final Options options;
  private final Preparation preparation;
  private final OrtSession session;
  private final Batch batch;
  // Passes share the lock; closing waits for them.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private OnnxClassifier(Path path, Card card, Options options, OrtSession session) {
    this.path = path;
    this.card = card;
    this.options = options;
    this.session = session;
    this.batch = new Batch(session, card);
    this.preparation = new Preparation(card.input(), options.maxPixels());
  }

  static OnnxClassifier open(Path path, Options options) {
    try {
      ByteBuffer file = ModelBytes.read(path);
      OnnxFile onnx = OnnxFile.read(file);
      Card card = CardReader.read(onnx.metadata());
      Signature.check(onnx, card);
      return new OnnxClassifier(path, card, options, session(file, options));
    } catch (BadOnnx e) {
      throw new UnusableModel("The file " + path + " " + e.getMessage() + ".", e);
    } catch (OrtException e) {
      throw new UnusableModel(
          "The file " + path + " cannot be run by ONNX Runtime: export the run again.", e);
    } catch (OutOfMemoryError e) {
      throw new UnusableModel(
          "The file "
              + path
              + " does not fit into memory: free some, or raise"
              + " -XX:MaxDirectMemorySize.",
          e);
    }
  }

  private static OrtSession session(ByteBuffer file, Options options) throws OrtException {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      settings.setIntraOpNumThreads(options.threads());
      settings.setInterOpNumThreads(1);
      // Failures are reported as exceptions; nothing else belongs on an application's console.
      settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return OnnxEnvironment.get().createSession(file, settings);
    }
  }

  @Override
  public Card card() {
    return card;
  }

  @Override
  public PreparedImage prepare(Image image) {
    requireOpen();
    return preparation.of(image);
  }

  private void requireOpen() {
    lock.readLock().lock();
    try {
      refuseIfClosed();
    } finally {
      lock.readLock().unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new IllegalStateException("This classifier is closed.");
    }
  }

  @Override
  public List<Prediction> classifyPrepared(List<PreparedImage> images) {
    List<PreparedImage> all = List.copyOf(images);
    Batch.requireSuits(all, card.input());
    List<Prediction> predictions = new ArrayList<>(all.size());
    lock.readLock().lock();
    try {
      refuseIfClosed();
      for (int start = 0; start < all.size(); start += options.batchLimit()) {
        int end = Math.min(all.size(), start + options.batchLimit());
        predictions.addAll(run(all.subList(start, end)));
      }
    } finally {
      lock.readLock().unlock();
    }
    return predictions;
  }

  private List<Prediction> run(List<PreparedImage> images) {
    try {
      float[] probabilities = batch.run(images);
      List<Prediction> predictions = new ArrayList<>(images.size());
      int classes = card.classes().size();
      for (int i = 0; i < images.size(); i++) {
        double[] row = new double[classes];
        for (int k = 0; k < classes; k++) {
          row[k] = probabilities[i * classes + k];
        }
        predictions.add(Prediction.of(card, row));
      }
      return predictions;
    } catch (OrtException | BadOnnx e) {
      throw new UnusableModel(
          "The model "
              + path
              + " failed on a batch of "
              + images.size()
              + " images ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "): export the run again.",
          e);
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new UnusableModel("The model " + path + " could not be closed.", e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The name of the file and its classes. */
  @Override
  public String toString() {
    return "Classifier of " + card.classes().size() + " classes from " + path;
  }
}
