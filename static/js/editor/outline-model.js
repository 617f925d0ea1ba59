/* The narrative as a flat list of rows with depths: numbering as plans/outline.py, and what becomes
   of the labels when rows are added, moved, indented or taken out. Pure: new rows come out.

   Labels stay as the document has them until the list of siblings that they number changes. */
"use strict";

window.soan = window.soan || {};

soan.outline = (() => {
  const LETTERS = [..."abcdđeghiklmnopqrstuvxy"];
  const ROMAN = [[10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
  const DEEPEST = 8;
  const BY_DEPTH = ["roman", "number", "letter", "dash", "plus"];

  const toRoman = (number) => ROMAN.reduce(
    ({ left, text }, [value, digits]) => ({
      left: left % value, text: text + digits.repeat(Math.floor(left / value)),
    }), { left: number, text: "" },
  ).text;
  const toLetter = (number) => {
    const rounds = Math.floor((number - 1) / LETTERS.length);
    return LETTERS[(number - 1) % LETTERS.length].repeat(rounds + 1);
  };
  const WRITERS = {
    roman: toRoman,
    number: String,
    letter: (number) => `${toLetter(number)})`,
    dash: () => "-",
    plus: () => "+",
    bare: toLetter,
    upper: (number) => toLetter(number).toUpperCase(),
    round: (number) => `${number})`,
    none: () => "",
  };
  const PATTERNS = [
    ["roman", /^[IVX]+$/], ["upper", /^[A-ZĐ]$/], ["number", /^\d+$/], ["round", /^\d+\)$/],
    ["dotted", /^\d+(?:\.\d+)+$/], ["letter", /^[a-zđ]{1,2}\)$/], ["bare", /^[a-zđ]$/],
    ["dash", /^-$/], ["plus", /^\+$/], ["none", /^$/],
  ];
  const styleOf = (label) => PATTERNS.find(([, pattern]) => pattern.test(label))?.[0] ?? "odd";
  const styleAt = (depth) => BY_DEPTH[Math.min(depth, BY_DEPTH.length - 1)];

  // The label of each row from its depth alone; plans.outline.numbered.
  const numbered = (depths) => {
    const counts = [];
    return depths.map((wanted) => {
      const depth = Math.min(Math.max(wanted, 0), counts.length);
      counts.length = Math.min(counts.length, depth + 1);
      counts[depth] = (counts[depth] ?? 0) + 1;
      return WRITERS[styleAt(depth)](counts[depth]);
    });
  };

  // Index after the row and everything below it.
  const end = (rows, at) => {
    let next = at + 1;
    while (next < rows.length && rows[next].depth > rows[at].depth) next += 1;
    return next;
  };
  const parentAt = (rows, at) => {
    for (let above = at - 1; above >= 0; above -= 1) {
      if (rows[above].depth < rows[at].depth) return above;
    }
    return -1;
  };
  const before = (rows, at) => { // the sibling before it, -1 when it is the first
    for (let above = at - 1; above >= 0 && rows[above].depth >= rows[at].depth; above -= 1) {
      if (rows[above].depth === rows[at].depth) return above;
    }
    return -1;
  };

  // Children by the uid of their parent ("" at the top), in document order.
  const lists = (rows) => {
    const found = new Map([["", []]]);
    rows.forEach((row, at) => {
      const parent = parentAt(rows, at);
      const key = parent < 0 ? "" : rows[parent].uid;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(row);
    });
    return found;
  };

  const number = (siblings, style, fresh, prefix) => {
    let count = 0;
    siblings.forEach((row) => {
      if (row.label === "" && !fresh.has(row.uid)) return;
      count += 1;
      row.label = style === "dotted" ? `${prefix}.${count}` : WRITERS[style]?.(count) ?? row.label;
    });
  };

  // The siblings numbered anew in the style that they have; new ones among plain paragraphs are plain.
  const relabel = (siblings, fresh, parent) => {
    const old = siblings.filter((row) => !fresh.has(row.uid));
    const model = old.find((row) => row.label);
    const style = model ? styleOf(model.label) : old.length ? "none" : styleAt(siblings[0].depth);
    const isUnder = /^\d+(?:\.\d+)*$/.test(parent?.label ?? "");
    const prefix = isUnder ? parent.label : (model?.label ?? "").replace(/\.\d+$/, "");
    number(siblings, style, fresh, prefix);
  };

  // After a change: depths without jumps, and new labels where a list of siblings is another one.
  // `kept`: uids of rows that came with labels of their own.
  const settled = (was, now, kept = new Set()) => {
    const rows = now.map((row) => ({ ...row }));
    rows.forEach((row, at) => { row.depth = Math.min(row.depth, at ? rows[at - 1].depth + 1 : 0); });
    const old = lists(was);
    const byUid = new Map(rows.map((row) => [row.uid, row]));
    const labels = new Map(was.map((row) => [row.uid, row.label]));
    lists(rows).forEach((siblings, key) => {
      if (!siblings.length) return;
      const parent = byUid.get(key);
      const known = (old.get(key) ?? []).map((row) => row.uid);
      const fresh = new Set(siblings.map((row) => row.uid).filter((uid) => !known.includes(uid)));
      const isSame = !fresh.size && known.length === siblings.length
        && siblings.every((row, at) => row.uid === known[at]);
      const isRenamed = parent && labels.has(key) && labels.get(key) !== parent.label
        && siblings.some((row) => styleOf(row.label) === "dotted");
      if (isSame && !isRenamed) return;
      if (fresh.size && [...fresh].every((uid) => kept.has(uid))) return;
      relabel(siblings, fresh, parent);
    });
    return rows;
  };

  // The row with all below it, so much deeper; points below that were numbered by depth still are.
  const shifted = (branch, by) => {
    const rows = branch.map((row) => ({ ...row, depth: row.depth + by }));
    lists(rows).forEach((siblings, key) => {
      if (key === "" || !by) return;
      const depth = siblings[0].depth;
      const model = siblings.find((row) => row.label);
      if (!model || styleOf(model.label) !== styleAt(depth - by)) return;
      number(siblings, styleAt(depth), new Set(), "");
    });
    return rows;
  };

  const indented = (rows, at) => {
    if (before(rows, at) < 0 || rows[at].depth >= DEEPEST) return rows;
    const next = end(rows, at);
    return settled(rows, [
      ...rows.slice(0, at), ...shifted(rows.slice(at, next), 1), ...rows.slice(next),
    ]);
  };
  const outdented = (rows, at) => {
    if (!rows[at].depth) return rows;
    const next = end(rows, at);
    return settled(rows, [
      ...rows.slice(0, at), ...shifted(rows.slice(at, next), -1), ...rows.slice(next),
    ]);
  };

  // The branch before or after the row `target`, at that depth; nothing moves into itself.
  const placed = (rows, at, target, depth) => {
    const next = end(rows, at);
    if (target > at && target < next) return rows;
    const branch = shifted(rows.slice(at, next), depth - rows[at].depth);
    const rest = [...rows.slice(0, at), ...rows.slice(next)];
    const to = target > at ? target - (next - at) : target;
    return settled(rows, [...rest.slice(0, to), ...branch, ...rest.slice(to)]);
  };
  const movedUp = (rows, at) => {
    const above = before(rows, at);
    return above < 0 ? rows : placed(rows, at, above, rows[at].depth);
  };
  const movedDown = (rows, at) => {
    const next = end(rows, at);
    if (next >= rows.length || rows[next].depth !== rows[at].depth) return rows;
    return placed(rows, at, end(rows, next), rows[at].depth);
  };

  const inserted = (rows, at, added, kept) => settled(
    rows, [...rows.slice(0, at), ...added, ...rows.slice(at)], kept,
  );
  const without = (rows, at) => settled(rows, rows.filter((row, index) => index !== at));

  const renumbered = (rows) => {
    const labels = numbered(rows.map((row) => row.depth));
    return rows.map((row, at) => ({ ...row, label: labels[at] }));
  };

  // Several points below one heading of which none has a label are printed as dashes.
  const dashed = (rows) => {
    const found = new Set();
    lists(rows).forEach((siblings, key) => {
      if (key === "" || siblings.length < 2 || siblings.some((row) => row.label)) return;
      siblings.forEach((row) => found.add(row.uid));
    });
    return found;
  };

  // How the label is printed: plans' own "_sign".
  const sign = (label) => (!label || /[).\-+•]$/.test(label) ? label : `${label}.`);

  return {
    numbered, end, before, lists, settled, indented, outdented, placed, movedUp, movedDown,
    inserted, without, renumbered, dashed, sign, styleOf,
  };
})();
