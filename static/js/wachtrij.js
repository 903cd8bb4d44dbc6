// Questions that could not be sent wait here, in the browser, until they can. On every page: the bar that says so.
// A record is nobody's: it holds what was chosen on the form and no free text, outlives a logout, and is sent under
// whoever logs in next. The server counts each id once, so sending again is always safe.
//   { id, versie, velden: {name: value}, woorden: {...}, stand: "wacht" | "lukt_niet" | "elders", soort, reden, rust }
// `rust`: the form is busy with it until then. `wis`: to be forgotten by the server too, no longer shown.
"use strict";

const wachtrij = (() => {
  const GEDULD = 8000; // as long as somebody at the desk may be kept waiting
  const ELKE = 60_000;
  const ZONDER_NET = 3_000;
  const WEG = ["opgeslagen", "vervallen"];
  const bar = document.getElementById("wachtbalk");
  const otherTabs = "BroadcastChannel" in window ? new BroadcastChannel("infopunt-wachtrij") : null;
  let lastStatus = "";
  let token = null;

  // --- the store ---

  let opened = null;
  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("infopunt", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("wachtrij", { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    opened.catch(() => {
      opened = null;
    });
    return opened;
  };

  // Does `work` in one transaction; resolves when it is on disk.
  const inStore = async (mode, work) => {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction("wachtrij", mode, { durability: "strict" });
      const request = work(transaction.objectStore("wachtrij"));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  };

  const get = (id) => inStore("readonly", (store) => store.get(id));
  const everything = () => inStore("readonly", (store) => store.getAll());
  const put = async (record) => {
    await inStore("readwrite", (store) => store.put(record));
    await changed();
  };
  // Leaves alone what somebody changed, or wiped, since we read it.
  const replace = async (record, next) => {
    await inStore("readwrite", (store) => {
      store.get(record.id).onsuccess = ({ target }) => {
        if (target.result?.versie !== record.versie) return;
        if (next) store.put({ ...target.result, ...next });
        else store.delete(record.id);
      };
    });
    await changed();
  };
  const remove = (record) => replace(record, null);

  const when = ({ velden }) => `${velden.dag ?? ""} ${velden.tijd ?? ""}`;
  // What waits, newest first as on paper: without what the form is still busy with.
  const list = async () => {
    const records = await everything();
    return records
      .filter((record) => !record.wis && !(record.rust > Date.now()))
      .sort((a, b) => when(b).localeCompare(when(a)));
  };

  // --- sending ---

  const pageToken = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"];

  const ask = async (address, options) => {
    let response;
    try {
      response = await fetch(address, {
        ...options,
        redirect: "manual",
        headers: { Accept: "application/json", ...options?.headers },
        signal: AbortSignal.timeout(GEDULD),
      });
    } catch {
      return { status: "geen_internet" };
    }
    if (response.type === "opaqueredirect") return { status: "uitgelogd" };
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!isJson) return { status: "later", code: response.status };
    // The connection can break halfway through the answer.
    return response.json().catch(() => ({ status: "geen_internet" }));
  };

  const freshToken = async () => {
    const answer = await ask(bar.dataset.token);
    token = answer.token ?? null;
    return answer;
  };

  const post = async (fields) => {
    token ??= pageToken() || null;
    for (const retry of [true, false]) {
      if (!token) {
        const answer = await freshToken();
        if (!token) return answer;
      }
      const answer = await ask(bar.dataset.ontvangst, {
        method: "POST",
        headers: { "X-CSRFToken": token },
        body: new URLSearchParams(fields),
      });
      // Somebody logged in or out since this page was made.
      if (answer.code !== 403 || !retry) return answer;
      token = null;
    }
    return { status: "later" };
  };

  const settle = async (record, answer) => {
    if (record.wis) {
      if (answer.status in { geen_internet: 1, uitgelogd: 1, later: 1 }) return;
      await remove(record);
    } else if (WEG.includes(answer.status)) {
      await remove(record);
    } else if (answer.status === "fout") {
      const reden = Object.values(answer.fouten).flat().join(" ");
      await replace(record, { stand: "lukt_niet", soort: answer.soort, fouten: answer.fouten, reden, rust: 0 });
    } else if (answer.status === "elders") {
      const reden = `Wacht op iemand van infopunt ${record.woorden.infopunt}.`;
      await replace(record, { stand: "elders", reden, rust: 0 });
    } else if (answer.status === "later") {
      const reden = "De dienst kan deze vraag nu niet aannemen. We proberen het straks weer.";
      await replace(record, { stand: "wacht", reden, rust: 0 });
    }
  };

  // One after the other. `ook` = also those that did not work before.
  const sendAll = async (ook) => {
    let sent = 0;
    const wasOffline = lastStatus === "geen_internet";
    const records = (await everything()).filter(
      (record) => !(record.rust > Date.now()) && (ook || record.wis || record.stand !== "lukt_niet"),
    );
    if (records.length) lastStatus = "";
    for (const record of records) {
      const answer = await post(record.wis ? { id: record.id, wis: 1 } : { ...record.velden, id: record.id, later: 1 });
      await settle(record, answer);
      if (!record.wis && WEG.includes(answer.status)) sent += 1;
      if (["geen_internet", "uitgelogd"].includes(answer.status)) {
        lastStatus = answer.status;
        break;
      }
    }
    await changed();
    if (sent) sayPosted(sent, wasOffline);
    return sent;
  };

  // Tabs take turns. Without locks (no https) they may send the same one at once, which the server counts once.
  const send = async ({ ook = false } = {}) => {
    if (!navigator.locks) return sendAll(ook);
    return navigator.locks.request("infopunt-wachtrij", { ifAvailable: !ook }, (lock) => (lock ? sendAll(ook) : 0));
  };

  // Wiped here means wiped there: its answer may have been lost after it was stored.
  const wipe = async (record) => {
    const stored = record.soort === "andere";
    const versie = Date.now();
    if (stored) await remove(record);
    else await put({ id: record.id, versie, velden: {}, woorden: {}, wis: true });
    send();
  };

  const newId = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // without https
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  // --- what people see ---

  const part = (root, name) => root.querySelector(`[data-plek="${name}"]`);
  const copy = (id) => document.getElementById(id).content.cloneNode(true);
  const count = (aantal, een, meer) => `${aantal} ${aantal === 1 ? een : meer}`;

  const explain = (records) => {
    if (lastStatus === "uitgelogd") return "Je bent uitgelogd. Log in, dan gaat versturen vanzelf.";
    const stuck = records.filter((record) => record.stand === "lukt_niet").length;
    if (stuck === records.length) return "Dat lukt niet. Kijk wat er mis is.";
    if (stuck) return `${count(stuck, "vraag lukt", "vragen lukken")} niet. Kijk wat er mis is.`;
    if (records.every((record) => record.stand === "elders")) return records[0].reden;
    if (lastStatus === "geen_internet" || !navigator.onLine) {
      return "Er is geen internet. Zodra het er weer is, gaat versturen vanzelf.";
    }
    return "Versturen gaat zo vanzelf.";
  };

  const showBar = async () => {
    const records = await list();
    const place = bar.querySelector("[role=status]");
    if (!records.length) {
      place.querySelector(".melding--letop")?.remove();
      return;
    }
    // Change words only where they differ: the bar is read out when it changes, and may have the cursor in it.
    if (!place.querySelector(".melding--letop")) place.replaceChildren(copy("wachtbalk-wacht"));
    const words = { aantal: `${count(records.length, "vraag wacht", "vragen wachten")}.`, uitleg: explain(records) };
    for (const [name, text] of Object.entries(words)) {
      if (part(place, name).textContent !== text) part(place, name).textContent = text;
    }
    part(place, "inloggen").hidden = lastStatus !== "uitgelogd";
    part(place, "nu").hidden = lastStatus === "uitgelogd";
  };

  const sayPosted = (aantal, wasOffline) => {
    const place = bar.querySelector("[role=status]");
    place.querySelector(".melding--goed")?.remove();
    const note = copy("wachtbalk-verstuurd");
    part(note, "aantal").textContent = `${wasOffline ? "Er is weer internet. " : ""}${count(aantal, "vraag", "vragen")} verzonden.`;
    place.append(note);
  };

  const changed = async ({ tell = true } = {}) => {
    if (tell) otherTabs?.postMessage("anders");
    await showBar();
    document.dispatchEvent(new Event("wachtrij"));
  };

  const start = async () => {
    await changed({ tell: false });
    bar.addEventListener("click", ({ target }) => {
      if (target.closest('[data-plek="nu"]')) send({ ook: true });
    });
    if (otherTabs) otherTabs.onmessage = () => changed({ tell: false });
    window.addEventListener("online", () => send());
    window.addEventListener("offline", () => changed({ tell: false }));
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) changed({ tell: false });
    });
    setInterval(() => send(), ELKE);
    // Not every browser tells a page it opened without network that the network is back.
    setInterval(() => {
      if (lastStatus === "geen_internet") send();
    }, ZONDER_NET);
    await send();
  };

  // A stored page does not know what time it is.
  const stored = document.querySelector("form[data-los]");
  if (stored) stored.dataset.nu = Math.floor(Date.now() / 1000);

  const ready = "indexedDB" in window ? start().catch(() => {}) : Promise.resolve();

  return {
    GEDULD, WEG, ready, get, put, replace, remove, list, send, post, wipe, newId, part, copy, count,
    // What the last attempt told, for the words on the form.
    heard(status) {
      lastStatus = status;
      return changed();
    },
  };
})();
