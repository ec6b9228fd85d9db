package discern.torch;

import discern.config.InvalidConfig;
import discern.config.WorkFailed;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

/** Devices by name. */
public final class Devices {
  private static final Pattern FORM = Pattern.compile("auto|cpu|cuda(:\\d{1,2})?");

  private Devices() {}

  /**
   * The device that a configuration asks for.
   *
   * @param name {@code auto} (CUDA where there is one), {@code cpu}, {@code cuda} or {@code cuda:N}
   * @return the device
   * @throws InvalidConfig if the name is none of these
   * @throws WorkFailed if CUDA is asked for where there is none
   */
  public static Device choose(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new InvalidConfig(
          "train.device is '" + name + "', but it must be auto, cpu, cuda or cuda:N.");
    }
    Natives.load();
    boolean cuda = torch.cuda_is_available();
    if (name.startsWith("cuda") && !cuda) {
      throw new WorkFailed(
          "There is no CUDA device here that this build can use: leave --device out to train on the"
              + " processor, or build with 'mvn -Pgpu' on a machine that has one.");
    }
    return new Device(name.equals("auto") ? (cuda ? "cuda" : "cpu") : name);
  }
}
