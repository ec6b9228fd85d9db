package dev.discern.predict;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.certainty.Calibration;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.failure.InvalidRequest;
import dev.discern.runtime.Card;
import dev.discern.runtime.Image;
import dev.discern.runtime.Options;
import dev.discern.runtime.Prediction;
import dev.discern.runtime.Preparation;
import dev.discern.runtime.PreparedImage;
import dev.discern.runtime.UnusableModel;
import java.util.ArrayList;
import java.util.List;

/** A run as applications see an exported file. Images are decoded as for an exported file. */
final class RunClassifier implements dev.discern.runtime.Classifier {
  private final Classifier classifier;
  private final Options options;
  private final Card card;
  private final Preparation preparation;

  RunClassifier(Classifier classifier, Options options) {
    this.classifier = classifier;
    this.options = options;
    this.card = card(classifier.card());
    this.preparation = new Preparation(card.input(), options.maxPixels());
  }

  private static Card card(ModelCard card) {
    return new Card(
        card.task() == Task.ONE_LABEL ? Card.Task.ONE_LABEL : Card.Task.SEVERAL_LABELS,
        card.classNames(),
        card.classIds(),
        input(card.preprocessing()),
        card.architecture(),
        card.method(),
        card.calibration().map(c -> c.temperature().value()).orElse(1.0),
        card.calibration().map(Calibration::conformity),
        card.provenance());
  }

  private static Card.Input input(Preprocessing preprocessing) {
    return new Card.Input(
        preprocessing.shape().channels(),
        preprocessing.shape().height(),
        preprocessing.shape().width(),
        preprocessing.cropRatio(),
        switch (preprocessing.interpolation()) {
          case BILINEAR -> Card.Interpolation.BILINEAR;
          case BICUBIC -> Card.Interpolation.BICUBIC;
        });
  }

  @Override
  public Card card() {
    return card;
  }

  @Override
  public PreparedImage prepare(Image image) {
    classifier.requireOpen();
    return preparation.of(image);
  }

  @Override
  public List<Prediction> classifyPrepared(List<PreparedImage> images) {
    classifier.requireOpen();
    for (PreparedImage image : images) {
      if (!image.suits(card.input())) {
        throw new InvalidRequest("An image was prepared for another model.");
      }
    }
    List<byte[]> pixels = images.stream().map(PreparedImage::data).toList();
    List<Prediction> predictions = new ArrayList<>(pixels.size());
    try {
      for (int start = 0; start < pixels.size(); start += options.batchLimit()) {
        int end = Math.min(pixels.size(), start + options.batchLimit());
        classifier
            .probabilities(pixels.subList(start, end))
            .forEach(probabilities -> predictions.add(Prediction.of(card, probabilities)));
      }
    } catch (WorkFailed e) {
      throw new UnusableModel(String.valueOf(e.getMessage()), e);
    }
    return predictions;
  }

  @Override
  public void close() {
    classifier.close();
  }
}
