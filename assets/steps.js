// Keys and switches: arrows go from button to button, and where it is asked for, the light goes by itself and one key
// chooses. It presses nothing by itself, and takes nothing from a hand scanner, which types faster than people.

const STEP = 2000; // ms that the light stays on one button
const TYPED_BY_MACHINE = 60; // ms between two keys
const BY_HAND = 10000; // ms without stepping after a person moved the light
const FORWARD = ["ArrowRight", "ArrowDown"];
const BACK = ["ArrowLeft", "ArrowUp"];
const DIGIT_AFTER = 90; // ms after a digit on a real key until the same digit of a pad is pressed
const WITHIN = 'button, input, select, textarea, a[href], [tabindex="0"]';

export class Steps {
  constructor(drawn, { onMoved, isBusy, keys }) {
    this.drawn = drawn;
    this.onMoved = onMoved; // somebody is still here
    this.isBusy = isBusy; // a sentence is being said: the light waits
    this.keys = keys; // by name of the key: what it does
    this.isOn = false;
    this.pace = STEP;
    this.steppedAt = Date.now();
    this.movedAt = 0;
    this.typedAt = 0;
    this.listeners = [
      ["keydown", (event) => this.pressed(event)],
      ["keyup", (event) => this.isOfMachine && event.key === " " && event.preventDefault()],
    ];
    for (const [name, does] of this.listeners) document.addEventListener(name, does);
    this.timer = setInterval(() => this.tick(), 100);
  }

  leave() {
    clearInterval(this.timer);
    for (const [name, does] of this.listeners) document.removeEventListener(name, does);
  }

  // ---- keys
  pressed(event) {
    this.isOfMachine = event.timeStamp - this.typedAt < TYPED_BY_MACHINE;
    if (event.key.length === 1) {
      this.typedAt = event.timeStamp;
      clearTimeout(this.digit);
    }
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (this.isOfMachine && event.key === " ") return event.preventDefault();
    if (this.keys[event.key]) {
      event.preventDefault();
      return this.keys[event.key]();
    }
    const isText = event.target.matches?.("input, textarea");
    if (event.key === "Tab") this.byHand();
    if (/^\d$/.test(event.key) && !this.isOfMachine && !isText) this.digit = setTimeout(() => this.pad(event.key), DIGIT_AFTER);
    if (event.key === "Backspace" && !isText) this.drawn.querySelector(".key[data-tap$=delete], .key[data-do=delete]")?.click();
    const way = FORWARD.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
    if (!way || event.shiftKey || isText) return;
    event.preventDefault();
    const isMirrored = document.documentElement.dir === "rtl" && event.key.match(/Left|Right/);
    this.move(isMirrored ? -way : way);
    this.byHand();
  }

  pad(digit) {
    [...this.drawn.querySelectorAll(".key")].find((key) => key.textContent.trim() === digit)?.click();
  }

  byHand() {
    this.movedAt = Date.now();
    this.onMoved();
  }

  // ---- where the light is
  places() {
    return [...this.drawn.querySelectorAll(WITHIN)].filter(
      (place) => !place.disabled && place.checkVisibility({ visibilityProperty: true }),
    );
  }

  move(way) {
    const places = this.places();
    if (!places.length) return;
    const here = places.indexOf(document.activeElement);
    const next = here < 0 ? (way > 0 ? 0 : places.length - 1) : (here + way + places.length) % places.length;
    places[next].focus({ focusVisible: true });
    this.steppedAt = Date.now();
  }

  // A new face begins at its first button, for Tab and for the light.
  begin() {
    this.steppedAt = Date.now();
    const face = this.drawn.querySelector(".face");
    if (!face || this.drawn.contains(document.activeElement)) return;
    face.tabIndex = -1;
    face.focus({ preventScroll: true });
    face.blur();
    face.removeAttribute("tabindex");
  }

  tick() {
    const now = Date.now();
    if (!this.isOn || this.isBusy()) {
      this.steppedAt = now;
      return;
    }
    if (now - this.steppedAt < this.pace || now - this.movedAt < BY_HAND) return;
    this.move(1);
  }

  set(isOn, isSlow) {
    if (isOn && !this.isOn) this.movedAt = 0;
    this.isOn = isOn;
    this.pace = isSlow ? STEP * 2 : STEP;
  }
}
