// Topics on the question form: subtopics on demand, and finding a topic by the visitor's own words.
// Without this file there is a list of all subtopics, and searching asks the server (registratie/onderwerpen.py).
"use strict";

{
  const form = document.getElementById("vraag");
  const { stopwoorden, onderwerpen } = JSON.parse(document.getElementById("onderwerpen").textContent);
  const byId = new Map(onderwerpen.map((topic) => [String(topic.pk), topic]));
  const tiles = document.getElementById("id_onderwerp");
  const chosen = () => tiles.querySelector("input[name=onderwerp]:checked");

  // Subtopics: a row of small tiles that nobody has to use.
  const row = form.querySelector(".subkeuze");
  const rowTiles = document.getElementById("subonderwerpen");
  rowTiles.id = "id_subonderwerp"; // where a line in the error summary leads

  const makeTile = (name, value, index) => {
    const tile = Object.assign(document.createElement("label"), { className: "tegel" });
    const input = Object.assign(document.createElement("input"), {
      className: "tegel__invoer", type: "radio", name: "subonderwerp", value, id: `id_subonderwerp_${index}`,
    });
    const face = Object.assign(document.createElement("span"), { className: "tegel__vlak" });
    face.append(Object.assign(document.createElement("span"), { className: "tegel__tekst", textContent: name }));
    tile.append(input, face);
    return tile;
  };

  const showSubtopics = (wanted = "") => {
    const subtopics = byId.get(chosen()?.value)?.kinderen ?? [];
    const choices = subtopics.length ? [...subtopics.map(({ pk, naam }) => [naam, pk]), ["iets anders", ""]] : [];
    rowTiles.replaceChildren(...choices.map(([name, value], index) => makeTile(name, value, index)));
    row.hidden = !choices.length && !row.querySelector(".veld__fout");
    if (wanted) for (const input of rowTiles.querySelectorAll("input")) input.checked = input.value === String(wanted);
    offerOthers();
  };

  // What lies behind is another topic than the question itself.
  const behind = form.elements.onderliggend;
  const offerOthers = () => {
    for (const option of behind.options) option.disabled = option.value !== "" && option.value === chosen()?.value;
    if (behind.selectedOptions[0]?.disabled) behind.value = "";
  };

  // A topic chosen from "Meer" or found by searching takes the last place in front; what was open closes.
  const more = document.getElementById("onderwerp-meer");
  const search = document.getElementById("onderwerp-zoek");

  const bringToFront = () => {
    const tile = more?.contains(chosen()) && chosen().closest(".tegel");
    if (!tile) return;
    const front = tiles.querySelectorAll(":scope > .tegel");
    const place = document.createComment("");
    const focused = document.activeElement;
    tile.replaceWith(place);
    front[front.length - 1].replaceWith(tile);
    place.replaceWith(front[front.length - 1]);
    if (tile.contains(focused)) focused.focus({ preventScroll: true });
  };
  const closeMore = () => {
    bringToFront();
    if (more) more.open = false;
  };

  // Arrow keys walk through the tiles and choose on their way: only a tap or leaving closes them.
  more?.addEventListener("click", ({ target, detail }) => {
    if (target.name === "onderwerp" && detail > 0) closeMore();
  });
  more?.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !more.contains(relatedTarget) && more.contains(chosen())) closeMore();
  });

  // Searching.
  const input = document.getElementById("onderwerp-zoekwoord");
  const list = search.querySelector(".treffers");
  const status = document.getElementById("onderwerp-gevonden");
  const NOWHERE = 9;

  const wordsOf = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  const prepare = (topic) => {
    const name = wordsOf(topic.naam);
    const all = [...name, ...wordsOf(topic.woorden)];
    return { ...topic, name, all, long: all.filter((word) => word.length >= 4) };
  };
  const searchable = onderwerpen.map((topic) => ({ ...prepare(topic), kinderen: topic.kinderen.map(prepare) }));

  const distance = (words, { name, all, long }) => {
    const starts = (list) => (word) => list.some((part) => part.startsWith(word));
    if (words.every(starts(name))) return 0;
    if (words.every(starts(all))) return 1;
    if (words.every((word) => starts(all)(word) || long.some((part) => word.startsWith(part)))) return 2;
    return NOWHERE;
  };

  const find = (text) => {
    const all = wordsOf(text);
    const telling = all.filter((word) => !stopwoorden.includes(word));
    const words = telling.length ? telling : all;
    if (!words.length) return [];
    return searchable
      .flatMap((topic) => {
        const hits = topic.kinderen.map((child) => ({ topic, child, far: distance(words, child) }));
        return [{ topic, child: null, far: distance(words, topic) + 0.5 }, ...hits];
      })
      .filter(({ far }) => far < NOWHERE)
      .sort((a, b) => a.far - b.far)
      .slice(0, 6);
  };

  const choose = ({ topic, child }) => {
    const radio = tiles.querySelector(`input[name=onderwerp][value="${topic.pk}"]`);
    search.open = false;
    input.value = "";
    showHits();
    radio.checked = true;
    closeMore();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    showSubtopics(child?.pk);
    radio.focus();
  };

  let hits = [];
  const showHits = () => {
    hits = find(input.value);
    const rows = hits.map((hit) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "treffer" });
      button.append(Object.assign(document.createElement("strong"), { textContent: (hit.child ?? hit.topic).naam }));
      if (hit.child) button.append(` ${hit.topic.naam}`);
      button.addEventListener("click", () => choose(hit));
      const item = document.createElement("li");
      item.append(button);
      return item;
    });
    list.replaceChildren(...rows);
    if (!input.value.trim()) status.textContent = "";
    else status.textContent = hits.length ? `${hits.length} gevonden. Enter kiest de eerste.` : "Niets gevonden. Probeer een ander woord.";
  };

  // The button that asks the server would lose what was filled in; here it closes.
  const button = search.querySelector("button");
  button.type = "button";
  button.textContent = "Sluit";
  button.addEventListener("click", () => closeSearch());

  const closeSearch = () => {
    search.open = false;
    (chosen() ?? tiles.querySelector("input")).focus();
  };

  input.addEventListener("input", showHits);
  search.addEventListener("keydown", (event) => {
    const found = [...list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      if (hits.length) choose(hits[0]);
    } else if (event.key === "Escape") {
      closeSearch();
    } else if (step && found.length) {
      event.preventDefault();
      const place = found.indexOf(document.activeElement) + step;
      (found[place] ?? input).focus();
    }
  });
  search.addEventListener("toggle", () => {
    if (search.open) input.focus();
  });

  // Typing while a topic tile has the focus starts a search: no shortcut, it works nowhere else.
  tiles.addEventListener("keydown", (event) => {
    if (event.target.name !== "onderwerp" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!/^[\p{L}\p{N}]$/u.test(event.key)) return;
    event.preventDefault();
    search.open = true;
    input.value = event.key;
    input.focus();
    showHits();
  });

  tiles.addEventListener("change", ({ target }) => {
    if (target.name === "onderwerp") showSubtopics();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    closeMore();
    search.open = false;
    input.value = "";
    showHits();
    showSubtopics();
  }));
  window.addEventListener("pageshow", ({ persisted }) => persisted || offerOthers());
  showSubtopics(rowTiles.dataset.gekozen);
}
