/* Levels and numbers of a grid's rows: 4.1 stands under 4; what is numbered evenly stays so. No DOM. */
"use strict";

window.soan = window.soan || {};

(() => {
  const LETTERS = [..."abcdđeghiklmnopqrstuvxy"];

  // The next of "4", "4.1", "a": the last part counts on.
  const segment = (style, number) => (style === "letter" ? LETTERS[number - 1] ?? `${number}` : `${number}`);
  const styleOf = (part) => (/^\d+$/.test(part) ? "number" : LETTERS.includes(part) ? "letter" : "");
  const numberOf = (part) => (/^\d+$/.test(part) ? Number(part) : LETTERS.indexOf(part) + 1);
  const lastPart = (code) => code.slice(code.lastIndexOf(".") + 1);
  const dotsIn = (code) => code.split(".").length - 1;
  const stemOf = (code) => code.slice(0, code.lastIndexOf(".") + 1);

  // What soan.GridModel, which has the items, knows of their numbers.
  soan.GridNumbers = class {
    // How many rows above, in the same group, a row stands under by its number: 4.1 under 4.
    levels(items = this.items) {
      let known = new Map();
      return items.map((item) => {
        if (item.isGroup) {
          known = new Map();
          return -1;
        }
        let code = item.code ?? "";
        let level = 0;
        while (code.includes(".")) {
          code = code.slice(0, code.lastIndexOf("."));
          if (known.has(code)) {
            level = known.get(code) + 1;
            break;
          }
        }
        if (item.code) known.set(item.code, level);
        return level;
      });
    }

    // The end of the row at `at` with everything under it.
    blockEnd(at, levels = this.levels()) {
      let end = at + 1;
      while (end < levels.length && levels[end] > levels[at]) end += 1;
      return levels[at] < 0 ? at + 1 : end;
    }

    // The numbers that the rows would have, counted anew from their levels.
    numbered(items, levels) {
      const styles = this.styles(items, levels);
      const path = [];
      const counts = [];
      let stem = styles.stem;
      return items.map((item, at) => {
        if (item.isGroup) {
          if (styles.restarts) counts.length = 0;
          stem = styles.stems.get(item.uid) ?? styles.stem;
          return null;
        }
        const level = Math.min(levels[at], counts.length);
        counts.length = level + 1;
        counts[level] = (counts[level] ?? 0) + 1;
        const part = segment(styles.at[level] ?? (level > 1 ? "letter" : "number"), counts[level]);
        path[level] = level ? `${path[level - 1]}.${part}` : stem + part;
        return path[level];
      });
    }

    // Whether numbers begin anew in each group, what stands before them, letters or figures.
    styles(items, levels) {
      const found = { at: [], stem: "", stems: new Map(), restarts: null };
      let group = null;
      let isFirst = true;
      items.forEach((item, at) => {
        if (item.isGroup) {
          group = item.uid;
          isFirst = true;
        } else if (item.code) {
          const part = lastPart(item.code);
          if (levels[at] === 0 && isFirst) {
            if (group !== null && at > 1) found.restarts ??= numberOf(part) === 1;
            found.stems.set(group, stemOf(item.code));
            isFirst = false;
          }
          // A row that has just been moved in or out still has the number of its old level.
          const isOwn = dotsIn(item.code) - dotsIn(found.stems.get(group) ?? "") === levels[at];
          if (isOwn) found.at[levels[at]] ||= styleOf(part);
        }
      });
      found.stem = found.stems.get(null) ?? "";
      found.restarts ??= this.hasGroups;
      return found;
    }

    isRegular(items = this.items, levels = this.levels(items)) {
      return this.numbered(items, levels).every((code, at) => code === null || code === items[at].code);
    }

    coded(items, codes) {
      return items.map((item, at) => (item.isGroup || codes[at] === item.code
        ? item : Object.freeze({ ...item, code: codes[at] })));
    }

    // After rows came, went or moved: a table that was numbered evenly stays so; other numbers stay
    // as they were typed, and only `fresh` rows get the next one.
    settle(items, levels, wasRegular, fresh = new Set()) {
      if (!this.hasNumbers) return items;
      if (wasRegular) return this.coded(items, this.numbered(items, levels));
      const result = [...items];
      result.forEach((item, at) => {
        if (fresh.has(item.uid)) {
          result[at] = Object.freeze({ ...item, code: this.proposed(result, levels, at) });
        }
      });
      return result;
    }

    proposed(items, levels, at) {
      const taken = new Set();
      let start = at;
      while (start > 0 && !items[start - 1].isGroup) start -= 1;
      for (let i = start; i < items.length && !items[i].isGroup; i += 1) {
        if (i !== at) taken.add(items[i].code);
      }
      for (let i = at - 1; i >= start; i -= 1) {
        if (levels[i] === levels[at] && items[i].code) {
          const part = lastPart(items[i].code);
          const style = styleOf(part);
          if (!style) return "";
          const next = stemOf(items[i].code) + segment(style, numberOf(part) + 1);
          return taken.has(next) ? "" : next;
        }
        if (levels[i] < levels[at]) {
          const style = levels[at] > 1 ? "letter" : "number";
          return items[i].code ? `${items[i].code}.${segment(style, 1)}` : "";
        }
      }
      return taken.has("1") ? "" : "1";
    }

    renumber(focus) {
      const items = this.coded(this.items, this.numbered(this.items, this.levels()));
      this.commit(items, focus);
    }
  };
})();
