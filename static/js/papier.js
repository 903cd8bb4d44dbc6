// Says how many questions the sheet holds, before it is saved.
"use strict";

const sheet = document.getElementById("papier");
const total = document.getElementById("samen");

const showTotal = () => {
  const cells = [...sheet.querySelectorAll(".papierblad input")];
  const sum = cells.reduce((count, { value }) => count + (/^\s*\d+\s*$/.test(value) ? Number(value) : 0), 0);
  total.textContent = sum === 1 ? "Samen 1 vraag" : `Samen ${sum} vragen`;
  total.hidden = false;
};

sheet.addEventListener("input", showTotal);
showTotal();
