// Keeps the code page so that it opens without a network: the newest there is, else what was kept.
// What is secret is never here: it is fetched with POST, which is not kept.

const KEPT = "tessera-phone-1";
const PARTS = [
  "/me/code", "/assets/phone.js", "/assets/phone_qr.js", "/assets/phone.css", "/assets/theme.css", "/assets/fonts/fonts.css",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PARTS)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(
    fetch(event.request)
      .then((answer) => {
        if (answer.ok && answer.type === "basic") {
          const copy = answer.clone();
          event.waitUntil(caches.open(KEPT).then((cache) => cache.put(event.request, copy)));
        }
        return answer;
      })
      .catch(() => caches.match(event.request, { ignoreSearch: true }).then((kept) => kept ?? Response.error())),
  );
});
