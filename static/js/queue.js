/* Tick every row of a queue at once, and say on the buttons how many are ticked. */
"use strict";

document.querySelectorAll("form[data-bulk]").forEach((form) => {
  const all = form.querySelector("[data-bulk-all]");
  const ticks = [...form.elements].filter((one) => one.name === "pk");
  const tell = () => {
    const chosen = ticks.filter((tick) => tick.checked).length;
    form.querySelectorAll("[data-bulk-count]").forEach((place) => {
      place.textContent = chosen ? ` (${chosen})` : "";
    });
    all.checked = chosen > 0 && chosen === ticks.length;
    all.indeterminate = chosen > 0 && chosen < ticks.length;
  };
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    ticks.forEach((tick) => { tick.checked = all.checked; });
    tell();
  });
  ticks.forEach((tick) => tick.addEventListener("change", tell));
  window.addEventListener("pageshow", tell);
  tell();
});
