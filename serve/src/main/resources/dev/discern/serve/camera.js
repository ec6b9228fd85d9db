// The camera: shows its picture, and hands on one frame as a JPEG file.
const at = (id) => document.getElementById(id);
const QUALITY = 0.95;

export function camera(take, problem) {
  let stream = null;

  async function start() {
    if (!navigator.mediaDevices?.getUserMedia) {
      problem("Browsers allow the camera on localhost or over HTTPS only.");
      return;
    }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (failure) {
      problem(failure.name === "NotAllowedError"
        ? "The browser does not allow this page to use the camera."
        : "There is no camera that can be used.");
      return;
    }
    at("video").srcObject = stream;
    show(true);
    await at("video").play();
    at("shoot").focus();
  }

  function stop() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    at("video").srcObject = null;
    show(false);
    at("camera").focus();
  }

  function show(on) {
    at("viewfinder").hidden = !on;
    at("camera").setAttribute("aria-expanded", String(on));
  }

  function shoot() {
    const video = at("video");
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    canvas.toBlob((blob) => take(blob), "image/jpeg", QUALITY);
  }

  at("camera").addEventListener("click", () => (stream ? stop() : start()));
  at("stop").addEventListener("click", stop);
  at("shoot").addEventListener("click", shoot);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && stream) {
      stop();
    }
  });
}
