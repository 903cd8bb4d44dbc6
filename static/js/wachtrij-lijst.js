// The page of what waits in this browser: each with its reason and two ways out, change or wipe.
"use strict";

(() => {
  const card = document.getElementById("wachtrij");
  const body = card.querySelector("tbody");
  const retry = document.getElementById("wachtrij-nu");
  const heading = document.getElementById("wachtrij-kop");
  const explanation = document.getElementById("wachtrij-uitleg");
  const usual = explanation.textContent;
  const { part, copy, count } = wachtrij;
  let seen = "";
  const wiped = new Map(); // what was wiped on this page, to put back

  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format();
  const timeOf = ({ velden }) => {
    const time = (velden.tijd ?? "").replace(/^0/, "").replace(":", ".");
    if (!velden.dag || velden.dag === today) return time;
    const day = new Date(`${velden.dag}T12:00`).toLocaleDateString("nl-NL", { day: "numeric", month: "long" });
    return `${day} ${time}`;
  };

  const makeRow = (record) => {
    const row = copy("wachtrij-rij");
    const stuck = record.stand === "lukt_niet";
    const topic = record.woorden.onderwerp || "Onbekend onderwerp";
    const words = { tijd: timeOf(record), onderwerp: topic, wijze: record.woorden.wijze, reden: record.reden ?? "" };
    for (const [name, text] of Object.entries(words)) part(row, name).textContent = text;
    for (const which of row.querySelectorAll('[data-plek="welke"]')) which.textContent = topic;
    part(row, "wacht").hidden = stuck;
    part(row, "lukt_niet").hidden = !stuck;
    part(row, "reden").hidden = !record.reden;
    part(row, "wijzig").href = `${card.dataset.formulier}#wacht=${record.id}`;
    if (stuck && record.fouten?.onderwerp) part(row, "wijzigwoord").textContent = "Kies onderwerp";
    part(row, "wis").addEventListener("click", async () => {
      wiped.set(record.id, record);
      await wachtrij.wipe(record);
      body.querySelector(`[data-gewist="${record.id}"] button`)?.focus();
    });
    return row;
  };

  // Putting back makes a new question of it: the server may have been told already to forget the old id.
  const makeWipedRow = (record) => {
    const row = copy("wachtrij-gewist");
    row.firstElementChild.dataset.gewist = record.id;
    part(row, "onderwerp").textContent = record.woorden.onderwerp;
    part(row, "tijd").textContent = timeOf(record);
    part(row, "terug").addEventListener("click", async () => {
      wiped.delete(record.id);
      const id = wachtrij.newId();
      const velden = { ...record.velden, id };
      await wachtrij.put({ ...record, id, velden, versie: Date.now() });
    });
    return row;
  };

  const show = async () => {
    const records = await wachtrij.list();
    const shown = new Set(records.map(({ id }) => id));
    const gone = [...wiped.values()].filter(({ id }) => !shown.has(id));
    const now = JSON.stringify([records, gone]);
    if (now === seen) return; // new rows would take the cursor away
    seen = now;
    body.replaceChildren(...records.map(makeRow), ...gone.map(makeWipedRow));
    const n = records.length;
    card.hidden = !n && !gone.length;
    retry.hidden = !n;
    heading.textContent = n ? `Deze ${count(n, "vraag wacht", "vragen wachten")}` : heading.dataset.leeg;
    explanation.textContent = n ? usual : explanation.dataset.leeg;
  };

  if (!("indexedDB" in window)) return;
  retry.addEventListener("click", () => wachtrij.send({ ook: true }));
  document.addEventListener("wachtrij", show);
  show();
})();
