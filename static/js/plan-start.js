/* The form that begins a plan: only what the chosen way needs, and a title that follows kind and year. */
"use strict";

(() => {
  const form = document.querySelector("form[data-plan-start]");
  if (!form) return;
  const { kind, year, title } = form.elements;
  const years = Number(form.closest("[data-years]").dataset.years);
  const subjects = new Map(title.dataset.subjects.split("|").map((pair) => pair.split(":")));

  const proposed = () => {
    const first = Number(year.value);
    const span = kind.value === "multi_year" ? `giai đoạn ${first} – ${first + years - 1}` : `năm ${first}`;
    return `${subjects.get(kind.value)} ${span}`;
  };
  let last = proposed();
  const follow = () => {
    const now = proposed();
    if (title.value.trim() === "" || title.value === last) title.value = now;
    last = now;
  };
  kind.addEventListener("change", follow);
  year.addEventListener("input", follow);

  const show = () => {
    const way = form.querySelector("[name=way]:checked")?.value;
    for (const one of ["own", "derived", "copied"]) {
      for (const part of form.querySelectorAll(`.plan-start-${one}`)) {
        part.hidden = one !== way;
        for (const field of part.querySelectorAll("[name]")) field.disabled = one !== way;
      }
    }
  };
  form.addEventListener("change", show);
  show();
})();
