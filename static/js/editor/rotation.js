/* Whose turn each period is: typed, dragged, or shared out in order.

   const rotation = soan.rotation(place, {periods, units, turns, fallback, continued, leads, changed});
   place: an empty element; turns: {period code: unit code}, changed(turns) after every change;
   fallback: the unit of periods without a turn. rotation.destroy() before it goes.
   By keyboard: type a unit's name in a period, ← → go to the next period, Ctrl+D takes the unit of
   the period before. By mouse: drag a unit onto a period, or click a unit, then draw over periods. */
"use strict";

window.soan = window.soan || {};

(() => {
  const button = (label, act, attributes = {}) => soan.node("button", {
    type: "button", class: "btn btn-sm btn-outline-secondary", onclick: act, ...attributes,
  }, label);

  class Rotation {
    constructor(place, { periods, units, turns, fallback = "", continued = null, leads = [], changed }) {
      Object.assign(this, { place, periods, units, fallback, continued, leads, changed, completions: [] });
      this.turns = { ...turns };
      this.armed = "";
      this.drawing = null;
      this.present = units.filter((unit) => !unit.gone);
      this.build();
      this.show();
    }

    name(code) {
      return this.units.find((unit) => unit.value === code)?.label ?? code;
    }

    build() {
      this.chips = soan.node("div", { class: "rota-chips" }, ...this.present.map((unit) => this.chip(unit)));
      this.row = soan.node("div", { class: `rota-row rota-of-${this.periods.length}`, role: "group", "aria-label": "Các kỳ" },
        ...this.periods.map((period, at) => this.cell(period, at)));
      this.says = soan.node("p", { class: "rota-says", role: "status" });
      this.sharing = soan.node("div", { class: "rota-sharing", hidden: true });
      const tools = soan.node("div", { class: "rota-tools" },
        button("Chia lần lượt…", () => this.openSharing()),
        this.continued ? button("Tiếp nối năm trước", () => this.take(this.continued.turns), {
          title: `Năm trước kết thúc ở ${this.name(this.continued.last)}`,
        }) : null,
        button("Xóa các lượt", () => this.take({})));
      this.place.replaceChildren(tools, this.sharing, this.chips, this.row, this.says);
      this.row.addEventListener("pointerover", (event) => this.draw(event));
      this.row.addEventListener("pointerdown", (event) => this.draw(event));
      document.addEventListener("pointerup", this.drawn = () => this.endDrawing());
    }

    chip(unit) {
      const chip = soan.node("button", {
        type: "button", class: "rota-chip", draggable: "true", "data-unit": unit.value, "aria-pressed": "false",
        title: "Kéo vào một kỳ; hoặc bấm rồi rê qua các kỳ", onclick: () => this.arm(unit.value),
      }, unit.label);
      chip.addEventListener("dragstart", (event) => {
        event.dataTransfer.setData("text/plain", unit.value);
        event.dataTransfer.effectAllowed = "copy";
      });
      return chip;
    }

    cell(period, at) {
      const field = soan.node("input", {
        type: "text", class: "form-control form-control-sm", "aria-label": `Đơn vị của ${period.label}`,
        "data-period": period.code, autocomplete: "off", placeholder: "chưa giao",
      });
      const cell = soan.node("div", { class: "rota-cell", "data-period": period.code },
        soan.node("span", { class: "rota-label" }, period.short), field);
      this.completions.push(soan.complete(field, this.present, {
        onPick: (unit) => { this.set(at, unit.value); field.select(); },
      }));
      field.addEventListener("change", () => this.typed(field, at));
      field.addEventListener("focus", () => field.select());
      field.addEventListener("keydown", (event) => this.key(event, at));
      cell.addEventListener("dragover", (event) => { event.preventDefault(); cell.classList.add("is-over"); });
      cell.addEventListener("dragleave", () => cell.classList.remove("is-over"));
      cell.addEventListener("drop", (event) => {
        event.preventDefault();
        cell.classList.remove("is-over");
        const code = event.dataTransfer.getData("text/plain");
        if (this.units.some((unit) => unit.value === code)) this.set(at, code);
      });
      return cell;
    }

    destroy() {
      this.completions.forEach((one) => one.destroy());
      document.removeEventListener("pointerup", this.drawn);
    }

    // A chip that was clicked colours every period that the pressed pointer goes over.
    arm(code) {
      this.armed = this.armed === code ? "" : code;
      this.row.classList.toggle("is-armed", this.armed !== "");
      for (const chip of this.chips.children) {
        chip.setAttribute("aria-pressed", chip.dataset.unit === this.armed);
      }
    }

    draw(event) {
      const cell = event.target.closest?.(".rota-cell");
      if (!this.armed || !cell || event.buttons !== 1) return;
      event.preventDefault();
      if (event.target.hasPointerCapture?.(event.pointerId)) event.target.releasePointerCapture(event.pointerId);
      this.drawing ??= { ...this.turns };
      this.drawing[cell.dataset.period] = this.armed;
      cell.querySelector("input").value = this.name(this.armed);
    }

    // The rest of the page follows only now: lines that grow would move the periods away.
    endDrawing() {
      if (!this.drawing) return;
      const turns = this.drawing;
      this.drawing = null;
      this.take(turns);
    }

    key(event, at) {
      const field = event.target;
      const isStart = field.selectionStart === 0;
      const isEnd = field.selectionEnd === field.value.length;
      if (event.ctrlKey && event.key.toLowerCase() === "d") {
        const before = this.turns[this.periods[at - 1]?.code];
        if (before) this.set(at, before);
      } else if (event.key === "ArrowLeft" && isStart) {
        this.go(at - 1);
      } else if (event.key === "ArrowRight" && isEnd) {
        this.go(at + 1);
      } else if (event.key === "Enter") {
        this.typed(field, at);
        this.go(at + 1);
      } else if (event.key === "Escape" && this.armed) {
        this.arm(this.armed);
      } else {
        return;
      }
      event.preventDefault();
    }

    go(at) {
      this.row.children[at]?.querySelector("input").focus();
    }

    typed(field, at) {
      const text = soan.fold(field.value);
      const unit = this.units.find(({ label, aliases }) => [label, ...aliases].some((one) => soan.fold(one) === text));
      if (!text || unit) this.set(at, unit?.value ?? "");
      else this.refuse(field);
    }

    refuse(field) {
      field.classList.add("is-invalid");
      this.says.textContent = `Không có đơn vị “${field.value}”: gõ tên một đơn vị của cơ quan.`;
    }

    set(at, unit) {
      const { code } = this.periods[at];
      if ((this.turns[code] ?? "") === unit) {
        this.show();
        return;
      }
      this.take({ ...this.turns, [code]: unit });
    }

    take(turns) {
      this.turns = Object.fromEntries(Object.entries(turns).filter(([, unit]) => unit));
      this.show();
      this.changed(this.turns);
    }

    show() {
      this.periods.forEach(({ code }, at) => {
        const cell = this.row.children[at];
        const field = cell.querySelector("input");
        field.value = this.turns[code] ? this.name(this.turns[code]) : "";
        field.title = field.value;
        field.classList.remove("is-invalid");
        cell.classList.toggle("is-hole", !this.turns[code]);
        cell.classList.toggle("is-run", Boolean(this.turns[code]) && this.turns[code] === this.turns[this.periods[at - 1]?.code]);
      });
      this.says.replaceChildren(...this.sentences().map(([tone, text]) => soan.node("span", { class: `rota-say ${tone}` }, text)));
    }

    // Holes, turns outside the periods and the share of each unit.
    sentences() {
      const codes = new Set(this.periods.map(({ code }) => code));
      const holes = this.periods.filter(({ code }) => !this.turns[code]).map(({ short }) => short);
      const outside = Object.keys(this.turns).filter((code) => !codes.has(code));
      const shares = new Map();
      for (const { code } of this.periods) {
        const unit = this.turns[code];
        if (unit) shares.set(unit, (shares.get(unit) ?? 0) + 1);
      }
      const gone = [...shares.keys()].filter((code) => this.units.find(({ value }) => value === code)?.gone);
      const counts = [...shares.values()];
      const spread = Math.max(...counts, 0) - Math.min(...counts);
      const fair = [...shares].map(([unit, count]) => `${this.name(unit)} ${count}`).join(" · ");
      return [
        holes.length && !this.fallback ? ["bad", `Chưa phân công: ${holes.join(", ")}.`] : null,
        holes.length && this.fallback ? ["", `${holes.join(", ")}: ${this.name(this.fallback)}.`] : null,
        outside.length ? ["bad", `Lượt ngoài các kỳ của định mức: ${outside.join(", ")} (phân công trùng hoặc thừa).`] : null,
        gone.length ? ["bad", `Không còn hoạt động: ${gone.map((code) => this.name(code)).join(", ")}.`] : null,
        shares.size ? ["", `Số lượt: ${fair}${counts.length > 1 && spread > 1 ? ` (chênh lệch ${spread})` : ""}.`] : null,
      ].filter(Boolean);
    }

    openSharing() {
      this.sharing.hidden = !this.sharing.hidden;
      if (this.sharing.hidden) return;
      const served = [...new Set(this.periods.map(({ code }) => this.turns[code]).filter(Boolean))];
      const order = served.length ? served : this.leads.length ? this.leads : [];
      soan.sharing(this.sharing, {
        units: this.present,
        order: order.filter((code) => this.present.some(({ value }) => value === code)),
        each: Math.max(1, Math.floor(this.periods.length / Math.max(1, order.length))),
        done: (units, each) => {
          this.sharing.hidden = true;
          this.take(Object.fromEntries(this.periods.map(
            ({ code }, at) => [code, units[Math.floor(at / each) % units.length]])));
          this.go(0);
        },
      });
    }
  }

  soan.rotation = (place, options) => new Rotation(place, options);

  /* The order of the units: drag, Alt+↑ and Alt+↓, each for so many periods in a row. */
  soan.sharing = (place, { units, order, each, done }) => {
    const chosen = [...order];
    const list = soan.node("ol", { class: "rota-order", "aria-label": "Thứ tự các đơn vị" });
    const name = (code) => units.find(({ value }) => value === code)?.label ?? code;
    let dragged = -1;

    const move = (from, to) => {
      if (to < 0 || to >= chosen.length || from === to) return;
      chosen.splice(to, 0, ...chosen.splice(from, 1));
      show();
      list.children[to].focus();
    };
    const item = (code, at) => {
      const row = soan.node("li", { tabindex: "0", draggable: "true", title: "Kéo, hoặc Alt+↑ và Alt+↓ để đổi thứ tự" },
        soan.node("span", {}, name(code)),
        button("↑", () => move(at, at - 1), { "aria-label": `Đưa ${name(code)} lên`, disabled: at === 0 }),
        button("↓", () => move(at, at + 1), { "aria-label": `Đưa ${name(code)} xuống`, disabled: at === chosen.length - 1 }),
        button("×", () => { chosen.splice(at, 1); show(); }, { "aria-label": `Bỏ ${name(code)}` }));
      row.addEventListener("keydown", (event) => {
        if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
        event.preventDefault();
        move(at, at + (event.key === "ArrowUp" ? -1 : 1));
      });
      row.addEventListener("dragstart", (event) => { dragged = at; event.dataTransfer.effectAllowed = "move"; });
      row.addEventListener("dragover", (event) => { if (dragged >= 0) event.preventDefault(); });
      row.addEventListener("drop", (event) => {
        event.preventDefault();
        const from = dragged;
        dragged = -1;
        if (from >= 0) move(from, at);
      });
      row.addEventListener("dragend", () => { dragged = -1; });
      return row;
    };
    const show = () => {
      list.replaceChildren(...chosen.map(item));
      share.disabled = chosen.length === 0;
    };
    const field = soan.node("input", {
      type: "text", class: "form-control form-control-sm", placeholder: "Thêm đơn vị", "aria-label": "Thêm đơn vị vào thứ tự",
    });
    const count = soan.node("input", {
      type: "number", class: "form-control form-control-sm rota-each", min: "1", max: "12", value: each, "aria-label": "Số kỳ liền nhau của mỗi đơn vị",
    });
    const share = button("Chia", () => done(chosen, Math.max(1, Number(count.value) || 1)), { class: "btn btn-sm btn-primary" });
    soan.complete(field, units, {
      onPick: ({ value }) => {
        if (!chosen.includes(value)) chosen.push(value);
        field.value = "";
        show();
      },
    });
    place.replaceChildren(list, field,
      soan.node("label", { class: "rota-each-label" }, "mỗi đơn vị ", count, " kỳ liền nhau"), share);
    show();
    field.focus();
  };
})();
