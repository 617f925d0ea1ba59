/* An annex by drop, by choice of a file, or by Ctrl+V anywhere on the page. The server checks
   everything again; here a mistake is only said sooner, and what Word puts around a table is left
   behind before it is sent. */
"use strict";

(() => {
  const MOST = 5 * 1024 * 1024;
  const form = document.querySelector("[data-import]");
  if (!form) return;
  const drop = form.querySelector("[data-drop]");
  const file = form.querySelector("input[type=file]");
  const pasted = form.querySelector("[data-pasted]");

  const tell = (where, text, tone = "") => {
    const line = form.querySelector(`[data-told-${where}]`);
    line.textContent = text;
    line.dataset.tone = tone;
  };
  const megabytes = (size) => (size / 1024 / 1024).toFixed(1).replace(".", ",");

  const takeFile = () => {
    const [chosen] = file.files;
    if (!chosen) return;
    tell("paste", "");
    if (chosen.size > MOST) {
      tell("file", `Tệp nặng ${megabytes(chosen.size)} MB; chỉ nhận tệp không quá 5 MB.`, "bad");
      file.value = "";
      return;
    }
    if (/\.(xls|doc)$/i.test(chosen.name)) {
      tell("file", "Đây là tệp Excel hoặc Word đời cũ: hãy mở ra và lưu lại thành .xlsx hoặc .docx.", "bad");
      file.value = "";
      return;
    }
    tell("file", `Đang gửi “${chosen.name}”…`);
    pasted.value = "";
    form.requestSubmit();
  };
  file.addEventListener("change", takeFile);

  const takeFiles = (files) => {
    if (files.length > 1) {
      tell("file", "Mỗi lần chỉ gửi một tệp.", "bad");
      return;
    }
    file.files = files;
    takeFile();
  };
  const over = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // a file dropped beside the zone must not open in place of the page
    drop.classList.toggle("is-over", drop.contains(event.target));
  };
  document.addEventListener("dragenter", over);
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    drop.classList.remove("is-over");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    takeFiles(event.dataTransfer.files);
  });

  // Only the tables, and of their attributes only what merges cells. Styles go before the browser
  // reads them: the page's content security policy holds for a parsed fragment too.
  const tablesOf = (html) => {
    const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, "");
    const page = new DOMParser().parseFromString(bare, "text/html");
    page.querySelectorAll("script, meta, link, img, col, colgroup, xml").forEach((one) => one.remove());
    const tables = [...page.querySelectorAll("table")].filter((one) => !one.parentElement.closest("table"));
    for (const table of tables) {
      for (const element of [table, ...table.querySelectorAll("*")]) {
        for (const { name } of [...element.attributes]) {
          if (name !== "rowspan" && name !== "colspan") element.removeAttribute(name);
        }
      }
    }
    return tables;
  };

  const takePasted = (text, told) => {
    if (new Blob([text]).size > MOST) {
      tell("paste", "Bảng dán vào lớn hơn 5 MB: hãy lưu thành tệp rồi gửi tệp.", "bad");
      return;
    }
    file.value = "";
    tell("file", "");
    pasted.value = text;
    tell("paste", told);
    form.requestSubmit();
  };

  document.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    if (!data) return;
    if (data.files.length && !data.types.includes("text/html")) {
      event.preventDefault();
      takeFiles(data.files);
      return;
    }
    const tables = tablesOf(data.getData("text/html"));
    const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
    if (rows) {
      event.preventDefault();
      takePasted(tables.map((table) => table.outerHTML).join("\n"), `Đã nhận bảng ${rows} dòng, đang gửi…`);
      return;
    }
    if (event.target === pasted) return; // typed or pasted as text, sent by the button
    event.preventDefault();
    const text = data.getData("text/plain");
    if (text.includes("\t") && text.includes("\n")) {
      takePasted(text, "Đã nhận bảng dạng chữ, đang gửi…");
    } else {
      tell("paste", "Phần vừa dán không có bảng nào: hãy chọn cả bảng trong Word hoặc Excel rồi chép lại.", "bad");
    }
  });
})();
