// A button that copies a field; without this file the field can be selected and copied by hand.
"use strict";

for (const button of document.querySelectorAll("[data-kopieer]")) {
  const field = document.getElementById(button.dataset.kopieer);
  const said = button.parentElement.querySelector("[data-gekopieerd]");
  button.hidden = !navigator.clipboard;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Gekopieerd.";
    } catch {
      field.select();
      said.textContent = "Dat lukte niet. Kopieer de link zelf, met Ctrl en C.";
    }
  });
}
