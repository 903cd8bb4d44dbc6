// The question form without a network: every question is safe in the queue before it is sent, and the form empties
// only after that. Without this file, or without a place to keep things, the form is posted the plain way.
"use strict";

(() => {
  const form = document.querySelector("#vraag[data-wachtrij]");
  if (!form || !("indexedDB" in window)) return;
  const fields = form.elements;
  const { part, copy } = wachtrij;
  const NOT_KEPT = ["csrfmiddlewaretoken", "opmerking", "nog_een"];
  const SAME_VISITOR = ["leeftijdsgroep", "geslacht"];
  const STAYS = ["infopunt", "dag", "tijd"];
  const place = document.getElementById("wachtmelding");
  let mending = null; // the waiting question that is being changed
  let busy = false;

  // --- errors, in the shape the server gives them ---

  const required = () =>
    [...document.getElementById("wachtmelding-verplicht").content.children].filter(
      ({ dataset }) => !dataset.bij || fields[dataset.bij]?.value === dataset.is,
    );

  const clearErrors = () => {
    for (const summary of form.querySelectorAll(".foutenlijst")) summary.remove();
    for (const group of form.querySelectorAll("[data-fout]")) {
      delete group.dataset.fout;
      group.querySelector(".veld__fout")?.remove();
    }
  };

  const showErrors = (missing) => {
    const summary = copy("wachtmelding-fouten");
    for (const { dataset, textContent } of missing) {
      const input = form.querySelector(`[name="${dataset.veld}"]`);
      const link = Object.assign(document.createElement("a"), {
        href: `#${input.id}`, textContent: `${dataset.label}: ${textContent}`,
      });
      const line = document.createElement("li");
      line.append(link);
      part(summary, "regels").append(line);

      const group = input.closest(".veld");
      const error = copy("wachtmelding-fout");
      part(error, "fout").textContent = textContent;
      group.dataset.fout = "";
      (group.querySelector(":scope > legend, :scope > label") ?? group.firstElementChild).after(error);
      const hidden = input.closest("details:not([open])");
      if (hidden) hidden.open = true;
    }
    form.querySelector(".kaart__blad").prepend(summary);
    form.querySelector(".foutenlijst").focus();
  };

  // --- a question, kept ---

  const wordsOf = (name) => {
    const chosen = form.querySelector(`[name="${name}"]:checked:not([value=""])`);
    return (chosen?.closest("label") ?? chosen?.labels?.[0])?.textContent.trim() ?? "";
  };

  const makeRecord = () => {
    const entries = [...new FormData(form)].filter(([name, value]) => value && !NOT_KEPT.includes(name));
    return {
      id: fields.id.value,
      versie: Date.now(),
      velden: Object.fromEntries(entries),
      woorden: {
        onderwerp: wordsOf("subonderwerp") || wordsOf("onderwerp"),
        wijze: wordsOf("wijze"),
        infopunt: fields.infopunt.selectedOptions[0]?.text ?? "",
      },
      stand: "wacht",
      rust: Date.now() + wachtrij.GEDULD + 2000,
    };
  };

  const postPlain = (again) => {
    if (again) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: "nog_een", value: "1" });
      form.append(field);
    }
    form.submit();
  };

  // --- an empty form for the next question, on the same page ---

  const empty = (keep) => {
    for (const field of form.querySelectorAll("input, select, textarea")) {
      if (field.type === "hidden" || STAYS.includes(field.name)) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        field.defaultChecked = field.checked = keep.includes(field.name) && field.checked;
      } else if (field.tagName === "SELECT") {
        for (const option of field.options) option.defaultSelected = option.value === "";
      } else {
        field.defaultValue = "";
      }
    }
    for (const option of fields.infopunt.options) option.defaultSelected = option.selected;
    for (const details of form.querySelectorAll("details[open]")) details.open = false;
    delete form.dataset.vast;
    form.reset();
    fields.id.value = wachtrij.newId();
    mending = null;
    history.replaceState(null, "", location.pathname);
    focusFirst();
  };

  // As a new page would: at the top, where the bar and the notice are.
  const focusFirst = () => {
    form.querySelector("input[type=radio]").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  };

  // Why it waits is said by the bar.
  const sayKept = (record, remark) => {
    const note = copy("wachtmelding-bewaard");
    part(note, "wat").textContent = `${record.woorden.onderwerp}, ${clock(record)} uur`;
    part(note, "opmerking").hidden = !remark;
    part(note, "ongedaan").addEventListener("click", async () => {
      const now = await wachtrij.get(record.id);
      if (now) {
        await wachtrij.wipe(now);
        sayLine("De vraag is weggehaald.");
      } else {
        sayLine("De vraag is al verstuurd. Haal hem weg bij de vragen van vandaag.");
      }
      focusFirst();
    });
    showNote(note);
  };
  const sayLine = (text) => {
    const note = copy("wachtmelding-zin");
    part(note, "zin").textContent = text;
    showNote(note);
  };
  const showNote = (note) => {
    for (const old of place.parentElement.querySelectorAll(":scope > .melding--goed")) old.remove();
    place.replaceChildren(note);
  };
  const clock = ({ velden }) => velden.tijd.replace(/^0/, "").replace(":", ".");

  // --- saving ---

  const save = async (again) => {
    clearErrors();
    const missing = required().filter(({ dataset }) => !new FormData(form).get(dataset.veld));
    if (missing.length) return showErrors(missing);

    const record = makeRecord();
    const remark = fields.opmerking?.value.trim() ?? "";
    try {
      await wachtrij.put(record);
      if (mending && mending.id !== record.id) await wachtrij.remove(mending);
    } catch {
      return postPlain(again);
    }
    const extra = { ...(remark && { opmerking: remark }), ...(again && { nog_een: 1 }) };
    const answer = await wachtrij.post({ ...record.velden, ...extra });
    if (wachtrij.WEG.includes(answer.status)) {
      await wachtrij.remove(record);
      location.assign(answer.adres);
      return undefined;
    }
    if (answer.status === "fout" || answer.status === "elders") {
      // Somebody is looking at the form: it says what is wrong, in the server's own words.
      await wachtrij.remove(record);
      return postPlain(again);
    }
    await wachtrij.replace(record, { rust: 0 });
    await wachtrij.heard(answer.status);
    empty(again ? SAME_VISITOR : []);
    return sayKept(record, remark);
  };

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button?.hasAttribute("formaction") || button?.formMethod === "get") return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await save(button?.name === "nog_een");
    } finally {
      busy = false;
    }
  });

  // --- changing one that waits: /vragen/nieuw/#wacht=<id> ---

  const fill = ({ velden, fouten: wrong = {} }) => {
    // Twice: choosing a topic makes tiles that the second round can choose from.
    for (const round of [1, 2]) {
      for (const [name, value] of Object.entries(velden)) {
        if (name === "id" || !fields[name]) continue;
        const tiles = [...form.querySelectorAll(`[type=radio][name="${name}"]`)];
        const field = tiles.length ? tiles.find((tile) => tile.value === value) : fields[name];
        if (field?.type === "radio") field.checked = true;
        else if (field) field.value = value;
        if (round === 1) field?.dispatchEvent(new Event("change", { bubbles: true }));
        const hidden = field?.closest("details:not([open])");
        if (hidden && (field.type === "radio" || name in wrong)) hidden.open = true;
      }
    }
  };

  const mend = async () => {
    const id = new URLSearchParams(location.hash.slice(1)).get("wacht");
    const record = id && (await wachtrij.get(id).catch(() => null));
    if (!record || record.wis) return;
    mending = record;
    fill(record);
    // What the server holds under this id stays as it is: changed answers are a new question then.
    fields.id.value = record.soort === "andere" ? wachtrij.newId() : record.id;
    const reason = record.reden ? ` ${record.reden}` : "";
    sayLine(`Je wijzigt een vraag die nog wacht.${reason}`);
  };

  // --- a remark is not for the queue ---

  const warnAboutRemark = () => {
    const { opmerking } = fields;
    if (!opmerking) return;
    const warning = document.getElementById("opmerking-zonder-internet");
    if (navigator.onLine) warning?.remove();
    else if (!warning) opmerking.before(copy("wachtmelding-opmerking"));
  };
  window.addEventListener("online", warnAboutRemark);
  window.addEventListener("offline", warnAboutRemark);
  window.addEventListener("hashchange", mend);
  warnAboutRemark();
  wachtrij.ready.then(mend);

  // Once opened, the page works without a network too.
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(document.getElementById("wachtbalk").dataset.werker).catch(() => {});
    if (!("los" in form.dataset)) {
      navigator.serviceWorker.ready.then(({ active }) => active.postMessage("bewaar"));
    }
  }
})();
