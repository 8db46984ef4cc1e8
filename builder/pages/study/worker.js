// Keeps the page and what belongs to it, so that it opens without a network; `KEPT` names the files, and their version.
"use strict";

const CACHE = KEPT.cache + KEPT.version;
const own = (name) => new URL(name, self.registration.scope).href;

self.addEventListener("install", (event) => {
  const fresh = KEPT.files.map((name) => new Request(own(name), { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(KEPT.cache) && name !== CACHE;
  const swept = caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))));
  event.waitUntil(swept.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const asked = event.request.url.replace(/[?#].*$/, "");
  if (event.request.method !== "GET" || !KEPT.files.some((name) => own(name) === asked)) return;
  event.respondWith(caches.open(CACHE).then((cache) => cache.match(asked)).then((found) => found ?? fetch(event.request)));
});
