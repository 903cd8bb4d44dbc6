// Editing in place: a refused form is shown, the focus stays where somebody is at work, and typed text is guarded.
// The pages work without this file: every part has a page of its own.
"use strict";

// The server answers 422 with the form and what is wrong with it.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 422) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

const veld = ":is(input, select, textarea):not([type=hidden])";

document.addEventListener("htmx:afterSettle", (event) => {
  const deel = document.getElementById(event.detail.target.id);
  if (!deel?.matches(".bewerkdeel") || deel.querySelector(".foutenlijst")) return;
  const doel = deel.querySelector(`[data-focus] ${veld}`) ?? deel.querySelector(`form ${veld}`) ?? deel.querySelector("[data-wijzig]");
  doel?.focus();
});

// What was typed and not sent: ask before the page goes.
let onbewaard = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-bewaak]");
  if (form) onbewaard.add(form);
});
document.addEventListener("submit", (event) => onbewaard.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  onbewaard = new Set([...onbewaard].filter((form) => form.isConnected));
  if (onbewaard.size) event.preventDefault();
});
