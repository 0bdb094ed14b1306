// Says aloud what the kiosk shows, from sounds that were rendered ahead. It makes no sentence of its own: the drawing
// names the clips, and a name or a title has none. What was heard stands in `said`, and in data-heard for tests.

const BACKGROUND = ["Waiting", "Reading", "Starting"]; // faces that interrupt nobody
const REMEMBERED = 60;
const AGAIN_AFTER = 6000; // ms until a face in the background says the same thing again

export class Speech {
  constructor(root) {
    this.root = root;
    this.said = [];
    this.waiting = [];
    this.sounds = new Map();
    this.playing = null;
    this.picture = null;
    this.idleSaid = { script: "", at: 0 };
  }

  get isOn() {
    return has(this.picture, "speech");
  }

  get isSpeaking() {
    return this.playing !== null;
  }

  // ---- what a new drawing changes
  show(picture, hasHappened) {
    const before = this.picture;
    this.picture = picture;
    if (this.isOn !== has(before, "speech") && before !== null) return this.switched(before);
    if (!this.isOn) return;
    const changed = before ? toggled(before, picture) : [];
    if (changed.length) return this.say([...changed.flatMap((name) => this.modeSaid(name))]);
    const isNew = hasHappened || script(picture) !== script(before);
    if (isNew) this.tell(picture);
  }

  switched(before) {
    if (this.isOn) this.say([...said(this.picture, "on"), ...this.picture.speech]);
    else this.say(said(before, "off"));
  }

  modeSaid(name) {
    const button = this.root.querySelector(`[data-pressed-in="${name}"]`);
    return [...clipsOf(button), ...this.state(name)];
  }

  state(name) {
    return said(this.picture, has(this.picture, name) ? "switched_on" : "switched_off");
  }

  tell(picture) {
    if (!BACKGROUND.includes(picture.name)) return this.say(picture.speech);
    const now = Date.now();
    if (this.idleSaid.script === script(picture) && now - this.idleSaid.at < AGAIN_AFTER) return;
    this.idleSaid = { script: script(picture), at: now };
    if (this.isSpeaking) this.waiting = [...this.rest(), ...picture.speech];
    else this.say(picture.speech);
  }

  rest() {
    return this.waiting.filter((clip) => !this.picture.speech.includes(clip));
  }

  again() {
    if (this.isOn) this.say(this.picture.speech);
  }

  label(button) {
    const clips = clipsOf(button);
    const isPressed = button.getAttribute("aria-pressed");
    const state = isPressed ? said(this.picture, isPressed === "true" ? "switched_on" : "switched_off") : [];
    if (this.isOn && clips.length) this.say([...clips, ...state]);
  }

  // ---- one clip after the other
  say(clips) {
    this.hush();
    this.waiting = [...clips];
    clips.forEach((clip) => this.sound(clip));
    this.next();
  }

  hush() {
    this.waiting = [];
    this.playing?.pause();
    this.playing = null;
  }

  next() {
    const clip = this.waiting.shift();
    if (clip === undefined) return (this.playing = null);
    const sound = this.sound(clip);
    this.playing = sound;
    sound.currentTime = 0;
    sound.play().then(
      () => this.heard(clip),
      () => this.playing === sound && this.next(), // not there, or not allowed before the first tap
    );
  }

  heard(clip) {
    this.said = [...this.said, clip].slice(-REMEMBERED);
    this.root.dataset.heard = this.said.join(" ");
  }

  sound(clip) {
    if (!this.sounds.has(clip)) {
      const sound = new Audio(`/assets/speech/${clip}`);
      sound.preload = "auto";
      sound.addEventListener("ended", () => this.playing === sound && this.next());
      this.sounds.set(clip, sound);
    }
    return this.sounds.get(clip);
  }
}

// Plugging headphones in asks for speech, and pulling them out ends it. Browsers tell only that there is one more.
export class Headphones {
  constructor(onChange) {
    this.devices = navigator.mediaDevices;
    this.onChange = onChange;
    this.outputs = null;
    this.look = async () => {
      const found = (await this.devices.enumerateDevices()).filter((device) => device.kind === "audiooutput").length;
      if (this.outputs !== null && found !== this.outputs) this.onChange(found > this.outputs);
      this.outputs = found;
    };
    this.devices?.addEventListener("devicechange", this.look);
    if (this.devices) this.look();
  }

  leave() {
    this.devices?.removeEventListener("devicechange", this.look);
  }
}

function has(picture, mode) {
  return (picture?.mode ?? "").split(" ").includes(mode);
}

function toggled(before, after) {
  const [old, now] = [before, after].map((picture) => picture.mode.split(" ").filter(Boolean));
  return [...now.filter((name) => !old.includes(name)), ...old.filter((name) => !now.includes(name))];
}

function said(picture, what) {
  return picture.switching?.[what] ?? [];
}

function script(picture) {
  return (picture?.speech ?? []).join(" ");
}

function clipsOf(button) {
  return button?.dataset.speech?.split(" ").filter(Boolean) ?? [];
}
