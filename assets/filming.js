// Films with this browser's own camera and sends the frames to the kiosk: for a phone or a tablet that is the kiosk.
// The next frame goes out only when the one before was taken, so a slow machine gets fewer and never old ones.

const PACE = 100; // ms from one frame to the next
const QUALITY = 0.8;
const AGAIN_AFTER = 3000;
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const page = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16)).join("");

async function film() {
  if (!navigator.mediaDevices?.getUserMedia) throw { name: "NotSupportedError" };
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", ...SIZE }, audio: false });
  const [track] = stream.getVideoTracks();
  try {
    const video = document.createElement("video");
    video.muted = video.playsInline = true;
    video.srcObject = stream;
    await video.play();
    await sendFrames(video, track);
  } finally {
    track.stop();
  }
}

async function sendFrames(video, track) {
  const canvas = document.createElement("canvas");
  const drawing = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  let shown = -1;
  while (track.readyState === "live") {
    const begun = performance.now();
    if (video.currentTime !== shown && video.videoWidth) {
      shown = video.currentTime; // a camera that hangs shows the same for ever: then nothing is sent, and it is missed
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      drawing.drawImage(video, 0, 0);
      const jpeg = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      if (jpeg) await send(jpeg, "image/jpeg", performance.now() - begun);
    }
    await pause(Math.max(10, PACE - (performance.now() - begun)));
  }
  throw { name: "NotFoundError" }; // it was unplugged
}

async function send(body, type, age = 0) {
  const headers = { "content-type": type, "x-page": page, "x-age-ms": String(Math.round(age)) };
  await fetch("/camera.frame", { method: "POST", headers, body }).catch(() => pause(AGAIN_AFTER));
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

for (;;) {
  try {
    await film();
  } catch (trouble) {
    await send(String(trouble?.name ?? trouble), "text/plain");
  }
  await pause(AGAIN_AFTER);
}
