// A member's code page: works out this day's codes from what was given once, and shows the present one.
// What it holds makes codes for two weeks at most, and none for anybody else.

import { modulesOf, pathOf, WIDTH } from "./phone_qr.js";

const STEP = 30;
const STEPS_A_DAY = 2880;
const STEPS_A_WEEK = 7 * STEPS_A_DAY;
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const KEPT = "tessera.phone";
const AGAIN = 5000;
const REFRESHED_EVERY = 3600000;

const page = document.documentElement;
const element = (id) => document.getElementById(id);
let words = JSON.parse(element("words").textContent);
let held = null;      // what was given: phone_id, posts, … and `ahead`, how far the server's clock is ahead of ours
let codes = new Map(); // step -> the text to show
let shown = null;
let awake = null;
let fetchedAt = 0;

const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const now = () => Date.now() + (held?.ahead ?? 0);
const stepNow = () => Math.floor(now() / 1000 / STEP);

function show(state) {
  page.dataset.state = state;
  const [main, more] = { code: ["phone.title", "phone.show"] }[state] ?? [`phone.${state}`, `phone.${state}.more`];
  element("main-words").textContent = say(main);
  element("more-words").textContent = words[more] ? say(more) : "";
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

function keep(value) {
  try {
    if (value) localStorage.setItem(KEPT, JSON.stringify(value));
    else localStorage.removeItem(KEPT);
  } catch {
    return; // a private window keeps nothing: then the page works for as long as it is open
  }
}

const token = () => location.hash.slice(1) || kept()?.token || "";

async function open() {
  const mine = token();
  if (!mine) return show("none");
  if (!window.isSecureContext) return show("insecure");
  const before = kept();
  if (!held && before?.token === mine) await take(before.given, before.ahead);
  const sent = Date.now();
  let answer;
  try {
    answer = await fetch("/me/code/open", {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ token: mine }),
    });
  } catch {
    return offline();
  }
  if (answer.status === 404) {
    keep(null);
    held = null;
    return show("over");
  }
  if (!answer.ok) return offline();
  const given = await answer.json();
  const ahead = given.at - (sent + Date.now()) / 2;
  keep({ token: mine, given, ahead });
  fetchedAt = Date.now();
  await take(given, ahead);
}

function offline() {
  if (!held) show("lost");
  setTimeout(open, AGAIN);
}

async function take(given, ahead) {
  const isOther = held?.phone_id !== given.phone_id;
  held = { ...given, ahead };
  if (isOther) codes = new Map();
  words = given.words;
  page.lang = given.language;
  page.dir = given.direction;
  document.title = say("phone.title");
  element("whose").textContent = say("phone.of", { name: given.first_name, studio: given.studio });
  element("awake").textContent = `${say("phone.offline")} ${say("phone.awake")}`;
  const day = new Date(given.expires_at).toLocaleDateString(given.language, { day: "numeric", month: "long", timeZone: given.zone });
  element("until").textContent = say("phone.until", { day });
  element("code").setAttribute("aria-label", say("phone.picture"));
  await tick();
}

// From the day's last link down to the present one; what is passed is thrown away as it is made.
async function workOut(step) {
  const post = held.posts.find(([last]) => last >= step && last - step < STEPS_A_DAY);
  if (!post) return false;
  const salt = saltOf(held.phone_id, Math.floor(step / STEPS_A_WEEK));
  let link = Uint8Array.from(post[1].match(/../g), (byte) => parseInt(byte, 16));
  const made = new Map();
  for (let at = post[0]; at >= step; at--) {
    made.set(at, textOf(held.phone_id, link));
    const both = new Uint8Array(salt.length + link.length);
    both.set(salt);
    both.set(link, salt.length);
    link = new Uint8Array(await crypto.subtle.digest("SHA-256", both)).slice(0, 12);
  }
  codes = made;
  return true;
}

function saltOf(phoneId, week) {
  const text = new TextEncoder().encode(`tessera phone 1${phoneId}`);
  const salt = new Uint8Array(text.length + 8);
  salt.set(text);
  new DataView(salt.buffer).setBigUint64(text.length, BigInt(week));
  return salt;
}

function textOf(phoneId, link) {
  let number = link.reduce((whole, byte) => (whole << 8n) | BigInt(byte), 0n);
  let text = "";
  for (let place = 0; place < 20; place++) {
    text = LETTERS[Number(number & 31n)] + text;
    number >>= 5n;
  }
  return `P1${phoneId}${text}`;
}

let working = false;
async function tick() {
  if (!held || working) return;
  working = true;
  try {
    if (now() >= held.expires_at) {
      keep(null);
      held = null;
      show("over");
      return;
    }
    const step = stepNow();
    if (!codes.has(step)) {
      if (page.dataset.state !== "code") show("wait");
      if (!(await workOut(step))) {
        show("renew");
        return;
      }
    }
    draw(step, codes.get(step));
  } finally {
    working = false;
  }
}

function draw(step, text) {
  if (page.dataset.state !== "code") show("code");
  if (shown !== text) {
    shown = text;
    element("modules").setAttribute("d", pathOf(modulesOf(text)));
    element("code").dataset.step = step;
    fit();
  }
  const passed = now() / 1000 - step * STEP;
  const left = Math.max(0, Math.min(STEP, STEP - passed));
  element("ring").style.strokeDashoffset = 100 * (passed / STEP);
  element("left").textContent = Math.ceil(left);
  const said = say("phone.next", { seconds: Math.ceil(left) });
  if (element("next").textContent !== said) element("next").textContent = said;
}

// Whole pixels only: a module that is nine pixels here and ten there reads worse.
function fit() {
  const room = Math.min(page.clientWidth - 16, window.innerHeight * 0.62, 528);
  const module = Math.max(4, Math.floor(room / WIDTH));
  element("code").style.width = element("code").style.height = `${module * WIDTH}px`;
}

async function stayAwake() {
  if (document.visibilityState !== "visible" || awake || !navigator.wakeLock) return;
  try {
    awake = await navigator.wakeLock.request("screen");
    awake.addEventListener("release", () => { awake = null; });
  } catch {
    awake = null; // a phone that saves its battery says no
  }
}

document.addEventListener("visibilitychange", () => {
  void stayAwake();
  if (document.visibilityState === "visible" && Date.now() - fetchedAt > REFRESHED_EVERY) void open();
});
window.addEventListener("online", () => void open());
window.addEventListener("hashchange", () => { held = null; void open(); });
window.addEventListener("resize", fit);
setInterval(() => void tick(), 250);
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/me/worker.js").catch(() => {});
show(token() ? "wait" : "none");
void stayAwake();
void open();
