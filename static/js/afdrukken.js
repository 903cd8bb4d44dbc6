// A print button; without this file the browser's own menu prints just as well.
"use strict";

const showPrintButtons = () => {
  for (const button of document.querySelectorAll("[data-afdrukken]")) button.hidden = false;
};
showPrintButtons();
document.addEventListener("htmx:afterSettle", showPrintButtons);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-afdrukken]")) window.print();
});
