/* The rows of a grid: an immutable list with its history and its groups. No DOM. */
"use strict";

window.soan = window.soan || {};

(() => {
  const COALESCE = 1500; // ms: typing in one cell without a longer pause is one step back
  const MOST_STEPS = 500;

  soan.GridModel = class extends soan.GridNumbers {
    constructor({ blank, hasGroups, hasNumbers }, value) {
      super();
      Object.assign(this, { blank, hasGroups, hasNumbers });
      this.load(value);
      this.undone = [];
      this.done = [];
    }

    load(value) {
      this.saved = new Set(value.map((row) => row.uid));
      this.items = this.itemsOf(value);
    }

    // Another value, with the new rows that nothing stands in yet left where they are.
    replace(value, focus) {
      const items = this.itemsOf(value);
      this.items.forEach((item, at) => {
        if (!this.isFresh(item)) return;
        const above = items.findIndex((one) => one.uid === this.items[at - 1]?.uid);
        items.splice(above + 1, 0, item);
      });
      value.forEach((row) => this.saved.add(row.uid));
      this.commit(items, focus);
    }

    itemsOf(value) {
      if (!this.hasGroups) return value.map((row) => Object.freeze({ ...row }));
      const items = [];
      let area = "";
      for (const row of value) {
        if (row.area !== area) {
          area = row.area;
          items.push(Object.freeze({ uid: `g:${row.uid}`, isGroup: true, area }));
        }
        items.push(Object.freeze({ ...row }));
      }
      return items;
    }

    // The rows as the section stores them, each with the group that it stands in.
    value() {
      const written = this.items.filter((item) => !this.isFresh(item));
      if (!this.hasGroups) return written;
      let area = "";
      const rows = [];
      for (const item of written) {
        if (item.isGroup) area = item.area;
        else rows.push(item.area === area ? item : { ...item, area });
      }
      return rows;
    }

    index(uid) {
      return this.items.findIndex((item) => item.uid === uid);
    }

    row(uid) {
      return this.items.find((item) => item.uid === uid);
    }

    // --- History -------------------------------------------------------------------------

    // `key`: steps with the same one, without a pause between them, are undone together.
    commit(items, focus, key = "") {
      const last = this.done.at(-1);
      const now = Date.now();
      if (!(key && last?.key === key && now - last.at < COALESCE)) {
        this.done.push({ items: this.items, focus, key, at: now });
        if (this.done.length > MOST_STEPS) this.done.shift();
      } else {
        last.at = now;
      }
      this.undone = [];
      this.items = items;
    }

    undo() {
      return this.step(this.done, this.undone);
    }

    redo() {
      return this.step(this.undone, this.done);
    }

    step(from, to) {
      const entry = from.pop();
      if (!entry) return null;
      to.push({ items: this.items, focus: entry.focus, key: "", at: 0 });
      this.items = entry.items;
      return entry.focus ?? {};
    }

    // --- Cells ---------------------------------------------------------------------------

    set(uid, changes, key = "") {
      const field = Object.keys(changes)[0];
      const items = this.items.map((item) => (item.uid === uid ? Object.freeze({ ...item, ...changes }) : item));
      this.commit(items, { uid, field }, key);
    }

    // --- Rows ----------------------------------------------------------------------------

    fresh(changes = {}) {
      return Object.freeze({ ...structuredClone(this.blank), ...changes, uid: soan.uid() });
    }

    // New rows behind `at` (-1: at the top), on a level of their own.
    insert(at, rows, level, focus) {
      const levels = this.levels();
      const wasRegular = this.isRegular(this.items, levels);
      const items = [...this.items.slice(0, at + 1), ...rows, ...this.items.slice(at + 1)];
      levels.splice(at + 1, 0, ...rows.map((row) => (row.isGroup ? -1 : level)));
      const fresh = new Set(rows.filter((row) => !row.isGroup && !row.code).map((row) => row.uid));
      this.commit(this.settle(items, levels, wasRegular, fresh), focus);
      return rows[0]?.uid;
    }

    // Behind a row with everything under it, on its level.
    insertBelow(uid, focus) {
      const levels = this.levels();
      const at = uid ? this.index(uid) : this.items.length - 1;
      const level = at >= 0 ? Math.max(levels[at], 0) : 0;
      return this.insert(uid ? this.blockEnd(at, levels) - 1 : at, [this.fresh()], level, focus);
    }

    remove(uids, focus) {
      const gone = new Set(uids);
      const levels = this.levels();
      const wasRegular = this.isRegular(this.items, levels);
      const kept = this.items.map((item, at) => at).filter((at) => !gone.has(this.items[at].uid));
      const items = kept.map((at) => this.items[at]);
      this.commit(this.settle(items, kept.map((at) => levels[at]), wasRegular), focus);
    }

    duplicate(uids, focus) {
      const rows = this.items.filter((item) => uids.includes(item.uid) && !item.isGroup);
      if (!rows.length) return null;
      const at = this.blockEnd(this.index(rows.at(-1).uid)) - 1;
      const level = Math.max(this.levels()[this.index(rows[0].uid)], 0);
      const copies = rows.map((row) => this.fresh({ ...structuredClone(row), code: "" }));
      return this.insert(at, copies, level, focus);
    }

    // The rows of a selection with everything under the last of them: [start, end).
    span(uids) {
      const places = uids.map((uid) => this.index(uid)).filter((at) => at >= 0);
      const levels = this.levels();
      const start = Math.min(...places);
      return [start, Math.max(...places.map((at) => this.blockEnd(at, levels))), levels];
    }

    // One place up (-1) or down (1), past the neighbour with everything under it, or into the next group.
    move(uids, by, focus) {
      const [start, end, levels] = this.span(uids);
      let to;
      if (by < 0) {
        if (start === 0) return false;
        to = start - 1;
        while (to > 0 && levels[to] > Math.max(levels[start], 0)) to -= 1;
      } else {
        if (end >= this.items.length) return false;
        to = this.blockEnd(end, levels);
      }
      return this.moveTo(start, end, to, focus);
    }

    // The rows [start, end) to before the row that is now at `to`.
    moveTo(start, end, to, focus) {
      if (to >= start && to <= end) return false;
      const levels = this.levels();
      const wasRegular = this.isRegular(this.items, levels);
      const order = this.items.map((item, at) => at);
      const block = order.splice(start, end - start);
      order.splice(to > start ? to - block.length : to, 0, ...block);
      const items = order.map((at) => this.items[at]);
      this.commit(this.settle(items, order.map((at) => levels[at]), wasRegular), focus);
      return true;
    }

    // One level deeper (1) or higher (-1), with everything under it.
    indent(uids, by, focus) {
      const [start, end, levels] = this.span(uids);
      const above = start > 0 ? levels[start - 1] : -1;
      if (levels[start] < 0 || (by > 0 && levels[start] > above) || (by < 0 && levels[start] === 0)) return false;
      const wasRegular = this.isRegular(this.items, levels);
      const moved = levels.map((level, at) => (at >= start && at < end && level >= 0 ? level + by : level));
      const fresh = new Set(this.items.slice(start, end).map((item) => item.uid));
      this.commit(this.settle(this.items, moved, wasRegular, fresh), focus);
      return true;
    }

    // A group heading above the first of the rows; what stands behind the last stays in its old group.
    group(uids, focus) {
      const places = uids.map((uid) => this.index(uid)).sort((one, other) => one - other);
      const [first, last] = [places[0], this.blockEnd(places.at(-1))];
      const group = Object.freeze({ uid: `g:${soan.uid()}`, isGroup: true, area: "" });
      const items = [...this.items];
      const before = items.slice(0, first).reverse().find((item) => item.isGroup);
      if (uids.length > 1 && last < items.length && !items[last].isGroup) {
        items.splice(last, 0, Object.freeze({ uid: `g:${soan.uid()}`, isGroup: true, area: before?.area ?? "" }));
      }
      items.splice(first, 0, group);
      const wasRegular = this.isRegular();
      this.commit(this.settle(items, this.levels(items), wasRegular), focus);
      return group.uid;
    }

    // Cells written from one cell on, as a paste does: `table` is a list of lists of texts, a line
    // of one text that stands across the table is a group.
    fill(uid, field, table, columns, parse, focus) {
      const items = [...this.items];
      const first = columns.findIndex((column) => column.field === field);
      let at = uid ? this.index(uid) : items.length;
      const levels = this.levels();
      const wasRegular = this.isRegular();
      const fresh = new Set();
      let filled = null;
      for (const line of table) {
        if (line.isGroup && this.hasGroups) {
          const isEmpty = items[at] && !items[at].isGroup && this.isBlank(items[at]);
          items.splice(at, isEmpty ? 1 : 0, Object.freeze({ uid: `g:${soan.uid()}`, isGroup: true, area: line[0] }));
          levels.splice(at, isEmpty ? 1 : 0, -1);
          at += 1;
          continue;
        }
        while (items[at]?.isGroup) at += 1;
        if (at >= items.length || (table.hasGroups && !this.isBlank(items[at]))) {
          const row = this.fresh();
          fresh.add(row.uid);
          items.splice(at, 0, row);
          levels.splice(at, 0, 0);
        }
        const changes = {};
        line.forEach((text, offset) => {
          const column = columns[first + offset];
          if (column) changes[column.field] = parse(column, text);
        });
        if (changes.code) fresh.delete(items[at].uid);
        items[at] = Object.freeze({ ...items[at], ...changes });
        filled ??= items[at].uid;
        at += 1;
      }
      const typed = columns[first]?.field === "code";
      this.commit(typed ? items : this.settle(items, levels, wasRegular, fresh), focus);
      return filled;
    }

    // A row that was added and never written in: nothing to save.
    isFresh(item) {
      return !this.saved.has(item.uid) && this.isBlank(item);
    }

    isBlank(item) {
      return !item.isGroup && Object.keys(this.blank).every((key) => key === "uid" || key === "code"
        || key === "area" || soan.same(item[key], this.blank[key]));
    }
  };
})();
