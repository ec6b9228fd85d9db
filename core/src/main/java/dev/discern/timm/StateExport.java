package dev.discern.timm;

import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import dev.discern.head.Methods;
import dev.discern.image.Encoded;
import dev.discern.image.Pixels;
import dev.discern.layer.Architecture;
import dev.discern.layer.TensorSpec;
import dev.discern.predict.Answers;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import dev.discern.view.View;
import dev.discern.weights.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Exports a network's tensors as a PyTorch state dict in a safetensors file. The classifier has the
 * name that timm or torchvision gives it.
 */
public final class StateExport {
  private static final String HEAD = "fc.";

  private StateExport() {}

  /**
   * Writes a file beside the target, reads it back into a second network, compares the
   * probabilities, then moves it there.
   *
   * @param model the network's weights
   * @param images at least one image of any size, with the network's channels
   * @param file the target; replaced if it exists
   * @return the largest difference of probabilities, which is 0
   * @throws WorkFailed if the file cannot be written, or differs; nothing is left of it then
   */
  public static double write(ModelFile model, List<Pixels> images, Path file) {
    return write(model, images, file, name -> true);
  }

  /** As above, without tensors of the head that serve training alone, which timm would refuse. */
  static double writeLinear(ModelFile model, List<Pixels> images, Path file) {
    Set<String> backbone =
        Networks.architecture(model.card()).tensors().stream()
            .map(TensorSpec::name)
            .collect(Collectors.toSet());
    return write(model, images, file, name -> backbone.contains(name) || name.startsWith(HEAD));
  }

  private static double write(
      ModelFile model, List<Pixels> images, Path file, Predicate<String> wanted) {
    Path unverified = file.resolveSibling("." + file.getFileName() + ".unverified");
    Network network = Networks.open(model, "cpu", "fp32");
    try {
      Architecture architecture = network.backbone().architecture();
      Map<String, String> metadata = Map.of("format", "pt", "arch", model.card().architecture());
      SafeTensors.write(unverified, exported(network, architecture, wanted), metadata);
      double difference = difference(unverified, model.card(), network, images, wanted);
      if (difference != 0) {
        throw new WorkFailed(
            "The exported file is not kept, because its probabilities differ from the network's by "
                + difference
                + ": please report it, with the run's architecture and method.");
      }
      Files.move(
          unverified, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return difference;
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    } finally {
      network.store().state().values().forEach(Tensor::close);
      delete(unverified);
    }
  }

  private static Map<String, Tensor> exported(
      Network network, Architecture architecture, Predicate<String> wanted) {
    String classifier = architecture.classifier() + ".";
    return renamed(
        chosen(network.store().state(), wanted), name -> swapped(name, HEAD, classifier));
  }

  private static Map<String, Tensor> chosen(Map<String, Tensor> tensors, Predicate<String> wanted) {
    Map<String, Tensor> chosen = new LinkedHashMap<>(tensors);
    chosen.keySet().removeIf(wanted.negate());
    return chosen;
  }

  private static Map<String, Tensor> renamed(
      Map<String, Tensor> tensors, UnaryOperator<String> naming) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(naming.apply(name), tensor));
    return renamed;
  }

  private static String swapped(String name, String from, String to) {
    return name.startsWith(from) ? to + name.substring(from.length()) : name;
  }

  private static double difference(
      Path file, ModelCard card, Network network, List<Pixels> images, Predicate<String> wanted) {
    Network copy = Networks.copy(network, card, Methods.create(card.method()), List.of());
    Map<String, Tensor> state = copy.store().state();
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      state.values().forEach(Tensor::zero_); // so that what the file lacks would show
      String classifier = network.backbone().architecture().classifier() + ".";
      ParameterStore.copy(
          renamed(StateDict.read(file).tensors(), name -> swapped(name, classifier, HEAD)),
          chosen(state, wanted),
          file.toString());
      return difference(card, network, copy, images);
    } finally {
      state.values().forEach(Tensor::close);
    }
  }

  private static double difference(
      ModelCard card, Network network, Network copy, List<Pixels> images) {
    View view = card.preprocessing().view();
    double largest = 0;
    for (Pixels image : images) {
      List<byte[]> input = List.of(view.apply(Encoded.of(image), new SplittableRandom(0)).data());
      double[] expected = new Answers(network, card).of(input).get(0);
      double[] actual = new Answers(copy, card).of(input).get(0);
      for (int k = 0; k < expected.length; k++) {
        largest = Math.max(largest, Math.abs(expected[k] - actual[k]));
      }
    }
    return largest;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }
}
