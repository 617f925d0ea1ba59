/* What the buttons and the keys of a grid do. A command is do_<name>(uids, focus); it
   returns undefined when it has done everything, true or a uid to draw and to go to, or false. */
"use strict";

window.soan = window.soan || {};

soan.GridCommands = class {
  run(command) {
    const uids = this.targets();
    const focus = { uid: this.here?.uid, field: this.here?.name };
    const done = this[`do_${command}`]?.(uids, focus);
    if (done === undefined) return true;
    if (done) this.draw();
    if (typeof done === "string") this.go(done, focus.field);
    else if (done && focus.uid) this.go(focus.uid, focus.field, this.caret());
    return true;
  }

  caret() {
    return this.editor.is(this.here?.uid, this.here?.name) && !this.editor.isFresh
      ? this.editor.field.selectionStart : "all";
  }

  do_insert(uids, focus) {
    return this.inserted(uids.at(-1), focus);
  }

  do_append(uids, focus) {
    return this.inserted(undefined, focus);
  }

  // A new row below one, or at the end.
  inserted(uid, focus) {
    this.unselect();
    const fresh = this.model.insertBelow(uid, focus);
    this.draw();
    this.go(fresh, this.first);
  }

  do_duplicate(uids, focus) {
    this.unselect();
    return this.model.duplicate(uids, focus) ?? false;
  }

  do_remove(uids, focus) {
    if (!uids.length) return false;
    const at = this.model.index(uids[0]);
    this.model.remove(uids, focus);
    this.unselect();
    this.tell(`Đã xóa ${uids.length} dòng; Ctrl+Z để lấy lại.`);
    const near = this.model.items[Math.min(at, this.model.items.length - 1)];
    if (near) return near.uid;
    this.draw();
    this.section.querySelector("[data-leave-to]")?.focus();
    return undefined;
  }

  do_up(uids, focus) {
    return uids.length > 0 && this.moved(this.model.move(uids, -1, focus));
  }

  do_down(uids, focus) {
    return uids.length > 0 && this.moved(this.model.move(uids, 1, focus));
  }

  drop(uids, start, end, to) {
    if (!this.model.moveTo(start, end, to, { uid: uids[0], field: this.here?.name })) return;
    this.draw();
    this.moved(true);
    this.go(uids[0], this.here?.name);
  }

  moved(hasMoved) {
    const [uid] = this.targets();
    const item = this.model.row(uid);
    if (hasMoved && item) {
      const what = item.isGroup ? `nhóm ${item.area}` : this.nameOf(item);
      this.tell(`Đã chuyển đến ${what}, trong ${this.model.items.length} dòng.`);
    }
    return hasMoved;
  }

  do_deeper(uids, focus) {
    return this.config.numbers && uids.length > 0 && this.moved(this.model.indent(uids, 1, focus));
  }

  do_higher(uids, focus) {
    return this.config.numbers && uids.length > 0 && this.moved(this.model.indent(uids, -1, focus));
  }

  do_group(uids, focus) {
    if (!this.config.groups || !uids.length) return false;
    this.unselect();
    return this.model.group(uids, focus);
  }

  do_renumber(uids, focus) {
    this.model.renumber(focus);
    this.tell("Đã đánh lại số thứ tự.");
    return true;
  }

  do_conditional(uids, focus) {
    const item = this.model.row(uids[0]);
    if (!item || item.isGroup) return false;
    this.model.set(item.uid, { conditional: !item.conditional });
    this.tell(item.conditional ? "Đã bỏ “chỉ khi phát sinh”." : "Chỉ thực hiện khi phát sinh.");
    return Boolean(focus);
  }

  do_undo() {
    return this.travelled(this.model.undo(), "hoàn tác");
  }

  do_redo() {
    return this.travelled(this.model.redo(), "làm lại");
  }

  travelled(focus, what) {
    if (!focus) {
      this.tell(`Không còn gì để ${what}.`);
      return undefined;
    }
    this.unselect();
    this.draw();
    this.tell(`Đã ${what}.`);
    const uid = this.model.row(focus.uid) ? focus.uid : this.model.items[0]?.uid;
    if (uid) this.go(uid, focus.field, this.editor.is(uid, focus.field) ? this.editor.field.selectionStart : "end");
    return undefined;
  }

  do_keys() {
    soan.showKeys();
  }

  do_columns() {
    const name = this.config.optional;
    if (this.hidden.has(name)) this.hidden.delete(name);
    else this.hidden.add(name);
    try { localStorage.setItem(`soan-hidden:${this.section.dataset.section}`, [...this.hidden].join()); } catch { /* only a habit */ }
    this.showHidden();
  }

  hideColumns() {
    let kept = null;
    try { kept = localStorage.getItem(`soan-hidden:${this.section.dataset.section}`); } catch { /* none kept */ }
    const optional = this.config.optional ? [this.config.optional] : [];
    this.hidden = new Set((kept ?? optional.join()).split(",").filter((name) => optional.includes(name)));
    this.showHidden();
  }

  showHidden() {
    const { optional } = this.config;
    if (!optional) return;
    this.section.classList.toggle(`without-${optional}`, this.hidden.has(optional));
    this.section.querySelector("[data-command=columns]")?.setAttribute("aria-pressed", !this.hidden.has(optional));
  }
};
