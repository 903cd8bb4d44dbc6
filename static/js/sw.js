// The service worker. It keeps two pages made for the purpose (nobody's name is in them) and the files those need,
// and shows them when the network is gone. It never stores another page, and sends nothing: see wachtrij.js.
// `schil` (version, addresses) is put in front of this file by registratie/werker.py.
"use strict";

const VOORRAAD = `infopunt-${schil.versie}`;
const GEDULD = 6000; // a network that says nothing for so long is no network

const waitFor = (request) =>
  Promise.race([
    fetch(request),
    new Promise((_, reject) => {
      setTimeout(() => reject(new Error("te lang")), GEDULD);
    }),
  ]);

// Files a page or stylesheet asks for, as far as they are ours.
const filesIn = (text, base) =>
  [...text.matchAll(/(?:src|href)="([^"]+)"|url\(["']?([^"')]+)["']?\)/g)]
    .map(([, attribute, css]) => new URL((attribute ?? css).replaceAll("&amp;", "&"), base))
    .filter((url) => url.origin === location.origin && isFile(url))
    .map((url) => url.href);

const isFile = (url) => url.pathname.startsWith(schil.statisch) || url.pathname.endsWith(".css");

const storeFile = async (storage, address) => {
  if (await storage.match(address)) return;
  const response = await fetch(address);
  if (!response.ok) return;
  await storage.put(address, response.clone());
  if (new URL(address).pathname.endsWith(".css")) {
    const inside = filesIn(await response.text(), address);
    await Promise.all(inside.map((file) => storeFile(storage, file)));
  }
};

// Who is not logged in gets sent to the login page: what was stored before stays.
const storePage = async (storage, address) => {
  const response = await fetch(address, { redirect: "manual" });
  if (!response.ok) return;
  const page = await response.clone().text();
  await Promise.all(filesIn(page, location.origin).map((file) => storeFile(storage, file)));
  await storage.put(address, response);
};

const store = async () => {
  const storage = await caches.open(VOORRAAD);
  await Promise.all(Object.values(schil.paginas).map((address) => storePage(storage, address)));
};

const forget = async () => {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("infopunt-") && name !== VOORRAAD);
  await Promise.all(old.map((name) => caches.delete(name)));
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(store().catch(() => {}));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(forget().then(() => self.clients.claim()));
});
self.addEventListener("message", (event) => {
  if (event.data === "bewaar") event.waitUntil(store().catch(() => {}));
});

const answerPage = async (request, address) => {
  let response;
  try {
    response = await waitFor(request);
    if (response.status < 502) return response; // 502 to 504: the server behind the proxy is away
  } catch {
    response = Response.error();
  }
  const stored = await caches.match(address, { cacheName: VOORRAAD });
  return stored ?? response;
};

const answerFile = async (request) => {
  try {
    return await waitFor(request);
  } catch {
    return (await caches.match(request, { cacheName: VOORRAAD })) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    const page = url.pathname === schil.begin ? schil.formulier : url.pathname;
    const address = schil.paginas[page];
    if (address) event.respondWith(answerPage(request, address));
  } else if (isFile(url)) {
    event.respondWith(answerFile(request));
  }
});
