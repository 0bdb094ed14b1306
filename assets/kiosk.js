// Shows the kiosk's faces as the server draws them: swaps markup, keeps the camera's picture alive, counts the
// seconds, plays the sounds, and reports taps. It decides nothing and makes no sentence of its own.

import { Headphones, Speech } from "./speech.js";
import { Steps } from "./steps.js";
import { Wedge } from "./wedge.js";

const TICK = 200; // ms between two looks at the clock
const EASE_CLOSES_AFTER = 20000;
const STAYS_WHILE_MOVING = 6000;
const STAYS_WHILE_SPEAKING = 1500;
const LOST_AFTER = 2000;
const WAYS = ".ways-to-ease, .ways-to-speak";

export class Stand {
  constructor(root, onTap) {
    this.root = root;
    this.onTap = onTap;
    this.easedAt = this.askedAt = 0;
    this.ahead = 0; // the server's clock minus this browser's, ms
    this.occasion = null;
    this.typed = "";
    this.wedge = new Wedge((text) => this.send("scanned", text));
    this.sounds = new Map();
    this.drawn = root.appendChild(element("div", "drawn"));
    this.speech = new Speech(root);
    this.headphones = new Headphones((areIn) => areIn !== this.speech.isOn && this.send("mode", "speech"));
    this.steps = new Steps(this.drawn, {
      onMoved: () => this.stillHere(),
      isBusy: () => this.speech.isSpeaking,
      keys: {
        F2: () => this.send("mode", "speech"),
        F8: () => this.speech.again(),
        F9: () => this.send("mode", "steps"),
        Escape: () => this.closeEase(),
      },
    });
    this.listeners = [
      [root, "click", (event) => this.clicked(event), false],
      [root, "input", (event) => (this.typed = event.target.value), false],
      [document, "keydown", (event) => this.keyed(event), true],
      [root, "focusin", (event) => this.focused(event.target), false],
      [document.fonts, "loadingdone", () => fit(this.drawn), false], // other letters have other widths
      [document, "contextmenu", (event) => event.preventDefault(), false],
    ];
    for (const [target, name, does, capture] of this.listeners) target.addEventListener(name, does, capture);
    this.timer = setInterval(() => this.tick(), TICK);
    this.watch = setInterval(() => this.lookForServer(), 1000);
  }

  leave() {
    clearInterval(this.timer);
    clearInterval(this.watch);
    this.steps.leave();
    this.headphones.leave();
    this.speech.hush();
    this.wedge.leave();
    for (const [target, name, does, capture] of this.listeners) target.removeEventListener(name, does, capture);
  }

  show(picture) {
    this.ahead = picture.now - Date.now();
    const page = document.documentElement;
    page.lang = picture.language;
    page.dir = picture.direction;
    page.dataset.mode = picture.mode;
    if (picture.colour) page.style.setProperty("--studio", picture.colour);
    else page.style.removeProperty("--studio");
    this.root.className = `kiosk ${picture.tone}`;
    const isNew = picture.html !== this.picture?.html || picture.mode !== this.picture?.mode;
    const hasHappened = picture.occasion !== this.occasion;
    const wasTheFirst = this.occasion === null;
    this.picture = picture;
    this.occasion = picture.occasion;
    if (isNew) this.replace(picture.html);
    if (isNew) fit(this.drawn);
    const modes = picture.mode.split(" ");
    this.steps.set(modes.includes("steps"), modes.includes("slow"));
    if (hasHappened) this.steps.begin();
    this.outline(picture.outline);
    if (hasHappened && !wasTheFirst) this.sayPainted();
    // A reload repeats no answer's sound. A self-test that began before the page did still waits for its own.
    if (hasHappened && picture.sound && (!wasTheFirst || this.isTesting())) this.play(picture.sound);
    this.speech.show(picture, hasHappened && !wasTheFirst);
    this.tick();
  }

  replace(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const fresh = document.importNode(template.content, true); // kept elements must never enter the template's document
    for (const place of fresh.querySelectorAll("[data-keep]")) {
      const kept = this.drawn.querySelector(`[data-keep="${place.dataset.keep}"]`);
      if (kept) {
        kept.alt = place.alt;
        place.replaceWith(kept);
      } else watchPicture(place);
    }
    const focused = tapOf(document.activeElement);
    this.isReplacing = true; // what had the focus keeps it, and need not be said again
    swap(this.drawn, fresh);
    for (const button of this.drawn.querySelectorAll("[data-pressed-in]"))
      button.setAttribute("aria-pressed", this.picture.mode.split(" ").includes(button.dataset.pressedIn));
    if (focused) [...this.drawn.querySelectorAll("[data-tap]")].find((button) => tapOf(button) === focused)?.focus();
    this.isReplacing = false;
    const field = this.drawn.querySelector("[data-field]");
    if (field) field.value = this.typed;
    else this.typed = "";
  }

  play(name) {
    if (!this.sounds.has(name)) this.sounds.set(name, new Audio(`/assets/sounds/${name}.wav`));
    const sound = this.sounds.get(name);
    sound.currentTime = 0;
    // Without the autoplay flag a browser stays silent until the first tap; a self-test wants to know.
    sound.play().then(() => this.played("played"), () => this.played("silent"));
  }

  played(how) {
    if (this.isTesting()) this.send("test.sound.key", how);
  }

  isTesting() {
    return this.drawn.querySelector(".tests") !== null;
  }

  // ---- where the code is: an outline on the picture, and the tiles nearest to it lit
  outline(corners) {
    const shape = this.drawn.querySelector(".outline");
    if (!shape) return;
    shape.style.visibility = corners.length ? "visible" : "hidden";
    if (!corners.length) return;
    const points = [0, 2, 4, 6].map((at) => [corners[at], corners[at + 1]]);
    const polygon = shape.querySelector("polygon");
    polygon.setAttribute("points", points.map((point) => point.join(",")).join(" "));
    shape.querySelectorAll("rect").forEach((tile, number) => {
      tile.setAttribute("x", points[number][0] - 17);
      tile.setAttribute("y", points[number][1] - 17);
    });
    const frame = shape.closest(".window").getBoundingClientRect();
    const code = polygon.getBoundingClientRect();
    const x = ((code.left + code.width / 2 - frame.left) / frame.width) * 100;
    const y = ((code.top + code.height / 2 - frame.top) / frame.height) * 100;
    this.root.style.setProperty("--lit-x", `${Math.min(100, Math.max(0, x))}%`);
    this.root.style.setProperty("--lit-y", `${Math.min(100, Math.max(0, y))}%`);
  }

  // ---- seconds
  tick() {
    const now = Date.now() + this.ahead;
    for (const clock of this.drawn.querySelectorAll("[data-clock]")) say(clock, wallClock(now, clock.dataset.clock));
    for (const ring of this.drawn.querySelectorAll("[data-until]")) {
      const left = Math.min(Number(ring.dataset.of), Math.max(0, Math.ceil((ring.dataset.until - now) / 1000)));
      ring.style.setProperty("--left", left);
      say(ring.firstElementChild, String(left));
      if (left === 0 && "leaves" in ring.closest("button").dataset) ring.closest("button").hidden = true;
    }
    for (const until of this.drawn.querySelectorAll("[data-opens]")) countDown(until, now);
    const patience = this.picture?.mode.split(" ").includes("slow") ? 3 : 1;
    if (this.root.dataset.ease && Date.now() - this.easedAt > EASE_CLOSES_AFTER * patience) this.closeEase();
    if (this.speech.isSpeaking) this.stillHere(STAYS_WHILE_SPEAKING);
  }

  // ---- touches
  clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.do) this.doHere(button, event.detail === 0);
    if (button.dataset.tap) this.tapped(button);
  }

  tapped(button) {
    this.easedAt = Date.now();
    const value = button.dataset.tap === "pair" ? this.typed : button.dataset.value ?? "";
    this.send(button.dataset.tap, value);
    if (button.dataset.tap === "language") this.closeEase();
  }

  doHere(button, isKey) {
    this.easedAt = Date.now();
    if (button.dataset.do === "ease") this.openEase(isKey, "ease");
    if (button.dataset.do === "languages") this.openEase(isKey, "languages");
    if (button.dataset.do === "eased") this.closeEase();
    const field = this.drawn.querySelector("[data-field]");
    if (button.dataset.do === "type") this.typed = (field.value + button.dataset.value).slice(0, field.maxLength);
    if (button.dataset.do === "delete") this.typed = field.value.slice(0, -1);
    if (field) field.value = this.typed;
  }

  openEase(isKey, which) {
    this.root.dataset.ease = which;
    fit(this.drawn);
    const first = which === "ease" ? ".ways-to-ease button" : ".ways-to-speak [aria-pressed=true]";
    this.drawn.querySelector(first)?.focus({ focusVisible: isKey });
  }

  closeEase() {
    if (!this.root.dataset.ease) return;
    const wasInside = document.activeElement?.closest?.(WAYS);
    const opener = `[data-do=${this.root.dataset.ease}]`;
    delete this.root.dataset.ease;
    fit(this.drawn);
    if (wasInside) this.drawn.querySelector(opener)?.focus();
  }

  focused(place) {
    if (place.closest(WAYS)) this.easedAt = Date.now();
    if (!this.isReplacing && place.matches("button")) this.speech.label(place);
  }

  // ---- a face does not leave while somebody goes through its buttons, or while it is being said
  stillHere(within = STAYS_WHILE_MOVING) {
    const until = this.picture?.until;
    const left = until - this.ahead - Date.now();
    if (!until || left > within || left < 0 || Date.now() - this.askedAt < within) return;
    this.askedAt = Date.now();
    this.send("more_time", "");
  }

  send(what, value) {
    this.onTap({ what, value, version: this.picture?.version ?? 0 });
  }

  keyed(event) {
    if (event.key === "Enter" && event.target.matches?.("[data-field]")) this.send("pair", event.target.value);
  }

  // ---- how long people wait is measured up to here
  sayPainted() {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => this.send("painted", "");
    requestAnimationFrame(() => port2.postMessage(null)); // it comes when that frame has been painted
  }

  // ---- a server that is gone comes back: then this page begins again
  async lookForServer() {
    if (!("socket" in window) || window.socket.connected) {
      this.lostAt = null;
      this.root.classList.remove("lost");
      return;
    }
    this.lostAt ??= Date.now();
    if (Date.now() - this.lostAt < LOST_AFTER) return;
    this.root.classList.add("lost");
    const answer = await fetch("/health", { cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
  }
}

// What is said stays in one element all the time, so that a screen reader notices when it changes.
function swap(drawn, fresh) {
  const face = drawn.querySelector(".face");
  if (!face) return drawn.replaceChildren(fresh);
  const next = fresh.querySelector(".face");
  const before = [...fresh.children].slice(0, [...fresh.children].indexOf(next));
  const after = [...fresh.children].slice(before.length + 1);
  const said = face.querySelector(".say");
  face.className = next.className;
  face.dataset.face = next.dataset.face;
  said.replaceChildren(...next.querySelector(".say").childNodes);
  for (const part of [...face.children]) if (part !== said) part.remove();
  face.append(...[...next.children].filter((part) => !part.matches(".say")));
  for (const part of [...drawn.children]) if (part !== face) part.remove();
  face.before(...before);
  face.after(...after);
}

// Long names and words: smaller sentence, less of what is second in importance, smaller letters, until all fits.
function fit(drawn) {
  const page = document.documentElement;
  for (const steps of ["", "1", "1 2", "1 2 3", "1 2 3 4", "1 2 3 4 5"]) {
    page.dataset.fit = steps;
    if (fits(drawn, steps === "")) return;
  }
}

function fits(drawn, isUnchanged) {
  const face = drawn.querySelector(".face");
  if (!face) return true;
  const padding = parseFloat(getComputedStyle(face).paddingBottom);
  const end = face.getBoundingClientRect().bottom - padding + 2;
  const lines = face.querySelector(".main");
  if (isUnchanged && lines.offsetHeight > parseFloat(getComputedStyle(lines).lineHeight) * 2.5) return false;
  for (const part of face.querySelectorAll(":scope > *, .do > *, .after > *"))
    if (part.getBoundingClientRect().bottom > end) return false;
  for (const part of face.querySelectorAll(".say, .do"))
    if (part.scrollHeight > part.clientHeight + 2) return false;
  for (const part of drawn.querySelectorAll(".button, .card, .bar, .next, .pane:has(.countdown)"))
    if (part.scrollHeight > part.clientHeight + 2 || part.scrollWidth > part.clientWidth + 2) return false;
  return true;
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function tapOf(button) {
  return button?.dataset?.tap ? `${button.dataset.tap} ${button.dataset.value ?? ""}` : null;
}

function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function wallClock(now, timeZone) {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(now);
}

function countDown(place, now) {
  const left = Math.max(0, Math.ceil((place.dataset.opens - now) / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const [digits, unit] =
    left >= 3600
      ? [`${Math.floor(left / 3600)}:${two(Math.floor((left % 3600) / 60))}`, place.dataset.hours]
      : [`${Math.floor(left / 60)}:${two(left % 60)}`, place.dataset.minutes];
  say(place.querySelector(".giant"), digits);
  say(place.querySelector(".unit"), left === 0 ? place.dataset.now : unit);
  const ring = place.querySelector(".ring");
  ring.style.setProperty("--left", Math.min(30, Math.ceil(left / 60)));
}

// Without a camera there is no broken picture: it is hidden, and asked for again now and then.
function watchPicture(picture) {
  const address = picture.dataset.src;
  picture.src = address;
  picture.addEventListener("load", () => picture.classList.remove("missing"));
  picture.addEventListener("error", () => {
    picture.classList.add("missing");
    setTimeout(() => (picture.src = `${address}?${Date.now()}`), 5000);
  });
}
