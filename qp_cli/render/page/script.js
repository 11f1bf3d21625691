"use strict";
(() => {
  const tools = document.getElementById("tools");
  const field = document.getElementById("filter");
  const count = document.getElementById("filter-count");
  const button = document.getElementById("toggle-details");
  const rows = Array.from(document.querySelectorAll("table[data-filterable] tbody tr"));
  const workings = Array.from(document.querySelectorAll("details"));
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\u2019']/g, " ");
  const figures = new Intl.NumberFormat(document.documentElement.lang);
  const folds = Array.from(document.querySelectorAll("details.fold"));
  let texts = null;
  let folded = null;

  const unfold = (filtered) => {
    if (filtered) {
      folded = folded || folds.map((each) => each.open);
      folds.forEach((each) => { each.open = each.querySelector("[data-filterable] tbody tr:not([hidden])") !== null; });
    } else if (folded) {
      folds.forEach((each, place) => { each.open = folded[place]; });
      folded = null;
    }
  };

  const filter = () => {
    texts = texts || rows.map((row) => fold(row.textContent));
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, place) => {
      row.hidden = !words.every((word) => texts[place].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    unfold(words.length > 0);
    const parts = { shown: figures.format(shown), total: figures.format(rows.length) };
    const found = count.dataset.words.replace(/\{(shown|total)\}/g, (_, name) => parts[name]);
    count.textContent = words.length ? found : "";
  };

  const press = (open) => {
    workings.forEach((each) => { each.open = open; });
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? button.dataset.close : button.dataset.open;
  };

  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) { return; }
    if (target.closest("[hidden]")) { field.value = ""; filter(); }
    const fold = target.closest("details.fold:not([open])");
    if (fold) { fold.open = true; target.scrollIntoView(); }
  };
  window.addEventListener("hashchange", reveal);
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { field.value = ""; filter(); }
  });
  button.addEventListener("click", () => press(button.getAttribute("aria-expanded") !== "true"));
  tools.hidden = false;
  if (field.value) { filter(); }
  reveal();
})();
