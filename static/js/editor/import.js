/* The questions about unknown names: a list to choose from becomes a field that completes without
   regard to tone marks. The list stays in the form and is what is sent. */
"use strict";

(() => {
  const enhance = (select) => {
    if (select.dataset.completed !== undefined) return;
    select.dataset.completed = "";
    const seen = new Set([""]);
    const options = [...select.options].filter(({ value }) => !seen.has(value) && seen.add(value))
      .map(({ value, textContent, parentElement }) => ({
        value, label: textContent, hint: parentElement.label ?? "",
      }));
    const chosen = options.find(({ value }) => value === select.value);
    const field = soan.node("input", {
      class: "form-control", type: "text", id: select.id, placeholder: "Gõ vài chữ, không cần dấu, hoặc bấm ↓ để xem danh sách",
    });
    field.value = chosen?.label ?? "";
    select.removeAttribute("id");
    select.hidden = true;
    select.before(field);

    const take = (option) => {
      select.value = option?.value ?? "";
      if (option) field.value = option.label;
      const isOpen = !option && field.value.trim();
      field.setCustomValidity(isOpen ? "Hãy chọn một tên trong danh sách." : "");
    };
    const completion = soan.complete(field, options, { onPick: take });
    field.addEventListener("input", () => {
      take(options.find(({ label }) => soan.fold(label) === soan.fold(field.value)));
    });
    const show = () => {
      if (!field.value.trim() && !completion.isOpen) completion.open(soan.fitting("", options));
    };
    field.addEventListener("click", show);
    field.addEventListener("keydown", (event) => { if (event.key === "ArrowDown") show(); });
  };
  const enhanceAll = (root) => root.querySelectorAll("select[data-complete]").forEach(enhance);
  enhanceAll(document);
  document.addEventListener("htmx:afterSwap", () => enhanceAll(document));
})();
