package dev.discern.onnx;

import dev.discern.card.ModelFile;
import dev.discern.config.AtomicFiles;
import dev.discern.image.Pixels;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Exports a network to an ONNX file that is there only if it computes what the network does. */
public final class OnnxExport {
  private OnnxExport() {}

  /**
   * Writes a file beside the target, compares it with the network, then moves it there.
   *
   * @param model the network's weights
   * @param images at least one image of any size, with the network's channels
   * @param half whether weights are stored as float16
   * @param version of Discern
   * @param file the target; replaced if it exists
   * @return how well they agree
   * @throws dev.discern.config.InvalidConfig if the weights need 2 GB or more
   * @throws dev.discern.config.WorkFailed if the file cannot be written, or does not agree; nothing
   *     is left of it then
   */
  public static Verification write(
      ModelFile model, List<Pixels> images, boolean half, String version, Path file) {
    Path unverified = file.resolveSibling("." + file.getFileName() + ".unverified");
    Network network = Networks.open(model, "cpu", "fp32");
    try {
      OnnxFile.write(network, model.card(), half, version, unverified);
      Verification found = Verification.of(unverified, network, model.card(), images);
      found.requireAgreement(half);
      Files.move(
          unverified, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return found;
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    } finally {
      network.store().state().values().forEach(Tensor::close);
      delete(unverified);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }
}
