// A QR code of version 2, level Q, alphanumeric, 29 characters: 25 rows of 25 modules, true where black.
// It makes this one kind and no other, so that nothing has to be fetched to draw a code.

const SIZE = 25;
const DATA = 22;
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const FORMAT = "011010101011111"; // level Q, mask 0

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = (value << 1) ^ (value & 128 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);

function bytesOf(text) {
  const bits = [];
  const put = (value, count) => { for (let at = count - 1; at >= 0; at--) bits.push((value >> at) & 1); };
  put(0b0010, 4);
  put(text.length, 9);
  for (let at = 0; at + 1 < text.length; at += 2) {
    put(LETTERS.indexOf(text[at]) * 45 + LETTERS.indexOf(text[at + 1]), 11);
  }
  if (text.length % 2) put(LETTERS.indexOf(text[text.length - 1]), 6);
  while (bits.length < DATA * 8) bits.push(0);
  const bytes = [];
  for (let at = 0; at < DATA * 8; at += 8) bytes.push(parseInt(bits.slice(at, at + 8).join(""), 2));
  return bytes;
}

function corrections(bytes) {
  let generator = [1];
  for (let power = 0; power < DATA; power++) {
    const next = new Array(generator.length + 1).fill(0);
    generator.forEach((factor, at) => { next[at] ^= factor; next[at + 1] ^= times(factor, EXP[power]); });
    generator = next;
  }
  const rest = [...bytes, ...new Array(DATA).fill(0)];
  for (let at = 0; at < DATA; at++) {
    const factor = rest[at];
    if (factor) generator.forEach((other, place) => { rest[at + place] ^= times(other, factor); });
  }
  return rest.slice(DATA);
}

export function modulesOf(text) {
  if (text.length !== 29 || [...text].some((letter) => !LETTERS.includes(letter))) throw new Error("not a code of ours");
  const modules = Array.from({ length: SIZE }, () => new Array(SIZE).fill(null));
  const set = (row, column, black) => { if (modules[row] && column >= 0 && column < SIZE) modules[row][column] = black; };
  for (const [top, left] of [[0, 0], [0, SIZE - 7], [SIZE - 7, 0]]) {
    for (let row = -1; row < 8; row++) for (let column = -1; column < 8; column++) {
      const ring = Math.max(Math.abs(row - 3), Math.abs(column - 3));
      set(top + row, left + column, ring !== 2 && ring !== 4);
    }
  }
  for (let row = -2; row < 3; row++) for (let column = -2; column < 3; column++) {
    set(18 + row, 18 + column, Math.max(Math.abs(row), Math.abs(column)) !== 1);
  }
  for (let at = 8; at < SIZE - 8; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  [...FORMAT].forEach((bit, at) => {
    const black = bit === "1";
    set(at < 6 ? 8 : at < 8 ? [8, 8][at - 6] : at === 8 ? 7 : 14 - at, at < 6 ? at : at === 6 ? 7 : 8, black);
    set(at < 7 ? SIZE - 1 - at : 8, at < 7 ? 8 : SIZE - 15 + at, black);
  });
  set(SIZE - 8, 8, true);

  const bytes = bytesOf(text);
  const bits = [...bytes, ...corrections(bytes)].flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((at) => (byte >> at) & 1));
  let next = 0;
  let up = true;
  for (let right = SIZE - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < SIZE; step++) {
      const row = up ? SIZE - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (modules[row][column] !== null) continue;
        const bit = next < bits.length ? bits[next++] : 0;
        modules[row][column] = Boolean(bit) !== ((row + column) % 2 === 0);
      }
    }
    up = !up;
  }
  return modules;
}

// One path for all modules, in units of a module, with the quiet zone of four around them.
export function pathOf(modules) {
  let path = "";
  modules.forEach((cells, row) => {
    for (let column = 0; column < SIZE; column++) {
      if (!cells[column]) continue;
      let run = 1;
      while (cells[column + run]) run++;
      path += `M${column + 4} ${row + 4}h${run}v1h-${run}z`;
      column += run;
    }
  });
  return path;
}

export const WIDTH = SIZE + 8;
