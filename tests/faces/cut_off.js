// What of the face that is shown cannot be read whole: a list of sentences, empty where all is well.
// It looks at the text itself, line by line, and not only at the boxes around it.
() => {
  const wrong = [];
  const page = document.documentElement;
  if (page.scrollHeight > innerHeight + 1 || page.scrollWidth > innerWidth + 1) wrong.push("the page scrolls");
  const name = (part) => `${part.tagName.toLowerCase()}.${part.className} “${part.textContent.trim().slice(0, 40)}”`;
  const lines = [];
  for (const part of document.querySelectorAll(".top *, .face *, .foot *")) {
    if (part.closest("svg, .unseen, [hidden]") || !part.checkVisibility()) continue;
    const style = getComputedStyle(part);
    const size = parseFloat(style.fontSize);
    const isWords = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    if (isWords && style.display !== "inline") {
      if (part.scrollWidth > part.clientWidth + 1) wrong.push(`cut on its side: ${name(part)}`);
      if (part.scrollHeight > part.clientHeight + size / 4) wrong.push(`cut below: ${name(part)}`);
    }
    for (const node of part.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1) lines.push({ part, box, size });
    }
  }
  // letters reach about 0.75 of their size above the line and 0.2 below it, whatever the box around them says
  const ink = ({ box, size }) => {
    const middle = (box.top + box.bottom) / 2;
    return { left: box.left, right: box.right, top: middle - size * 0.36, bottom: middle + size * 0.36 };
  };
  const inks = lines.map(ink);
  lines.forEach(({ part, box }, at) => {
    const a = inks[at];
    if (a.left < -1 || a.right > innerWidth + 1 || a.top < -1 || a.bottom > innerHeight + 1) wrong.push(`outside: ${name(part)}`);
    for (let holder = part; holder && holder !== document.body; holder = holder.parentElement) {
      if (!holder.matches("button, .ticket, .pane, .ways li, .face") && getComputedStyle(holder).overflowX === "visible") continue;
      const around = holder.getBoundingClientRect();
      if (a.left < around.left - 1 || a.right > around.right + 1 || a.top < around.top - 1 || a.bottom > around.bottom + 1)
        wrong.push(`over its edge: ${name(part)}`);
    }
    for (let other = at + 1; other < lines.length; other++) {
      const b = inks[other];
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        wrong.push(`on each other: ${name(part)} and ${name(lines[other].part)}`);
    }
  });
  return [...new Set(wrong)];
}
