// Shows pictures one after the other in one page and asks of each what `look` finds: answers by name.
// Each is shown as on a page that has just loaded: by a new Stand in a new place, with nothing left of the one before.
async (pictures, look) => {
  const page = document.documentElement;
  const answers = {};
  for (const [name, picture] of Object.entries(pictures)) {
    window.stand.leave();
    const place = document.createElement("div");
    place.id = "stand";
    place.className = "kiosk";
    window.stand.root.replaceWith(place); // with what had the focus, was open, typed or scrolled
    for (const left of page.getAttributeNames()) page.removeAttribute(left);
    scrollTo(0, 0);
    window.taps = [];
    window.stand = new window.stand.constructor(place, (tap) => window.taps.push(tap));
    window.stand.show(picture);
    page.getBoundingClientRect(); // laid out: a letter that is not there yet is asked for
    if (document.fonts.status !== "loaded") await document.fonts.ready;
    answers[name] = await look(name);
  }
  return answers;
}
