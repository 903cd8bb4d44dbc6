// Every tap gets an id of its own, so that a tap that is sent twice counts once. Without this file a tap reloads the page.
"use strict";

const warning = document.getElementById("niet-geteld");
const isTap = (form) => form.classList.contains("turfvorm");

// crypto.randomUUID is only there on https and localhost.
const randomId = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(digit) / 4)))).toString(16));

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (isTap(detail.elt)) detail.parameters.id = randomId();
});

// Not counted: no connection, or the login has ended: then the page itself asks to log in again.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!isTap(detail.elt)) return;
  const answered = new URL(detail.xhr.responseURL || location.href).pathname;
  if (answered !== location.pathname || detail.xhr.status === 403) location.reload();
  warning.hidden = detail.successful;
});
