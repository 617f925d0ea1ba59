/* Beside the outline: which headings take the plan's own lists, text from Word, and the mouse. */
"use strict";

window.soan = window.soan || {};

(() => {
  const { outline } = soan;
  const CALLS = /^(?:doi tuong|pham vi|noi dung|hinh thuc)/;

  // Which bare headings are filled when the plan is printed (reporting/reports/plan/narrative.py).
  soan.Filling = class {
    // facts: {lists: [{word, label, count}], areas: {folded: count}}
    constructor(id) {
      this.facts = JSON.parse(document.getElementById(id).textContent);
    }

    of(rows) {
      const left = this.facts.lists.filter((list) => list.count);
      const notes = new Map();
      rows.forEach((row, at) => {
        if (!row.heading || row.text || outline.end(rows, at) > at + 1) return;
        const heading = soan.fold(row.heading);
        const duties = this.facts.areas[heading];
        if (duties) {
          notes.set(row.uid, `Tự lấy ${duties} nhiệm vụ của nhóm này.`);
          return;
        }
        if (!CALLS.test(heading)) return;
        const named = left.filter((list) => heading.includes(list.word));
        named.forEach((list) => left.splice(left.indexOf(list), 1));
        if (named.length) {
          const said = named.map((list) => `${list.label} (${list.count})`).join(", ");
          notes.set(row.uid, `Tự lấy từ danh sách ${said}.`);
        }
      });
      return notes;
    }
  };

  // The server reads a pasted text into items; null when that failed.
  soan.readOutline = async (text) => {
    const address = document.querySelector("[data-outline-url]").dataset.outlineUrl;
    return (await soan.ask(address, { text }))?.items ?? null;
  };

  // A dialog for a whole text, where there is no Ctrl+V.
  soan.askOutline = (take) => {
    const field = soan.node("textarea", { class: "form-control", rows: "12", id: "outline-paste" });
    const close = () => { dialog.close(); dialog.remove(); };
    const go = async (isInstead) => {
      const items = await soan.readOutline(field.value);
      if (!items) return;
      close();
      take(items, isInstead);
    };
    const button = (label, act, look = "btn-outline-secondary") => soan.node(
      "button", { type: "button", class: `btn ${look}`, onclick: act }, label,
    );
    const dialog = soan.node("dialog", { class: "soan-dialog", "aria-labelledby": "outline-paste-title" },
      soan.node("h2", { id: "outline-paste-title" }, "Dán văn bản từ Word"),
      soan.node("label", { class: "form-label", for: "outline-paste" },
        "Chép phần nội dung của kế hoạch (từ I. đến hết) rồi dán vào đây; ký hiệu mục được giữ như trong văn bản."),
      field,
      soan.node("div", { class: "soan-dialog-buttons" },
        button("Thêm vào chỗ đang sửa", () => go(false), "btn-primary"),
        button("Thay toàn bộ nội dung", () => go(true)),
        button("Thôi", close)));
    dialog.addEventListener("cancel", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    field.focus();
  };

  // Dragging by the grip: before or after the item under the mouse, at its level.
  soan.OutlineDrag = class {
    constructor(list, drop) {
      Object.assign(this, { list, drop, uid: null });
      list.addEventListener("dragstart", (event) => this.start(event));
      list.addEventListener("dragover", (event) => this.over(event));
      list.addEventListener("drop", (event) => this.end(event));
      list.addEventListener("dragend", () => this.clear());
    }

    start(event) {
      const item = event.target.closest?.(".outline-grip")?.closest("[data-uid]");
      if (!item) return;
      this.uid = item.dataset.uid;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.setDragImage(item, 10, 10);
      item.classList.add("is-dragged");
    }

    over(event) {
      const item = event.target.closest?.("[data-uid]");
      if (!this.uid || !item) return;
      event.preventDefault();
      const box = item.getBoundingClientRect();
      this.isAfter = event.clientY > box.top + box.height / 2;
      this.list.querySelectorAll(".is-over-before, .is-over-after").forEach((one) => {
        one.classList.remove("is-over-before", "is-over-after");
      });
      item.classList.add(this.isAfter ? "is-over-after" : "is-over-before");
    }

    end(event) {
      const item = event.target.closest?.("[data-uid]");
      if (!this.uid || !item) return;
      event.preventDefault();
      const items = [...this.list.children];
      const at = items.indexOf(item);
      const depth = Number(item.dataset.depth);
      const below = Number(items[at + 1]?.dataset.depth ?? -1);
      const uid = this.uid;
      this.clear();
      if (this.isAfter) this.drop(uid, at + 1, Math.max(depth, below));
      else this.drop(uid, at, depth);
    }

    clear() {
      this.uid = null;
      this.list.querySelectorAll(".is-over-before, .is-over-after, .is-dragged").forEach((one) => {
        one.classList.remove("is-over-before", "is-over-after", "is-dragged");
      });
    }
  };
})();
