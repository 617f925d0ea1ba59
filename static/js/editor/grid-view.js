/* The rows of a grid on the page. The same HTML as plans.views.grid_rows writes at first. */
"use strict";

window.soan = window.soan || {};

(() => {
  const BULLET = /^[ \t]*[-+•*–—]\s*(?=\S)/;
  const MOST_LINES = 12; // grid.css knows rows of 2 to 12 aligned lines

  // The dash lines of a cell, as plans.views.grid_rows.dash_lines; a cell without any is one.
  soan.dashLines = (text) => {
    const lines = [];
    for (const raw of text.split("\n")) {
      if (BULLET.test(raw) || !lines.length) lines.push(raw);
      else lines[lines.length - 1] += `\n${raw}`;
    }
    return lines;
  };

  soan.GridView = class {
    constructor(root, columns, aligned) {
      Object.assign(this, { root, columns, aligned });
      this.body = root.querySelector(".gb");
      this.elements = new Map();
      this.notes = {};
      this.faulty = {};
      for (const element of this.body.children) this.elements.set(element.dataset.uid, element);
    }

    // What the server has rendered is taken over as it is.
    take(items, levels, notes) {
      this.notes = notes;
      items.forEach((item, at) => {
        const element = Object.assign(this.elements.get(item.uid), { item, level: levels[at] });
        this.noteRow(element);
      });
    }

    element(uid) {
      return this.elements.get(uid);
    }

    cell(uid, field) {
      return this.elements.get(uid)?.querySelector(`:scope > [data-field="${field}"]`);
    }

    // Only what is another object than before is touched.
    render(items, levels, editing) {
      const present = new Set(items.map((item) => item.uid));
      for (const [uid, element] of this.elements) {
        if (!present.has(uid)) {
          element.remove();
          this.elements.delete(uid);
        }
      }
      let place = this.body.firstElementChild;
      items.forEach((item, at) => {
        let element = this.elements.get(item.uid);
        if (!element) {
          element = this.made(item);
          this.elements.set(item.uid, element);
        }
        if (element.item !== item || element.level !== levels[at]) this.fill(element, item, levels[at], editing);
        if (element === place) place = place.nextElementSibling;
        else this.body.insertBefore(element, place);
      });
    }

    made(item) {
      const row = soan.node("div", { role: "row", class: item.isGroup ? "gr gg" : "gr", "data-uid": item.uid });
      for (const field of item.isGroup ? ["area"] : this.columns.map((column) => column.field)) {
        const across = item.isGroup ? this.columns.length : null;
        const cell = soan.node("div", { role: "gridcell", class: "gc", "data-field": field, "aria-colspan": across });
        if (field === "area" || field === this.columns[0].field) cell.append(soan.node("span", { class: "gh", "aria-hidden": "true" }));
        cell.append(soan.node("div", { class: "gt" }));
        row.append(cell);
      }
      return row;
    }

    fill(row, item, level, editing) {
      const was = row.item;
      Object.assign(row, { item, level });
      if (item.isGroup) {
        if (!editing?.is(item.uid, "area")) this.write(row.firstElementChild, item.area);
        return;
      }
      if (level > 0) row.dataset.level = level;
      else delete row.dataset.level;
      row.classList.toggle("gif", Boolean(item.conditional));
      const before = Number(row.dataset.lines ?? 0);
      const lines = this.align(row, item);
      for (const cell of row.children) {
        const { field } = cell.dataset;
        const isAligned = this.aligned.includes(field);
        if (editing?.is(item.uid, field)) continue;
        if (!was || was[field] !== item[field] || (isAligned && lines !== before)) {
          this.write(cell, this.shown(field, item), isAligned && lines);
        }
      }
      if (!was || ["meant", ...this.aligned].some((field) => was[field] !== item[field])) this.noteRow(row);
    }

    // One cell, after the field that stood in it has gone.
    redraw(uid, field) {
      const row = this.element(uid);
      if (row.item.isGroup) this.write(row.firstElementChild, row.item.area);
      else this.write(this.cell(uid, field), this.shown(field, row.item), this.aligned.includes(field) && this.align(row, row.item));
    }

    // Product and time lines that belong together stand side by side.
    align(row, item) {
      const [one, other] = this.aligned.map((field) => soan.dashLines(item[field] ?? "").length);
      const lines = one > 1 && one === other && one <= MOST_LINES ? one : 0;
      if (lines) row.dataset.lines = lines;
      else delete row.dataset.lines;
      return lines;
    }

    shown(field, item) {
      const column = this.columns.find((one) => one.field === field);
      return soan.sayCell(column, item);
    }

    write(cell, text, lines = 0) {
      const place = cell.querySelector(":scope > .gt");
      const column = this.columns.find((one) => one.field === cell.dataset.field);
      if (lines) {
        place.replaceChildren(...soan.dashLines(text).map((line) => soan.node("span", {}, line)));
      } else if (column?.kind === "chips") {
        place.replaceChildren(...text.split("\n").filter(Boolean).map((name) => {
          const isKnown = column.options.some((option) => option.label === name);
          return soan.node("span", { class: isKnown ? "chip" : "chip chip-unknown" }, name);
        }));
      } else {
        place.textContent = text;
      }
    }

    // --- What the server says below a cell -------------------------------------------------

    note(notes) {
      const before = this.notes;
      this.notes = notes;
      for (const [uid, row] of this.elements) {
        if (!soan.same(before[uid], notes[uid])) this.noteRow(row);
      }
    }

    noteRow(row) {
      const { uid } = row.dataset;
      for (const cell of row.children) {
        const { field } = cell.dataset;
        const fault = this.faulty[uid]?.[field];
        const note = fault ? { text: fault, tone: "bad" } : this.said(row.item, uid, field);
        const present = cell.querySelector(":scope > .gn");
        const key = note ? JSON.stringify([note, row.item?.meant]) : "";
        if ((present?.key ?? "") === key) continue;
        present?.remove();
        if (note) {
          const made = this.noted(note, field === "time", row.item?.meant);
          made.key = key;
          cell.append(made);
        }
      }
    }

    said(item, uid, field) {
      const note = this.notes[uid]?.[field];
      if (field !== "time" || !item) return note;
      const [one, other] = this.aligned.map((name) => (item[name]?.trim() ? soan.dashLines(item[name]).length : 0));
      const lines = one && other > 1 && one !== other
        ? `${one} sản phẩm, ${other} mốc thời gian: chưa khớp từng dòng.` : "";
      if (!lines) return note ?? (item.meant ? { text: "", tone: "ok" } : undefined);
      return { ...note, text: [note?.text, lines].filter(Boolean).join(" "), tone: note?.tone === "bad" ? "bad" : "ask" };
    }

    // What a time may mean is kept beside its words; a unit that is offered is written instead.
    noted(note, isTime, said) {
      const meant = isTime ? said : "";
      const button = (label, value) => soan.node("button", {
        type: "button", class: "gx", tabindex: "-1", [isTime ? "data-meant" : "data-instead"]: value,
      }, label);
      return soan.node("div", { class: "gn", "data-tone": note.tone ?? "ok" },
        note.text || null,
        meant ? soan.node("span", {}, ` (${meant}) `, button("bỏ", "")) : null,
        !meant && note.choices?.length
          ? soan.node("span", { class: "gxs" }, ...note.choices.map((choice) => button(choice, choice)),
            isTime ? soan.node("button", { type: "button", class: "gx", tabindex: "-1", "data-leave": true }, "giữ nguyên, chưa có hạn") : null)
          : null);
    }

    fault(faults) {
      const before = this.faulty;
      this.faulty = {};
      for (const { uid, field, problem } of faults) {
        if (uid) (this.faulty[uid] ??= {})[field] = problem;
      }
      for (const uid of new Set([...Object.keys(before), ...Object.keys(this.faulty)])) {
        const row = this.element(uid);
        if (!row) continue;
        for (const cell of row.children) {
          if (this.faulty[uid]?.[cell.dataset.field]) cell.setAttribute("aria-invalid", "true");
          else cell.removeAttribute("aria-invalid");
        }
        this.noteRow(row);
      }
    }
  };

  // A cell's value as text, and back.
  soan.sayCell = (column, item) => {
    const value = item[column?.field];
    if (column?.kind === "select") return column.options.find((option) => option.value === value)?.label ?? value ?? "";
    if (column?.kind === "chips") {
      return (value ?? []).map((code) => column.options.find((option) => option.value === code)?.label ?? code).join("\n");
    }
    return value ?? "";
  };
  soan.readCell = (column, text) => {
    const known = (name) => {
      const plain = soan.fold(name);
      return column.options.find((option) => option.value === name
        || [option.label, ...(option.aliases ?? [])].some((one) => soan.fold(one) === plain));
    };
    if (column.kind === "select") return known(text)?.value ?? column.options[0].value;
    if (column.kind === "chips") {
      const names = text.split(/[\n;]/).map((name) => name.trim()).filter(Boolean);
      return [...new Set(names.map((name) => known(name)?.value ?? name))];
    }
    return text;
  };
})();
