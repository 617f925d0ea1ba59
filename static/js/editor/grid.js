/* A grid: a table that is written by keyboard like one of Word and of Excel at once.

   <div data-grid="id of its JSON" …section attributes…>: the JSON is
   {columns: [{field, label, kind: "text"|"lines"|"units"|"select"|"chips", options, many, hidden}],
    blank: a new row's value, groups: bool, numbers: bool, aligned: [two fields], noun: "nhiệm vụ"}. */
"use strict";

window.soan = window.soan || {};

(() => {
  let counter = 0;

  class Grid extends soan.GridCommands {
    constructor(section) {
      super();
      const config = JSON.parse(document.getElementById(section.dataset.grid).textContent);
      Object.assign(this, { section, config, id: `grid-${counter += 1}`, selected: new Set() });
      this.root = section.querySelector(".grid");
      this.columns = config.columns;
      const value = soan.initial(section);
      this.model = new soan.GridModel(
        { blank: config.blank, hasGroups: config.groups, hasNumbers: config.numbers }, value);
      this.view = new soan.GridView(this.root, this.columns, config.aligned ?? []);
      this.view.take(this.model.items, this.model.levels(), config.notes ?? {});
      this.editor = new soan.GridEditor(this);
      this.here = { uid: this.model.items[0]?.uid, name: this.columns[0].field };
      this.hideColumns();
      this.listen();
      soan.gridDrag(this);
      this.handle = soan.section(section, {
        read: () => this.model.value(),
        apply: (rows, notes) => this.apply(rows, notes),
        note: (notes) => this.view.note(notes),
        faults: (faults) => this.view.fault(faults),
        reveal: ({ uid, field }) => this.go(uid, field),
        isPending: ({ uid, field, value }) => uid === this.editor.current?.uid
          && (!value || field === this.editor.current.name),
      });
    }

    listen() {
      this.root.addEventListener("keydown", (event) => {
        if (soan.gridKey(this, event)) event.preventDefault();
      });
      this.root.addEventListener("click", (event) => this.clicked(event));
      this.root.addEventListener("paste", (event) => this.pasted(event));
      this.root.addEventListener("copy", (event) => this.copied(event));
      // By keyboard the grid is entered where one was; a press of the mouse says where itself.
      this.view.body.addEventListener("mousedown", (event) => {
        this.isPressed = true;
        if (event.target.closest(".gx")) event.preventDefault(); // the cell keeps the focus
      });
      window.addEventListener("mouseup", () => { this.isPressed = false; });
      this.view.body.addEventListener("focus", () => { if (!this.isPressed) this.enter(); });
      const tools = this.section.querySelector("[role=toolbar]");
      tools.addEventListener("pointerdown", (event) => event.preventDefault()); // the cell keeps the focus
      new ResizeObserver(([entry]) => {
        this.section.style.setProperty("--tools", `${entry.target.offsetHeight - 1}px`);
      }).observe(tools);
      this.section.addEventListener("click", (event) => {
        const command = event.target.closest("[data-command]")?.dataset.command;
        if (command) this.run(command);
      });
    }

    // --- Words -----------------------------------------------------------------------------

    column(name) {
      return this.columns.find((column) => column.field === name);
    }

    say(column, item, name) {
      return column ? soan.sayCell(column, item) : item[name];
    }

    nameOf(item) {
      const at = this.model.items.filter((one) => !one.isGroup).indexOf(item) + 1;
      return [`dòng ${at}`, item.code && `số ${item.code}`].filter(Boolean).join(", ");
    }

    tell(text) {
      const place = this.section.querySelector("[data-grid-live]");
      if (place) place.textContent = text;
    }

    get shown() {
      return this.columns.filter((column) => !this.hidden.has(column.field)).map((column) => column.field);
    }

    // Where one begins to write a new row.
    get first() {
      return this.shown.includes("title") ? "title" : this.shown[0];
    }

    fields(item) {
      return item.isGroup ? ["area"] : this.shown;
    }

    // --- Changes ---------------------------------------------------------------------------

    set(uid, changes, key) {
      this.model.set(uid, changes, key);
      this.draw();
    }

    draw() {
      this.editor.holdFocus(() => {
        this.view.render(this.model.items, this.model.levels(), this.editor);
      });
      this.editor.refresh();
      this.section.classList.toggle("is-empty", !this.model.items.length);
      this.handle.changed();
    }

    apply(rows, notes) {
      this.model.replace(rows, { uid: this.here.uid, field: this.here.name });
      this.view.note(notes ?? {});
      this.draw();
    }

    // What a time was said to mean goes when the time is written anew.
    changes(item, name, value, meant = "") {
      return name === "time" && "meant" in item ? { time: value, meant } : { [name]: value };
    }

    // How a time is read is shown as soon as one pauses, whether or not the section can be saved.
    typedIn(uid, name) {
      if (name !== "time" || !this.config.timeUrl) return;
      window.clearTimeout(this.reader);
      this.reader = window.setTimeout(() => this.readTime(uid), 350);
    }

    async readTime(uid) {
      const text = this.model.row(uid)?.time;
      if (!text) return;
      const address = `${this.config.timeUrl}&text=${encodeURIComponent(text)}`;
      const response = await fetch(address, { redirect: "manual" }).catch(() => null);
      if (!response?.ok || this.model.row(uid)?.time !== text) return;
      const { [uid]: before, ...others } = this.view.notes;
      this.view.note({ ...others, [uid]: { ...before, time: await response.json() } });
    }

    // What the server makes of times and units comes with the answer to a save.
    leftCell(name) {
      if (this.config.readAtOnce?.includes(name)) this.handle.save();
    }

    // --- Where one is ----------------------------------------------------------------------

    mark(uid) {
      if (this.here?.uid !== uid) {
        this.view.element(this.here?.uid)?.classList.remove("here");
        this.handle.settle();
      }
      this.here = { uid, name: this.editor.current.name };
      // A group heading has one cell: below it one goes on in the column that one came from.
      if (this.here.name !== "area") this.wanted = this.here.name;
      this.view.element(uid)?.classList.add("here");
    }

    enter() {
      const { uid, name } = this.here ?? {};
      if (this.model.row(uid)) this.go(uid, name);
      else if (this.model.items.length) this.go(this.model.items[0].uid);
      else this.run("append");
    }

    go(uid, name, caret = "all") {
      const item = this.model.row(uid);
      if (!item) return false;
      const fields = this.fields(item);
      const wanted = item.isGroup ? "area" : name;
      return this.editor.open(uid, fields.includes(wanted) ? wanted : fields.find((one) => one !== "code"), caret);
    }

    next(by, caret = "all", mayAdd = true) {
      const { uid, name } = this.editor.current;
      const at = this.model.index(uid);
      const fields = this.fields(this.model.items[at]);
      const place = fields.indexOf(name) + by;
      if (fields[place]) return this.go(uid, fields[place], caret);
      const row = this.model.items[at + by];
      // Below the name of a group one writes the task; its number comes by itself.
      const start = name === "area" ? this.first : this.shown[0];
      if (row) return this.go(row.uid, by > 0 ? start : this.fields(row).at(-1), caret);
      if (by < 0 || !mayAdd) return false; // Shift+Tab leaves the grid
      return this.add(uid, this.first);
    }

    vertical(by) {
      const { uid, name } = this.editor.current;
      const row = this.model.items[this.model.index(uid) + by];
      return Boolean(row) && this.go(row.uid, name === "area" ? this.wanted : name);
    }

    below() {
      const { uid, name } = this.editor.current;
      const at = this.model.index(uid);
      if (at === this.model.items.length - 1) return this.add(uid, name === "area" ? this.shown[1] : name);
      return this.vertical(1);
    }

    add(uid, name) {
      const fresh = this.model.insertBelow(uid, { uid, field: name });
      this.draw();
      this.tell(`Đã thêm ${this.nameOf(this.model.row(fresh))}.`);
      return this.go(fresh, name);
    }

    newLine() {
      if (this.editor.active !== this.editor.field) return false;
      this.editor.newLine();
      return true;
    }

    escape() {
      if (this.selected.size) this.unselect();
      else if (!this.editor.restore()) this.section.querySelector("[data-leave-to]")?.focus();
    }

    // --- Chosen rows -----------------------------------------------------------------------

    targets() {
      if (this.selected.size) return this.model.items.filter((item) => this.selected.has(item.uid)).map((item) => item.uid);
      return this.here && this.model.row(this.here.uid) ? [this.here.uid] : [];
    }

    paintSelection(uids) {
      for (const uid of this.selected) this.view.element(uid)?.removeAttribute("aria-selected");
      this.selected = new Set(uids);
      for (const uid of this.selected) this.view.element(uid)?.setAttribute("aria-selected", "true");
    }

    unselect() {
      if (this.selected.size) this.paintSelection([]);
    }

    selectOnly(uid) {
      this.anchor = uid;
      this.paintSelection([uid]);
      this.go(uid, this.here?.name);
    }

    selectTo(uid) {
      const [one, other] = [this.model.index(this.anchor ?? this.here?.uid), this.model.index(uid)];
      if (one < 0) return this.selectOnly(uid);
      const range = this.model.items.slice(Math.min(one, other), Math.max(one, other) + 1);
      this.paintSelection(range.map((item) => item.uid));
      this.tell(`Đã chọn ${this.selected.size} dòng.`);
      return true;
    }

    extend(by) {
      if (!this.selected.size) this.anchor = this.edge = this.editor.current.uid;
      const at = this.model.index(this.edge) + (this.selected.size ? by : 0);
      const item = this.model.items[at];
      if (item) {
        this.edge = item.uid;
        this.selectTo(item.uid);
        this.view.element(item.uid).scrollIntoView({ block: "nearest" });
      }
    }

    // --- Mouse and clipboard ---------------------------------------------------------------

    clicked(event) {
      const choice = event.target.closest(".gx");
      const row = event.target.closest(".gr[data-uid]");
      if (choice && row) {
        if (choice.dataset.leave !== undefined) choice.closest(".gxs").remove();
        else if (choice.dataset.instead !== undefined) this.instead(row.dataset.uid, choice);
        else this.set(row.dataset.uid, { meant: choice.dataset.meant });
        return;
      }
      const cell = event.target.closest(".gc[data-field]");
      if (!row || !cell || event.target.closest(".gh, .ge")) return;
      this.unselect();
      if (!this.editor.is(row.dataset.uid, cell.dataset.field)) {
        this.go(row.dataset.uid, cell.dataset.field, placeIn(cell, event));
      }
    }

    // A unit of the directory instead of a name that nobody knows.
    instead(uid, choice) {
      const { field } = choice.closest(".gc").dataset;
      this.set(uid, { [field]: choice.dataset.instead });
      if (!this.editor.is(uid, field)) this.view.redraw(uid, field);
      this.handle.save();
    }

    choose(at) {
      const { uid, name } = this.editor.current;
      const choice = this.view.cell(uid, name)?.querySelectorAll(".gxs .gx")[at];
      if (!choice) return false;
      choice.click();
      return true;
    }

    pasted(event) {
      if (!this.editor.current) return;
      const { uid, name } = this.editor.current;
      const columns = this.shown.map((field) => this.column(field));
      const start = name === "area" ? "code" : name;
      const table = soan.pasted(event.clipboardData, columns, start);
      if (!table) return;
      event.preventDefault();
      const focus = { uid, field: name };
      const first = this.model.fill(uid, start, table, columns, soan.readCell, focus);
      this.draw();
      this.go(first ?? uid, start);
      this.tell(`Đã dán ${table.length} dòng.`);
    }

    copied(event) {
      if (!this.selected.size) return;
      event.preventDefault();
      const rows = this.model.items.filter((item) => this.selected.has(item.uid));
      soan.copied(event.clipboardData, rows, this.shown.map((field) => this.column(field)), soan.sayCell);
    }
  }

  // Where in the cell's text the mouse points.
  const placeIn = (cell, event) => {
    const range = document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const text = cell.querySelector(":scope > .gt");
    if (!range || !text.contains(range.startContainer)) return "end";
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const lines = range.startContainer.parentNode.closest(".gt > span");
    const breaks = lines ? [...text.children].indexOf(lines) : 0;
    return before.toString().length + breaks;
  };

  document.querySelectorAll("[data-grid]").forEach((section) => { section.grid = new Grid(section); });
})();
