// Shows parts of a form only where they apply. Without this file everything is visible, and the server decides.
//   <div data-alleen-bij="bereik" data-wel-bij="telefoon">   shown while bereik is telefoon
//   <div data-alleen-bij="toestemming" data-niet-bij="nee">  hidden while toestemming is nee
//   <button data-tekst-bij="toestemming" data-nee="Ga verder zonder doorgeven"><span>Verwijs warm</span></button>
"use strict";

const koppel = (form) => {
  const waarde = (naam) => new FormData(form).get(naam) ?? "";

  const bijwerken = () => {
    for (const deel of form.querySelectorAll("[data-alleen-bij]")) {
      const gekozen = waarde(deel.dataset.alleenBij);
      deel.hidden = deel.dataset.welBij ? gekozen !== deel.dataset.welBij : gekozen === deel.dataset.nietBij;
    }
    for (const knop of form.querySelectorAll("[data-tekst-bij]")) {
      const tekst = knop.querySelector("span");
      knop.dataset.gewoon ??= tekst.textContent;
      tekst.textContent = knop.dataset[waarde(knop.dataset.tekstBij)] ?? knop.dataset.gewoon;
    }
  };

  if (form.querySelector("[data-alleen-bij]")) {
    form.addEventListener("change", bijwerken);
    bijwerken();
  }
};

document.querySelectorAll("form").forEach(koppel);
// Forms that htmx brings in later.
document.addEventListener("htmx:load", (event) => event.target.querySelectorAll("form").forEach(koppel));
