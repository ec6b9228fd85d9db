package discern.torch;

import discern.config.WorkFailed;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

/** Devices by name. */
public final class Devices {
  private Devices() {}

  /**
   * The device that a configuration asks for.
   *
   * @param name {@code auto} (CUDA where there is one), {@code cpu}, {@code cuda} or {@code cuda:N}
   * @return the device
   * @throws WorkFailed if CUDA is asked for where there is none
   */
  public static Device choose(String name) {
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
