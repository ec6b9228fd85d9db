package dev.discern.examples.service;

import dev.discern.runtime.Classifier;
import dev.discern.runtime.Prediction;
import java.nio.file.Path;

/** The lines of the README. */
final class FirstClassification {
  private FirstClassification() {}

  static Prediction run(Path model, Path image) {
    try (Classifier classifier = Classifier.open(model)) { // an ONNX file that export wrote
      Prediction prediction = classifier.classify(image); // or bytes, a stream, a BufferedImage
      System.out.println(prediction.className() + " " + prediction.probability());
      return prediction;
    }
  }
}
