package dev.discern.runtime;

import dev.discern.graph.BadOnnx;
import dev.discern.graph.OnnxFile;
import dev.discern.graph.OnnxFile.Value;
import java.util.List;

/** The inputs and outputs of an exported file. */
final class Signature {
  static final String IMAGES = "images";
  static final String PROBABILITIES = "probabilities";

  private static final int FLOAT = 1;
  private static final int BYTE = 2;

  private Signature() {}

  /** Refuses a file whose inputs or outputs are others than its card says. */
  static void check(OnnxFile file, Card card) throws BadOnnx {
    List<Value> inputs = file.inputs();
    boolean takesImages =
        inputs.size() == 1
            && inputs.get(0).name().equals(IMAGES)
            && inputs.get(0).type() == BYTE
            && inputs.get(0).shape().size() == 4
            && inputs.get(0).shape().get(3) == card.input().channels();
    if (!takesImages) {
      throw other("its input is not 'images', bytes of [batch, height, width, channels]");
    }
    long classes = card.classes().size();
    boolean gives =
        file.outputs().stream()
            .anyMatch(
                output ->
                    output.name().equals(PROBABILITIES)
                        && output.type() == FLOAT
                        && output.shape().size() == 2
                        && output.shape().get(1) == classes);
    if (!gives) {
      throw other("it has no output 'probabilities', numbers of [batch, " + classes + "]");
    }
  }

  private static BadOnnx other(String what) {
    return new BadOnnx("was not exported by Discern: " + what + ". Export the run again");
  }
}
