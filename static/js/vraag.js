// The question form works without this file. With it: an id made here, fitting organisations, a clock that runs.
"use strict";

const form = document.getElementById("vraag");
const fields = form.elements;

// The browser makes the id, so that sending the same question twice counts once. A page that came back with
// errors keeps its id: the first attempt may have arrived after all.
const isFresh = !("vast" in form.dataset);
if (isFresh && window.crypto.randomUUID) fields.id.value = crypto.randomUUID();

// "Naar wie?": tiles with the three organisations most used for the topic; a tile and the list exclude each other.
const suggestions = JSON.parse(document.getElementById("suggesties").textContent);
const quickTiles = document.getElementById("id_organisatie_snel");
const list = fields.organisatie;

const makeTile = ([id, name], index) => {
  const tile = document.createElement("label");
  tile.className = "tegel";
  const input = Object.assign(document.createElement("input"), {
    className: "tegel__invoer", type: "radio", name: "organisatie_snel", value: id, id: `id_organisatie_snel_${index}`,
  });
  const face = Object.assign(document.createElement("span"), { className: "tegel__vlak" });
  face.append(Object.assign(document.createElement("span"), { className: "tegel__tekst", textContent: name }));
  tile.append(input, face);
  return tile;
};

form.addEventListener("change", ({ target }) => {
  if (target.name === "onderwerp") {
    const chosen = quickTiles.querySelector(":checked");
    if (chosen) list.value = chosen.value;
    quickTiles.replaceChildren(...(suggestions[target.value] ?? []).map(makeTile));
  }
  if (target.name === "organisatie_snel") list.value = "";
  if (target === list && list.value) {
    for (const tile of quickTiles.querySelectorAll(":checked")) tile.checked = false;
  }
});

// "Haal weg" cuts just the piece that the privacy guard found (_privacy.html), and lets it read again.
form.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-haal-weg]");
  if (!button) return;
  const remark = fields.opmerking;
  const letters = [...remark.value]; // the server counts characters, not halves of them
  const { begin, eind, tekst } = button.dataset;
  const found = letters.slice(begin, eind).join("") === tekst;
  const before = found ? letters.slice(0, begin).join("") : remark.value.split(tekst)[0];
  const after = remark.value.slice(before.length).replace(tekst, "");
  remark.value = `${before.trimEnd()} ${after.trimStart()}`.trim();
  remark.focus();
  remark.setSelectionRange(before.trimEnd().length, before.trimEnd().length);
  button.closest("li").remove();
  remark.dispatchEvent(new Event("input", { bubbles: true }));
});
form.addEventListener("reset", () => document.getElementById("privacymelding").replaceChildren());

// Where and when, as the heading shows it. The clock runs on from the server's time until somebody sets it.
const opened = Date.now();
const serverTime = Number(form.dataset.nu) * 1000;
const amsterdam = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Amsterdam", dateStyle: "short", timeStyle: "short",
});
let clockRuns = isFresh;

const showWhereAndWhen = () => {
  document.getElementById("waar").textContent = fields.infopunt.selectedOptions[0]?.text ?? "";
  if (!fields.dag.value || !fields.tijd.value) return;
  const day = fields.dag.value === currentDay()
    ? "vandaag"
    : new Date(`${fields.dag.value}T12:00`).toLocaleDateString("nl-NL", { day: "numeric", month: "long" });
  const time = fields.tijd.value.replace(/^0/, "").replace(":", ".");
  document.getElementById("wanneer").textContent = `${day} ${time} uur`;
};
const currentQuarter = () => {
  const quarter = 15 * 60 * 1000;
  const now = serverTime + Date.now() - opened;
  return amsterdam.format(now - (now % quarter)).split(" ");
};
const currentDay = () => currentQuarter()[0];
const tick = () => {
  if (!clockRuns) return;
  [fields.dag.value, fields.tijd.value] = currentQuarter();
  showWhereAndWhen();
};

for (const field of [fields.infopunt, fields.dag, fields.tijd]) {
  field.addEventListener("change", () => {
    if (field !== fields.infopunt) clockRuns = false;
    showWhereAndWhen();
  });
}
setInterval(tick, 20_000);
document.addEventListener("visibilitychange", tick);
tick();
// wachtrij-formulier.js empties the form for the next question, without a new page.
form.addEventListener("reset", () => {
  clockRuns = true;
  setTimeout(tick);
});
