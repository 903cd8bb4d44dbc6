// A print button; without this file the browser's own menu prints just as well.
"use strict";

const showPrintButtons = () => {
  for (const button of document.querySelectorAll("[data-afdrukken]")) button.hidden = false;
};
showPrintButtons();
document.addEventListener("htmx:afterSettle", showPrintButtons);

// What is folded away on the screen is printed too.
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details.uitklap:not([open])")];
  for (const details of folded) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-afdrukken]")) window.print();
});
