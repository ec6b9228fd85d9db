package dev.discern.torch;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** Resolves the device that a user names. */
public final class Devices {
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  private Devices() {}

  /**
   * Checks the spelling only, without loading the engine.
   *
   * @param name {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
   * @return the same name
   * @throws InvalidConfig if it has another form
   */
  public static String requireName(String name) {
    if (!name.equals("auto") && !name.equals("cpu") && !CUDA.matcher(name).matches()) {
      throw new InvalidConfig(
          "There is no device called '" + name + "': use auto, cpu, cuda or cuda:N (N from 0).");
    }
    return name;
  }

  /**
   * The device of that name. {@code auto} is the first CUDA device if there is one, else the
   * processor.
   *
   * @param name {@code auto}, {@code cpu}, {@code cuda} (the first) or {@code cuda:N}
   * @return a new device, owned by the current scope
   * @throws InvalidConfig if the name is none of these
   * @throws WorkFailed if this machine has no such device
   */
  public static Device of(String name) {
    requireName(name);
    Natives.load();
    return of(name, torch.cuda_is_available() ? torch.cuda_device_count() : 0);
  }

  /** Like {@link #of(String)}, on a machine with the given number of CUDA devices. */
  static Device of(String name, int cudaDevices) {
    Matcher cuda = CUDA.matcher(name);
    if (cuda.matches()) {
      String index = cuda.group(1);
      return cuda(name, index == null ? 0 : Integer.parseInt(index), cudaDevices);
    }
    boolean best = name.equals("auto") && cudaDevices > 0;
    return best ? cuda(name, 0, cudaDevices) : new Device(DeviceType.CPU);
  }

  private static Device cuda(String name, int index, int count) {
    if (index < count) {
      return new Device(DeviceType.CUDA, (byte) index);
    }
    String found =
        count == 0
            ? "no CUDA device was found (the libraries may be the ones for processors only)"
            : "this machine has " + count + " CUDA device(s), numbered from 0";
    throw new WorkFailed(
        "The device "
            + name
            + " is not available: "
            + found
            + ". Set train.device to cpu or auto.");
  }
}
