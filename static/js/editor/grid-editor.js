/* The one field that stands in the focused cell of a grid, and how keys move it. */
"use strict";

window.soan = window.soan || {};

(() => {
  soan.GridEditor = class {
    constructor(grid) {
      this.grid = grid;
      this.field = soan.node("textarea", { class: "ge", rows: 1, spellcheck: "false", autocapitalize: "off" });
      this.choice = soan.node("select", { class: "ge" });
      this.current = null; // {uid, name, column, was}
      this.completion = soan.complete(this.field, (text) => this.options(text), { many: true });
      this.field.addEventListener("input", () => this.typed());
      this.choice.addEventListener("change", () => this.chosen());
      grid.root.addEventListener("focusout", (event) => this.left(event));
    }

    get active() {
      return this.current?.column?.kind === "select" ? this.choice : this.field;
    }

    is(uid, name) {
      return this.current?.uid === uid && this.current.name === name;
    }

    options(text) {
      const { column } = this.current ?? {};
      return column?.options ? soan.fitting(text, column.options) : [];
    }

    // caret: "all" (the whole text is chosen), "end", or a place in the text.
    open(uid, name, caret = "all") {
      const cell = this.grid.view.cell(uid, name);
      if (!cell) return false;
      if (this.current && !this.is(uid, name)) this.close();
      const column = this.grid.column(name);
      const item = this.grid.model.row(uid);
      if (!this.current) this.current = { uid, name, column, was: this.grid.changes(item, name, item[name], item.meant) };
      this.completion.many = Boolean(column?.many);
      const text = this.grid.say(column, item, name);
      const place = cell.querySelector(":scope > .gt");
      cell.classList.add("ed");
      this.grid.view.body.tabIndex = -1; // Shift+Tab leads out of the grid, not back into it
      this.grid.mark(uid);
      if (column?.kind === "select") {
        this.choice.replaceChildren(...column.options.map((option) => soan.node(
          "option", { value: option.value, selected: option.value === item[name] }, option.label)));
        place.replaceChildren(`${text}\u200b`, this.choice);
      } else {
        this.field.value = text;
        place.replaceChildren(`${text}\u200b`, this.field);
      }
      this.describe(cell, column, item);
      this.active.focus();
      if (this.active === this.field) this.put(caret);
      this.isFresh = caret === "all";
      return true;
    }

    describe(cell, column, item) {
      const name = item.isGroup ? "Tên nhóm nhiệm vụ" : `${column.label}, ${this.grid.nameOf(item)}`;
      this.active.setAttribute("aria-label", name);
      const note = cell.querySelector(":scope > .gn");
      if (note) {
        note.id = `${this.grid.id}-note`;
        this.active.setAttribute("aria-describedby", note.id);
      } else {
        this.active.removeAttribute("aria-describedby");
      }
    }

    put(caret) {
      const end = this.field.value.length;
      if (caret === "all") this.field.setSelectionRange(0, end);
      else this.field.setSelectionRange(...(caret === "end" ? [end, end] : [caret, caret]));
    }

    typed() {
      if (!this.current) return;
      this.isFresh = false;
      const { uid, name, column } = this.current;
      this.field.parentNode.firstChild.data = `${this.field.value}\u200b`;
      const value = column ? soan.readCell(column, this.field.value) : this.field.value;
      this.grid.set(uid, this.grid.changes(this.grid.model.row(uid), name, value), `${uid}.${name}`);
      this.grid.typedIn(uid, name);
    }

    chosen() {
      const { uid, name } = this.current;
      this.grid.set(uid, { [name]: this.choice.value });
      this.choice.parentNode.firstChild.data = `${this.choice.selectedOptions[0].label}\u200b`;
    }

    // The text that the model has by now: after undo, a paste or a merge.
    refresh() {
      if (!this.current) return;
      const { uid, name, column } = this.current;
      const item = this.grid.model.row(uid);
      if (!item || !this.grid.view.cell(uid, name)) {
        this.current = null;
        return;
      }
      const text = this.grid.say(column, item, name);
      if (this.active === this.choice) this.choice.value = item[name];
      else if (!soan.same(soan.readCell(column ?? {}, this.field.value), item[name]) && text !== this.field.value) {
        const caret = this.field.selectionStart;
        this.field.value = text;
        this.field.setSelectionRange(Math.min(caret, text.length), Math.min(caret, text.length));
        if (this.field.parentNode) this.field.parentNode.firstChild.data = `${text}\u200b`;
      }
    }

    // Moving a row in the document takes the focus from the field within it.
    holdFocus(work) {
      const isMine = document.activeElement === this.active;
      const [start, end] = isMine && this.active === this.field
        ? [this.field.selectionStart, this.field.selectionEnd] : [0, 0];
      this.isHolding = true;
      work();
      this.isHolding = false;
      if (!this.current) return;
      if (isMine && document.activeElement !== this.active && this.active.isConnected) {
        this.active.focus();
        if (this.active === this.field) this.field.setSelectionRange(start, end);
      }
    }

    restore() {
      const { uid, name, was } = this.current;
      if (soan.same(this.grid.model.row(uid)[name], was[name])) return false;
      this.grid.set(uid, was);
      this.refresh();
      this.put("all");
      this.isFresh = true;
      return true;
    }

    left() {
      window.setTimeout(() => {
        const isStill = document.activeElement === this.active || this.isHolding || !document.hasFocus()
          || document.querySelector("dialog[open]"); // which gives the focus back
        if (this.current && !isStill && !this.grid.root.contains(document.activeElement)) this.close();
      });
    }

    close() {
      if (!this.current) return;
      const { uid, name, was } = this.current;
      const cell = this.grid.view.cell(uid, name);
      const item = this.grid.model.row(uid);
      this.current = null;
      this.grid.view.body.tabIndex = 0;
      this.completion.close();
      if (cell && item) {
        cell.classList.remove("ed");
        this.isHolding = true;
        this.grid.view.redraw(uid, name);
        this.isHolding = false;
        if (!soan.same(item[name], was[name])) this.grid.leftCell(name);
      }
    }

    // --- Keys ----------------------------------------------------------------------------

    // Whether an arrow stands at an edge of the text, or the cell was only just entered.
    atEdge(key) {
      if (this.active === this.choice) return key === "ArrowLeft" || key === "ArrowRight";
      const { selectionStart, selectionEnd, value } = this.field;
      if (this.isFresh && selectionStart === 0 && selectionEnd === value.length) return true;
      if (selectionStart !== selectionEnd) return false;
      if (key === "ArrowLeft" || key === "ArrowUp") return selectionStart === 0;
      return selectionEnd === value.length;
    }

    newLine() {
      this.field.setRangeText("\n", this.field.selectionStart, this.field.selectionEnd, "end");
      this.typed();
      this.completion.close();
    }
  };
})();
