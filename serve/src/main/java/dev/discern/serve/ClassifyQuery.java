package dev.discern.serve;

import dev.discern.runtime.Card;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.jetty.util.Fields;

/**
 * What a client wants to know about its images.
 *
 * @param top how many of the likeliest classes
 * @param coverage the coverage of a prediction set
 * @param reject the probability of the likeliest class below which the answer is "unsure"
 */
record ClassifyQuery(OptionalInt top, OptionalDouble coverage, OptionalDouble reject) {
  private static final Set<String> KNOWN = Set.of("top", "coverage", "reject");

  /**
   * Reads the parameters of an address.
   *
   * @throws HttpFailure with 400 if one is unknown, repeated or out of range
   */
  static ClassifyQuery of(Fields query) {
    for (Fields.Field field : query) {
      if (!KNOWN.contains(field.getName())) {
        throw new HttpFailure(
            400,
            "There is no parameter " + field.getName() + ": there are top, coverage and reject.");
      }
    }
    return new ClassifyQuery(whole(query, "top"), share(query, "coverage"), share(query, "reject"));
  }

  /**
   * Refuses what a model cannot give, before any image is decoded.
   *
   * @throws HttpFailure with 400
   */
  void requireSuits(Card card) {
    boolean several = card.task() == Card.Task.SEVERAL_LABELS;
    if (several && (reject.isPresent() || coverage.isPresent())) {
      throw new HttpFailure(
          400,
          "This model gives an image several labels, each with its own probability, so there is"
              + " neither a prediction set nor an unsure image: omit coverage and reject.");
    }
    if (coverage.isPresent() && card.conformity().isEmpty()) {
      throw new HttpFailure(
          400, "This model has no calibration, which prediction sets need: omit coverage.");
    }
  }

  private static OptionalInt whole(Fields query, String name) {
    List<String> values = query.getValuesOrEmpty(name);
    if (values.isEmpty()) {
      return OptionalInt.empty();
    }
    if (values.size() == 1 && values.get(0).matches("[1-9]\\d{0,8}")) {
      return OptionalInt.of(Integer.parseInt(values.get(0)));
    }
    throw new HttpFailure(400, name + " must be one whole number above 0, such as 3.");
  }

  private static OptionalDouble share(Fields query, String name) {
    List<String> values = query.getValuesOrEmpty(name);
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (values.size() == 1 && values.get(0).matches("0?\\.\\d{1,17}")) {
      double value = Double.parseDouble(values.get(0));
      if (value > 0 && value < 1) {
        return OptionalDouble.of(value);
      }
    }
    throw new HttpFailure(400, name + " must be one number between 0 and 1, such as 0.95.");
  }
}
