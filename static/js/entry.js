/* The page of entry: the fields of the chosen kind, to whom it goes, contents ticked by the words
   of the title, files named before they travel. Without this every field stands on the page. */
"use strict";

(() => {
  const form = document.querySelector("[data-entry]");
  if (!form) return;
  form.classList.add("has-script");

  // Fields of the kind
  const own = [...form.querySelectorAll("[data-field]")];
  const star = () => {
    const mark = document.createElement("span");
    mark.className = "asteriskField";
    mark.textContent = "*";
    return mark;
  };
  const showKind = () => {
    const chosen = form.querySelector("[data-kind] input:checked")?.closest("[data-kind]");
    if (!chosen) return;
    const fields = JSON.parse(chosen.dataset.fields);
    const needs = JSON.parse(chosen.dataset.needs);
    for (const part of own) {
      const name = part.dataset.field;
      const isHere = name in fields;
      part.hidden = !isHere;
      part.querySelectorAll("input, select").forEach((input) => { input.disabled = !isHere; });
      const label = part.querySelector("label");
      if (!isHere || !label) continue;
      label.textContent = fields[name];
      if (needs.includes(name)) label.append(star());
    }
  };
  // Channels of the last one of this kind, until somebody ticks for themselves
  let isChosen = false;
  const showUsual = () => {
    const usual = form.querySelector("[data-kind] input:checked")?.closest("[data-kind]").dataset.channels;
    if (isChosen || usual === undefined) return;
    const wanted = JSON.parse(usual).map(String);
    form.querySelectorAll("[name=channels]").forEach((box) => {
      box.checked = wanted.includes(box.value);
      if (box.checked) box.closest("details")?.setAttribute("open", "");
    });
  };
  form.querySelectorAll("[data-no-script]").forEach((line) => { line.hidden = true; });
  form.addEventListener("change", (event) => {
    if (event.target.name === "kind") {
      showKind();
      showUsual();
    }
    if (event.target.name === "channels") isChosen = true;
    if (event.target.name === "place") showPlace();
    if (event.target.name === "content_items") showTicks();
    if (event.target.type === "file") showFiles(event.target);
  });

  // To whom it goes first
  const send = form.querySelector("[data-submit-first]");
  const showPlace = () => {
    const place = form.querySelector("[name=place]")?.value;
    if (!send || place === undefined) return;
    let isFirst = false;
    form.querySelectorAll("[data-whom]").forEach((line) => {
      line.hidden = line.dataset.whom !== place;
      isFirst = isFirst || !line.hidden;
    });
    send.textContent = isFirst ? send.dataset.submitFirst : send.dataset.send;
  };

  // Contents suggested by the title
  const box = (key) => [...form.querySelectorAll("[name=content_items]")].find((one) => one.value === key);
  const showTicks = () => {
    form.querySelectorAll("[data-tick]").forEach((button) => {
      const item = box(button.dataset.tick);
      button.hidden = !item;
      button.setAttribute("aria-pressed", String(Boolean(item?.checked)));
    });
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tick]");
    const item = button && box(button.dataset.tick);
    if (!item) return;
    item.checked = !item.checked;
    showTicks();
  });
  form.addEventListener("htmx:afterSwap", showTicks);

  // Files: the server judges each by its content; what cannot pass is said before it travels
  const size = (bytes) =>
    (bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`);
  const fault = (file, together, input) => {
    if (!file.size) return "tệp trống (0 byte), sẽ không được nhận.";
    if (/\.hei[cf]$/i.test(file.name)) {
      return "ảnh HEIC không nhận được. Trên iPhone hãy chọn ảnh từ Thư viện ảnh, hoặc đặt Cài đặt › Camera › Định dạng › Tương thích nhất rồi chụp lại.";
    }
    if (file.size > Number(input.dataset.maxFile)) return `nặng ${size(file.size)}, quá cỡ cho phép; hãy giảm cỡ hoặc ghi đường dẫn.`;
    if (together > Number(input.dataset.maxPost)) return "các tệp cùng gửi nặng quá; hãy thêm tệp này sau, ở trang tin, bài.";
    return "";
  };
  const showFiles = (input) => {
    const list = form.querySelector("[data-files]");
    let together = 0;
    list.replaceChildren();
    for (const file of input.files) {
      together += file.size;
      const wrong = fault(file, together, input);
      const line = document.createElement("li");
      line.textContent = wrong ? `${file.name}: ${wrong}` : `${file.name} (${size(file.size)})`;
      line.dataset.tone = wrong ? "bad" : "ok";
      list.append(line);
    }
  };

  const start = () => {
    showKind();
    showPlace();
    showTicks();
    form.querySelectorAll("input[type=file]").forEach(showFiles);
  };
  start();
  window.addEventListener("pageshow", start); // the browser's Back button keeps what was chosen
})();
