// Small comforts on top of pages that work without this file.
"use strict";

// Menus are <details>: close them with Escape or by clicking elsewhere.
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.querySelector("summary").focus();
  }
});

// A page or fragment that comes back with errors: read the summary first.
const focusErrors = (root) => root.querySelector(".foutenlijst")?.focus();
focusErrors(document);
document.addEventListener("htmx:afterSettle", (event) => focusErrors(event.target));

// What concept.js keeps of a form survives a reload of that form, and nothing else: any other page wipes it.
if (!document.querySelector("form[data-concept]")) {
  for (const sleutel of Object.keys(sessionStorage)) {
    if (sleutel.startsWith("concept:")) sessionStorage.removeItem(sleutel);
  }
}
