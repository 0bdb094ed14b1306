// A hand scanner types like a keyboard, only faster. This collects what it types, with or without Enter at the end,
// whatever has the focus, and keeps its keys from doing what keys do: its Enter presses no button.

const KEY_GAP = 60; // ms: people are slower
const SHORTEST = 8;
const LONGEST = 128;
const LATE_ENTER = 300; // ms after a scan that ended without one
const ENDS = ["Enter", "NumpadEnter", "Tab"];
const MARKS = { Minus: "-", Semicolon: ":", Period: ".", Slash: "/", Comma: ",", Space: " " };

export class Wedge {
  constructor(onScan) {
    this.onScan = onScan;
    this.at = this.scannedAt = -Infinity;
    this.begin();
    this.listener = (event) => this.keyed(event);
    window.addEventListener("keydown", this.listener, true);
  }

  leave() {
    clearTimeout(this.ending);
    window.removeEventListener("keydown", this.listener, true);
  }

  begin() {
    this.typed = this.pressed = "";
    this.keys = 0;
    this.field = null;
  }

  keyed(event) {
    const isQuick = event.timeStamp - this.at < KEY_GAP;
    if (ENDS.includes(event.key)) {
      if (isQuick && this.keys >= SHORTEST) this.ended(event);
      else if (event.timeStamp - this.scannedAt < LATE_ENTER) swallow(event);
    } else if (isCharacter(event)) {
      this.character(event, isQuick);
    } else if (isQuick) this.at = event.timeStamp; // Shift, between two letters
  }

  character(event, isQuick) {
    if (!isQuick) {
      this.begin();
      this.field = event.target.matches?.("input, textarea") ? event.target : null;
      this.before = this.field?.value;
    }
    this.at = event.timeStamp;
    this.keys += 1;
    if (event.key.length === 1) this.typed = (this.typed + event.key).slice(0, LONGEST);
    this.pressed = (this.pressed + onAnyLayout(event)).slice(0, LONGEST);
    if (this.keys > 1 && !this.field) event.preventDefault(); // a blank would press the button that has the focus
    if (this.keys >= SHORTEST) event.stopImmediatePropagation();
    clearTimeout(this.ending);
    this.ending = setTimeout(() => this.ended(), KEY_GAP * 2);
  }

  ended(event) {
    clearTimeout(this.ending);
    if (event) swallow(event);
    const { typed, pressed, field, before } = this;
    const isScan = this.keys >= SHORTEST;
    this.begin();
    if (!isScan) return;
    this.scannedAt = performance.now();
    if (field) {
      field.value = before; // what was written there by hand stays
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.onScan(pressed && pressed !== typed.toUpperCase() ? `${typed}\t${pressed}` : typed);
  }
}

function isCharacter(event) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return false;
  return event.key.length === 1 || event.key === "Dead";
}

// What the same key writes on the keyboard most scanners believe they are, whatever layout this machine has.
function onAnyLayout(event) {
  const letter = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(event.code ?? "");
  return letter ? letter[1] ?? letter[2] : MARKS[event.code] ?? "";
}

function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
