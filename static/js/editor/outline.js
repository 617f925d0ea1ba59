/* The narrative of a plan, written as in Word: Enter, Tab, Shift+Tab, Alt+↑/↓, Ctrl+B, Ctrl+Z. */
"use strict";

window.soan = window.soan || {};

(() => {
  const { outline } = soan;
  const LONGEST_HEADING = 300;
  const DEEPEST = 8;
  const UNDO_STEPS = 200;
  const SIGN = /^\s*(?:[-–+]|[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2})*\.|\d{1,2}\)|[a-zđ]\))\s/;
  const SIGN_ALONE = new RegExp(`${SIGN.source.replace("(?:[-–+]", "([-–+]")}$`);

  class Outline {
    constructor(element) {
      this.element = element;
      this.list = element.querySelector("[data-outline]");
      this.rows = soan.initial(element);
      this.filling = new soan.Filling(element.dataset.lists);
      this.headed = new Set(); // rows whose empty heading is shown
      this.worded = new Set(); // rows whose empty text is shown beside a heading
      this.nodes = new Map();
      this.past = [];
      this.future = [];
      this.listen();
      this.handle = soan.section(element, {
        read: () => this.rows,
        apply: (rows) => this.replaced(rows),
        note: () => {},
      });
      this.show(this.rows);
    }

    listen() {
      this.list.addEventListener("input", (event) => this.typed(event.target, event));
      this.list.addEventListener("keydown", (event) => this.key(event));
      this.list.addEventListener("paste", (event) => this.pasted(event));
      this.list.addEventListener("click", (event) => this.clicked(event));
      this.list.addEventListener("focusin", (event) => this.arrived(event.target));
      this.element.addEventListener("pointerdown", (event) => {
        if (event.target.closest("[data-act]")) event.preventDefault(); // the field keeps the focus
      });
      this.element.addEventListener("click", (event) => {
        const act = event.target.closest("[data-act]")?.dataset.act;
        if (act) this.act(act);
      });
      new soan.OutlineDrag(this.list, (uid, target, depth) => this.dragged(uid, target, depth));
      window.addEventListener("resize", () => this.fitAll());
      document.fonts?.ready.then(() => this.fitAll());
    }

    // --- what is shown

    show(rows) {
      this.rows = rows;
      const active = document.activeElement;
      const kept = new Set(rows.map((row) => row.uid));
      this.nodes.forEach((node, uid) => { if (!kept.has(uid)) { node.remove(); this.nodes.delete(uid); } });
      const dashed = outline.dashed(rows);
      rows.forEach((row, at) => {
        const node = this.nodes.get(row.uid) ?? this.made(row);
        this.fill(node, row, dashed.has(row.uid));
        if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] ?? null);
      });
      this.element.querySelector("[data-outline-empty]").hidden = rows.length > 0;
      if (active && this.list.contains(active) && document.activeElement !== active) active.focus();
      this.showFillings();
      this.fitAll();
      this.mark();
    }

    made(row) {
      const field = (name, label) => soan.node("textarea", {
        rows: "1", "data-field": name, "aria-label": label, class: `outline-${name}`,
        spellcheck: "false",
      });
      const node = soan.node("li", { class: "outline-item", "data-uid": row.uid },
        soan.node("span", { class: "outline-grip", title: "Kéo để chuyển mục", "aria-hidden": "true", draggable: "true" }, "⠿"),
        soan.node("button", { type: "button", class: "outline-label", tabindex: "-1", title: "Sửa ký hiệu" }),
        soan.node("div", { class: "outline-body" },
          field("heading", "Tiêu đề mục"), field("text", "Nội dung mục"),
          soan.node("p", { class: "outline-note", hidden: true })));
      this.nodes.set(row.uid, node);
      return node;
    }

    fill(node, row, isDashed) {
      node.dataset.depth = Math.min(row.depth, DEEPEST);
      const label = node.querySelector(".outline-label");
      const sign = outline.sign(row.label);
      label.textContent = sign || (isDashed ? "-" : "¶");
      label.classList.toggle("is-blank", !sign);
      label.setAttribute("aria-label", sign ? `Ký hiệu ${sign}, bấm để sửa` : "Không có ký hiệu, bấm để ghi");
      const isHeaded = row.heading !== "" || this.headed.has(row.uid);
      const isWorded = row.text !== "" || !isHeaded || this.worded.has(row.uid);
      for (const [name, isShown] of [["heading", isHeaded], ["text", isWorded]]) {
        const field = node.querySelector(`[data-field="${name}"]`);
        field.hidden = !isShown;
        if (field.value !== row[name]) field.value = row[name];
        field.placeholder = this.rows.length === 1 && !row.heading && !row.text
          ? "Gõ nội dung, hoặc dán cả văn bản từ Word" : name === "heading" ? "Tiêu đề" : "";
      }
    }

    showFillings() {
      const notes = this.filling.of(this.rows);
      this.nodes.forEach((node, uid) => {
        const place = node.querySelector(".outline-note");
        const note = notes.get(uid) ?? "";
        place.hidden = !note;
        if (place.textContent !== note) place.textContent = note;
      });
    }

    fit(field) {
      if (field.hidden) return;
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight}px`;
    }

    fitAll() {
      const fields = [...this.list.querySelectorAll("textarea:not([hidden])")];
      fields.forEach((field) => { field.style.height = "auto"; });
      const heights = fields.map((field) => field.scrollHeight);
      fields.forEach((field, at) => { field.style.height = `${heights[at]}px`; });
    }

    // --- where the caret is

    place(target = document.activeElement) {
      const item = target?.closest?.(".outline-item");
      if (!item || !this.list.contains(item)) return null;
      const at = this.rows.findIndex((row) => row.uid === item.dataset.uid);
      const field = target.closest("textarea");
      return at < 0 ? null : { at, row: this.rows[at], item, field, name: field?.dataset.field };
    }

    arrived(target) {
      this.current = this.place(target)?.row.uid ?? this.current;
      this.mark();
    }

    mark() {
      this.nodes.forEach((node, uid) => node.classList.toggle("is-current", uid === this.current));
      const at = this.rows.findIndex((row) => row.uid === this.current);
      const can = {
        indent: at >= 0 && outline.before(this.rows, at) >= 0,
        outdent: at >= 0 && this.rows[at].depth > 0,
        up: at >= 0 && outline.before(this.rows, at) >= 0,
        down: at >= 0 && this.rows[outline.end(this.rows, at)]?.depth === this.rows[at].depth,
        heading: at >= 0, remove: at >= 0,
        undo: this.past.length > 0, redo: this.future.length > 0, renumber: this.rows.length > 0,
      };
      this.element.querySelectorAll("[data-act]").forEach((button) => {
        if (button.dataset.act in can) button.disabled = !can[button.dataset.act];
      });
    }

    focus(uid, name = "", caret = null) {
      const node = this.nodes.get(uid);
      const field = (name && node?.querySelector(`[data-field="${name}"]:not([hidden])`))
        || node?.querySelector("textarea:not([hidden])");
      if (!field) return;
      field.focus({ preventScroll: true });
      const at = caret === "end" ? field.value.length : caret ?? 0;
      field.setSelectionRange(at, at);
      field.scrollIntoView({ block: "nearest" });
    }

    // --- changes, and the way back

    snapshot() {
      const place = this.place();
      return {
        rows: this.rows, headed: new Set(this.headed), worded: new Set(this.worded),
        uid: place?.row.uid, name: place?.name, caret: place?.field?.selectionStart ?? 0,
      };
    }

    remember(typing = "") {
      const isSame = typing && this.typing === typing && Date.now() - this.typedAt < 1500;
      this.typing = typing;
      this.typedAt = Date.now();
      if (isSame) return;
      this.past = [...this.past.slice(1 - UNDO_STEPS), this.snapshot()];
      this.future = [];
    }

    change(rows, uid, name, caret) {
      if (rows === this.rows) return;
      this.remember();
      this.show(rows);
      if (uid) this.focus(uid, name, caret);
      this.handle.changed();
    }

    // Rows that somebody else wrote: no way back leads behind them.
    replaced(rows) {
      this.past = [];
      this.future = [];
      this.typing = "";
      this.show(rows);
    }

    step(from, to) {
      const last = this[from].pop();
      if (!last) return;
      this[to].push(this.snapshot());
      this.typing = "";
      this.headed = last.headed;
      this.worded = last.worded;
      this.show(last.rows);
      if (last.uid) this.focus(last.uid, last.name, last.caret);
      this.handle.changed();
    }

    // "- ", "1. " or "a) " typed before the words is the sign of the item, as in Word.
    typedSign({ row, field, name }, event) {
      if (event?.inputType !== "insertText" || event.data !== " " || event.isComposing) return null;
      const match = field.value.slice(0, field.selectionStart).match(SIGN_ALONE);
      if (!match || (name === "text" && row.heading)) return null;
      return match[1].replace(/^–$/, "-").replace(/\.$/, "");
    }

    labelled(row, name, label, words) {
      const isPoint = /^[-+]$/.test(label) && !row.text; // a dash begins a sentence, not a heading
      if (isPoint) this.headed.delete(row.uid);
      const changed = isPoint ? { heading: "", text: words } : { [name]: words };
      this.show(this.rows.map((one) => (one.uid === row.uid ? { ...one, label, ...changed } : one)));
      this.focus(row.uid, isPoint ? "text" : name, 0);
      this.handle.changed();
    }

    typed(field, event) {
      const place = this.place(field);
      if (!place?.field) return;
      const { row, name } = place;
      this.remember(`${row.uid}:${name}`);
      let value = field.value;
      const sign = this.typedSign(place, event);
      if (sign !== null) {
        this.labelled(row, name, sign, value.replace(SIGN, ""));
        return;
      }
      if (name === "heading") {
        value = value.replace(/\s*\n\s*/g, " ");
        if (value.length > LONGEST_HEADING) {
          this.tooLong(row, value);
          return;
        }
        if (value !== field.value) field.value = value;
      }
      // Typing may go on in a field whose row an undo holds: rows are never changed in place.
      (name === "heading" ? this.headed : this.worded).add(row.uid);
      this.rows = this.rows.map((one) => (one.uid === row.uid ? { ...one, [name]: value } : one));
      this.fit(field);
      this.showFillings();
      this.mark();
      this.handle.changed();
    }

    // Nothing is cut off: what is too long for a heading becomes text.
    tooLong(row, words) {
      this.headed.delete(row.uid);
      const text = [words, row.text].filter(Boolean).join("\n");
      this.show(this.rows.map((one) => (one.uid === row.uid ? { ...one, heading: "", text } : one)));
      this.focus(row.uid, "text", words.length);
      this.handle.changed();
      soan.told(`Tiêu đề không quá ${LONGEST_HEADING} ký tự; đoạn này được chuyển thành nội dung.`);
    }

    // --- keys

    key(event) {
      if (event.target.closest(".outline-label-field")) return;
      const place = this.place(event.target);
      if (!place) return;
      if (soan.isComposing(event)) { // a word is not finished: no new line, and the focus stays
        if (event.key === "Tab" || event.key === "Enter") event.preventDefault();
        return;
      }
      const isControl = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const name = [isControl && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift", key]
        .filter(Boolean).join("+");
      if (this.acted(name, place)) {
        event.preventDefault();
        event.stopPropagation();
      }
    }

    acted(name, place) {
      const keys = {
        Enter: () => this.split(place),
        "Shift+Enter": () => this.addText(place),
        Tab: () => this.tab(outline.indented, place),
        "Shift+Tab": () => this.tab(outline.outdented, place),
        "Alt+ArrowUp": () => this.act("up"),
        "Alt+ArrowDown": () => this.act("down"),
        "Ctrl+b": () => this.act("heading"),
        "Ctrl+z": () => this.act("undo"),
        "Ctrl+y": () => this.act("redo"),
        "Ctrl+Shift+z": () => this.act("redo"),
        ArrowUp: () => this.stepOver(place, -1),
        ArrowDown: () => this.stepOver(place, 1),
        Backspace: () => this.backspace(place),
        Delete: () => this.eraseForward(place),
        Escape: () => this.element.querySelector("[data-act]").focus(), // Tab is taken: the way out
      };
      return keys[name] ? keys[name]() !== false : false;
    }

    tab(move, { at, row, field }) {
      const rows = move(this.rows, at);
      this.likeAbove(rows, at);
      this.change(rows, row.uid, field?.dataset.field, field?.selectionStart);
      return true;
    }

    // An empty one becomes a heading where the one above it on its level is one, or text.
    likeAbove(rows, at) {
      const { uid, heading, text } = this.rows[at];
      const above = rows[outline.before(rows, at)];
      if (above && !heading && !text) this.headed[above.heading ? "add" : "delete"](uid);
    }

    split({ at, row, field, name }) {
      if (!field) return false;
      const caret = field.selectionStart;
      const rest = field.value.slice(field.selectionEnd);
      const left = field.value.slice(0, caret);
      const isEmpty = !row.heading && !row.text;
      if (isEmpty && row.depth > 0 && outline.end(this.rows, at) === at + 1) {
        return this.tab(outline.outdented, { at, row, field });
      }
      const added = { uid: soan.uid(), depth: row.depth, label: "", heading: "", text: "" };
      if (name === "heading") this.headed.add(added.uid);
      let rows = this.rows;
      const isBefore = caret === 0 && rest && !(name === "text" && row.heading);
      if (isBefore) { // at the beginning: an empty one above, as in Word
        this.change(outline.inserted(rows, at, [added]), row.uid, name, 0);
        return true;
      }
      rows = rows.map((one) => (one.uid === row.uid ? { ...one, [name]: left.trimEnd() } : one));
      added[name] = rest.trimStart();
      if (name === "heading" && row.text) { // the text belongs to what stands above it
        Object.assign(added, { text: row.text });
        rows = rows.map((one) => (one.uid === row.uid ? { ...one, text: "" } : one));
      }
      const isOpen = outline.end(rows, at) > at + 1 && rest; // with points below: they go along
      if (isOpen) this.change(this.splitBranch(rows, at, added), added.uid, name, 0);
      else this.change(this.addedAfter(rows, at, added), added.uid, name, 0);
      return true;
    }

    // Split in the middle: the second half keeps the points below.
    splitBranch(rows, at, added) {
      return outline.settled(this.rows, [...rows.slice(0, at + 1), added, ...rows.slice(at + 1)]);
    }

    // A new one of the same level comes after everything below the present one.
    addedAfter(rows, at, added) {
      const next = outline.end(rows, at);
      return outline.settled(this.rows, [...rows.slice(0, next), added, ...rows.slice(next)]);
    }

    addText({ row, field, name }) {
      if (!field || name !== "heading") return false; // in a text: a line break
      this.worded.add(row.uid);
      this.show(this.rows);
      this.focus(row.uid, "text", "end");
      return true;
    }

    backspace({ at, row, field, name }) {
      if (!field || field.selectionStart !== 0 || field.selectionEnd !== 0) return false;
      if (name === "text" && (row.heading || this.headed.has(row.uid))) return this.intoHeading(at);
      const above = this.rows[at - 1];
      if (!row.heading && !row.text) return this.removed(at, above);
      if (!above || (name === "heading" && row.text)) return true;
      return this.joined(at - 1);
    }

    intoHeading(at) {
      const row = this.rows[at];
      if (row.text) return true; // a heading does not swallow its text
      this.worded.delete(row.uid);
      this.show(this.rows);
      this.focus(row.uid, "heading", "end");
      return true;
    }

    removed(at, above) {
      const next = above ?? this.rows[at + 1];
      this.change(outline.without(this.rows, at), next?.uid, above?.text ? "text" : "", above ? "end" : 0);
      return true;
    }

    // The words of the row below go to the end of this one.
    joined(at) {
      const [row, below] = [this.rows[at], this.rows[at + 1]];
      const name = row.text || !row.heading ? "text" : "heading";
      const words = below.heading || below.text;
      const joint = row[name] && words ? " " : "";
      const whole = `${row[name]}${joint}${words}`;
      if (name === "heading" && whole.length > LONGEST_HEADING) return true;
      const rows = this.rows.map((one) => (one.uid === row.uid ? { ...one, [name]: whole } : one));
      const caret = row[name].length + joint.length;
      this.change(outline.settled(this.rows, rows.filter((one) => one.uid !== below.uid)), row.uid, name, caret);
      return true;
    }

    eraseForward({ at, row, field, name }) {
      const below = this.rows[at + 1];
      const isLast = name === "text" || (!row.text && !this.worded.has(row.uid));
      if (!field || !below || !isLast || field.selectionStart !== field.value.length) return false;
      if (field.selectionStart !== field.selectionEnd || (below.heading && below.text)) return false;
      return this.joined(at);
    }

    // From a field of one line, or from the very edge of one of several, to the next field.
    stepOver({ field }, by) {
      if (!field || field.selectionStart !== field.selectionEnd) return false;
      const edge = by < 0 ? 0 : field.value.length;
      const isOneLine = field.clientHeight < 2 * parseFloat(getComputedStyle(field).lineHeight);
      if (!isOneLine && field.selectionStart !== edge) return false;
      const fields = [...this.list.querySelectorAll("textarea:not([hidden])")];
      const next = fields[fields.indexOf(field) + by];
      if (!next) return false;
      const caret = Math.min(field.selectionStart, next.value.length);
      next.focus();
      next.setSelectionRange(caret, caret);
      return true;
    }

    // --- buttons and the mouse

    act(name) {
      const at = this.rows.findIndex((row) => row.uid === this.current);
      const place = at < 0 ? null : { at, row: this.rows[at], ...this.caretIn(at) };
      const moved = (rows) => place && this.change(rows, place.row.uid, place.name, place.caret);
      const acts = {
        add: () => this.add(at),
        indent: () => moved(outline.indented(this.rows, at)),
        outdent: () => moved(outline.outdented(this.rows, at)),
        up: () => moved(outline.movedUp(this.rows, at)),
        down: () => moved(outline.movedDown(this.rows, at)),
        heading: () => place && this.toggleHeading(at),
        remove: () => place && this.removeBranch(at),
        undo: () => this.step("past", "future"),
        redo: () => this.step("future", "past"),
        renumber: () => this.change(outline.renumbered(this.rows), place?.row.uid, place?.name, place?.caret),
        paste: () => soan.askOutline((rows, isInstead) => this.insert(rows, isInstead)),
      };
      acts[name]?.();
    }

    caretIn(at) {
      const field = document.activeElement?.closest?.("textarea");
      const isHere = field && this.nodes.get(this.rows[at].uid)?.contains(field);
      return isHere ? { name: field.dataset.field, caret: field.selectionStart } : {};
    }

    add(at) {
      const row = this.rows[at];
      const added = { uid: soan.uid(), depth: row?.depth ?? 0, label: "", heading: "", text: "" };
      if (!added.depth) this.headed.add(added.uid);
      const from = at < 0 ? this.rows.length - 1 : at;
      if (from < 0) this.change(outline.settled([], [added]), added.uid);
      else this.change(this.addedAfter(this.rows, from, added), added.uid);
    }

    removeBranch(at) {
      const next = outline.end(this.rows, at);
      const rows = [...this.rows.slice(0, at), ...this.rows.slice(next)];
      const near = rows[at] ?? rows[at - 1];
      this.change(outline.settled(this.rows, rows), near?.uid);
      if (next - at > 1) {
        soan.told(`Đã xóa mục và ${next - at - 1} mục con.`, [["Hoàn tác", (one) => { one.remove(); this.act("undo"); }]]);
      }
    }

    // As bold in Word: the words become the heading, or plain text again.
    toggleHeading(at) {
      const row = this.rows[at];
      const { uid, heading, text } = row;
      const isHeaded = heading !== "" || this.headed.has(uid);
      if (!isHeaded && text.length > LONGEST_HEADING) {
        soan.told(`Tiêu đề không quá ${LONGEST_HEADING} ký tự; đoạn này dài hơn.`);
        return;
      }
      const words = isHeaded ? [heading, text].filter(Boolean).join("\n") : text.replace(/\s*\n\s*/g, " ");
      const caret = this.caretIn(at).caret ?? words.length;
      this.remember();
      this.headed[isHeaded ? "delete" : "add"](uid);
      this.worded.delete(uid);
      const changed = isHeaded ? { heading: "", text: words } : { heading: words, text: "" };
      this.show(this.rows.map((one) => (one.uid === uid ? { ...one, ...changed } : one)));
      this.focus(uid, isHeaded ? "text" : "heading", caret);
      this.handle.changed();
    }

    dragged(uid, target, depth) {
      const at = this.rows.findIndex((row) => row.uid === uid);
      if (at >= 0) this.change(outline.placed(this.rows, at, target, depth), uid);
    }

    clicked(event) {
      const button = event.target.closest(".outline-label");
      if (button) this.editLabel(button);
      else if (event.target.closest(".outline-item") && !event.target.closest("textarea, input")) {
        this.focus(event.target.closest(".outline-item").dataset.uid, "", "end");
      }
    }

    editLabel(button) {
      const { row } = this.place(button);
      const field = soan.node("input", {
        class: "outline-label-field", maxlength: "12", value: row.label, "aria-label": "Ký hiệu mục",
        size: "4",
      });
      let isOpen = true; // taking the field away blurs it
      const close = (isTaken) => {
        if (!isOpen) return;
        isOpen = false;
        const label = field.value.trim().replace(/\.$/, "");
        field.replaceWith(button);
        if (isTaken && label !== row.label) {
          this.change(this.rows.map((one) => (one.uid === row.uid ? { ...one, label } : one)), row.uid);
        } else this.focus(row.uid, "", "end");
      };
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === "Escape") {
          event.preventDefault();
          close(event.key === "Enter");
        }
      });
      field.addEventListener("blur", () => close(true));
      button.replaceWith(field);
      field.select();
    }

    // --- text from Word

    async pasted(event) {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!/\S\s*\n\s*\S/.test(text) || !event.target.closest("textarea")) return;
      event.preventDefault();
      const items = await soan.readOutline(text);
      if (items) this.insert(items, false);
    }

    insert(items, isInstead) {
      if (!items.length) return;
      const at = isInstead ? -1 : this.rows.findIndex((row) => row.uid === this.current);
      const here = this.rows[at];
      const isEmpty = here && !here.heading && !here.text && outline.end(this.rows, at) === at + 1;
      const base = here && !/^[IVX]+$/.test(items[0].label) ? here.depth : 0;
      const added = items.map((item) => ({ ...item, uid: soan.uid(), depth: item.depth + base }));
      const kept = new Set(added.map((row) => row.uid));
      const rest = isInstead ? [] : isEmpty ? this.rows.filter((row) => row !== here) : this.rows;
      const to = isInstead ? 0 : isEmpty ? at : here ? outline.end(rest, at) : rest.length;
      const rows = outline.settled(rest, [...rest.slice(0, to), ...added, ...rest.slice(to)], kept);
      const last = added[added.length - 1];
      this.change(rows, last.uid, last.text ? "text" : "", "end");
      soan.told(`Đã thêm ${added.length} mục từ nội dung dán.`, [["Hoàn tác", (one) => { one.remove(); this.act("undo"); }]]);
    }
  }

  document.querySelectorAll("[data-section=clauses]").forEach((element) => new Outline(element));
})();
