/* Evidence by drop, choice, camera or Ctrl+V. The server judges every file by its content; here
   only what is too large is said before it travels. Without this the two inputs do the work. */
"use strict";

(() => {
  const form = document.querySelector("[data-evidence]");
  if (!form) return;
  const maxFile = Number(form.dataset.maxFile);
  const maxPost = Number(form.dataset.maxPost);
  const drop = form.querySelector("[data-drop]");
  const list = form.querySelector("[data-chosen]");
  const button = form.querySelector("button[type=submit]");
  const [main, camera] = form.querySelectorAll("input[type=file]");
  let chosen = [];

  const megabytes = (size) =>
    (size < 1024 * 1024 ? `${Math.ceil(size / 1024)} KB` : `${(size / 1024 / 1024).toFixed(1).replace(".", ",")} MB`);
  const whole = (size) => `${Math.round(size / 1024 / 1024)} MB`;

  const fault = (file, together) => {
    if (!file.size) return "tệp trống (0 byte), không gửi.";
    if (file.size > maxFile) return `nặng ${megabytes(file.size)}; mỗi tệp không quá ${whole(maxFile)}, không gửi.`;
    if (together > maxPost) return `các tệp cùng nặng quá ${whole(maxPost)}; hãy gửi tệp này ở lần sau.`;
    return "";
  };

  const show = () => {
    const kept = new DataTransfer();
    let together = 0;
    list.replaceChildren();
    for (const file of chosen) {
      const wrong = fault(file, together + file.size);
      const line = document.createElement("li");
      line.textContent = wrong ? `${file.name}: ${wrong}` : `${file.name} (${megabytes(file.size)})`;
      line.dataset.tone = wrong ? "bad" : "ok";
      list.append(line);
      if (wrong) continue;
      together += file.size;
      kept.items.add(file);
    }
    main.files = kept.files;
    button.disabled = !kept.files.length;
    button.lastChild.textContent = kept.files.length > 1 ? ` Tải lên ${kept.files.length} tệp` : " Tải lên";
  };

  const take = (files) => {
    const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
    chosen.push(...[...files].filter((file) => !chosen.some((other) => same(file, other))));
    show();
  };

  main.addEventListener("change", () => take(main.files));
  camera.addEventListener("change", () => {
    const files = [...camera.files];
    camera.value = ""; // it travels with the others
    take(files);
  });
  form.addEventListener("submit", () => {
    if (chosen.length) button.lastChild.textContent = " Đang gửi…";
  });

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
    take(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    const files = event.clipboardData?.files;
    if (!files?.length || event.target.matches("input, textarea")) return;
    event.preventDefault();
    take(files);
  });
  window.addEventListener("pageshow", () => {
    chosen = [...main.files]; // the browser's Back button keeps them
    show();
  });
})();
