/* Small manners of every page; nothing here is needed to do the work. */
"use strict";

// <form data-confirm="…"> and <button data-confirm="…">: ask before sending.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const asked = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (asked && !window.confirm(asked)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // htmx forms have hx-disabled-elt; data-again marks downloads, which leave the page as it is.
  if (form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.matches("[data-again], [hx-get], [hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault(); // a second click while the first is on its way
    return;
  }
  form.dataset.sent = "";
  // After this tick: a button that is disabled now would not be sent with its form.
  window.setTimeout(() => {
    form.querySelectorAll("button[type=submit]").forEach((button) => { button.disabled = true; });
  });
});

// The browser's own words follow its language, not the page's.
document.addEventListener("invalid", (event) => {
  const { validity } = event.target;
  if (validity.valueMissing) event.target.setCustomValidity("Hãy ghi hoặc chọn mục này.");
  else if (!validity.customError) event.target.setCustomValidity("Mục này ghi chưa đúng.");
}, true);
document.addEventListener("input", (event) => { event.target.setCustomValidity?.(""); });

// Coming back with the browser's Back button: forms can be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button[type=submit]").forEach((button) => { button.disabled = false; });
  });
});

// <select data-submit> in a filter form applies at once.
document.addEventListener("change", (event) => {
  if (event.target.dataset.submit !== undefined) event.target.form?.requestSubmit();
});

// <button data-print>: the page on paper.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
