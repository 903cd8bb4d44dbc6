// Back to the start after a thank-you, so that the next visitor finds an empty page: <div data-terug-na="8" data-terug-naar="/..">
"use strict";

for (const dank of document.querySelectorAll("[data-terug-na]")) {
  setTimeout(() => location.replace(dank.dataset.terugNaar), Number(dank.dataset.terugNa) * 1000);
}
