// Keeps what was typed in <form data-concept> through a reload, in this tab only and for half an hour at most.
// It is wiped when the form is sent, and by every other page (infopunt.js).
"use strict";

for (const form of document.querySelectorAll("form[data-concept]")) {
  const sleutel = `concept:${location.pathname}`;
  const HALF_UUR = 30 * 60 * 1000;

  const velden = () =>
    [...form.elements].filter((veld) => veld.name && veld.type !== "hidden" && veld.type !== "submit");

  const bewaar = () => {
    const waarden = velden().map((veld) =>
      veld.type === "radio" || veld.type === "checkbox" ? veld.checked : veld.value,
    );
    sessionStorage.setItem(sleutel, JSON.stringify({ op: Date.now(), waarden }));
  };

  const herstel = () => {
    const { op, waarden } = JSON.parse(sessionStorage.getItem(sleutel) ?? "{}");
    const over = velden();
    if (!waarden || Date.now() - op > HALF_UUR || waarden.length !== over.length) return;
    over.forEach((veld, nummer) => {
      if (veld.type === "radio" || veld.type === "checkbox") veld.checked = waarden[nummer];
      else veld.value = waarden[nummer];
    });
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // A form that came back with errors has what was typed already.
  if (!form.querySelector(".foutenlijst")) herstel();
  form.addEventListener("input", bewaar);
  form.addEventListener("change", bewaar);
  form.addEventListener("submit", () => sessionStorage.removeItem(sleutel));
}
