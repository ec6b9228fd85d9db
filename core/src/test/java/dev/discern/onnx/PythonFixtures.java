package dev.discern.onnx;

import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.config.InvalidConfig;
import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.head.Methods;
import dev.discern.image.Encoded;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.model.Models;
import dev.discern.timm.StateExport;
import dev.discern.timm.TimmExport;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes exports of every architecture and every method, with images and the engine's answers, for
 * {@code tools/export/check.py}, which reads them with other tools.
 */
final class PythonFixtures {
  private static final int IMAGES = 3;

  private PythonFixtures() {}

  /**
   * Writes one folder for each network.
   *
   * @param arguments the folder to write them into
   * @throws IOException if writing fails
   */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    for (MethodSpec<?> model : Models.CATALOGUE.all()) {
      int published = Models.CATALOGUE.create(Spec.parse(model.name())).build(3).imageSide();
      write(target.resolve(model.name()), card(model.name(), "ce", published == 32 ? 32 : 64));
    }
    for (MethodSpec<?> method : Methods.CATALOGUE.all()) {
      write(target.resolve("resnet8-" + method.name()), card("resnet8", method.name(), 32));
    }
  }

  private static ModelCard card(String model, String method, int side) {
    return Exported.card(
        OnnxFileTest.small(model),
        method,
        Exported.steps(side, 0.875, Interpolation.BICUBIC, false));
  }

  private static void write(Path folder, ModelCard card) throws IOException {
    Files.createDirectories(folder);
    SplittableRandom random = new SplittableRandom(40);
    List<Pixels> raw =
        Stream.generate(() -> Exported.image(random, 97, 131, 3)).limit(IMAGES).toList();
    List<Pixels> inputs =
        raw.stream()
            .map(image -> card.preprocessing().view().apply(Encoded.of(image), random))
            .toList();
    Path weights = folder.resolve("weights.safetensors");
    try (Exported exported = Exported.of(card, false, folder.resolve("model.onnx"));
        Scope scope = new Scope()) {
      OnnxFile.write(exported.network(), card, true, "test", folder.resolve("float16.onnx"));
      SafeTensors.write(weights, exported.network().store().state(), card.toMetadata());
      double[] probabilities =
          exported.engine(inputs).stream().flatMapToDouble(Arrays::stream).toArray();
      SafeTensors.write(
          folder.resolve("images.safetensors"),
          Map.of(
              "raw", bytes(raw),
              "inputs", bytes(inputs),
              "logits", Tensors.ofFloats(exported.engineLogits(inputs), IMAGES, Exported.CLASSES),
              "probabilities", Tensors.ofDoubles(probabilities, IMAGES, Exported.CLASSES)),
          Map.of());
    }
    writeForPyTorch(new ModelFile(weights, card, ""), raw, folder);
    Files.delete(weights);
  }

  private static void writeForPyTorch(ModelFile model, List<Pixels> raw, Path folder)
      throws IOException {
    StateExport.write(model, raw, folder.resolve("state.safetensors"));
    try {
      TimmExport.requireKnown(model.card());
    } catch (InvalidConfig e) {
      return;
    }
    Files.delete(folder.resolve("state.safetensors"));
    TimmExport.write(model, raw, Files.createDirectories(folder.resolve("timm")));
  }

  private static Tensor bytes(List<Pixels> images) {
    Pixels first = images.get(0);
    byte[] all = new byte[images.size() * first.data().length];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).data(), 0, all, i * first.data().length, first.data().length);
    }
    return Tensors.ofBytes(all, images.size(), first.height(), first.width(), first.channels());
  }
}
