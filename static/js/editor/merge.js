/* Three-way merge of a section's value: rows by their uid, fields one by one. */
"use strict";

window.soan = window.soan || {};

(() => {
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isRows = (value) => Array.isArray(value) && value.length > 0
    && value.every((row) => isObject(row) && typeof row.uid === "string");
  const copy = (value) => (value === undefined ? undefined : structuredClone(value));

  // A collision is what both changed differently; `value` holds mine there until a person chose.
  class Merge {
    constructor() {
      this.collisions = [];
      this.taken = 0;
    }

    at(path, base, mine, theirs) {
      if (soan.same(mine, theirs)) return copy(theirs);
      if (soan.same(base, theirs)) return copy(mine);
      if ([base, mine, theirs].some(isRows) && [base, mine, theirs].every(Array.isArray)) {
        return this.rows(path, base, mine, theirs);
      }
      if (isObject(base) && isObject(mine) && isObject(theirs)) {
        return this.fields(path, base, mine, theirs);
      }
      if (soan.same(base, mine)) {
        this.taken += 1;
        return copy(theirs);
      }
      this.collisions.push({ path, base: copy(base), mine: copy(mine), theirs: copy(theirs) });
      return copy(mine);
    }

    fields(path, base, mine, theirs) {
      const merged = {};
      for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
        const value = this.at([...path, key], base[key], mine[key], theirs[key]);
        if (value !== undefined) merged[key] = value;
      }
      return merged;
    }

    rows(path, base, mine, theirs) {
      const [was, ours, their] = [base, mine, theirs]
        .map((rows) => new Map(rows.map((row) => [row.uid, row])));
      const found = new Map();
      for (const uid of new Set([...ours.keys(), ...their.keys()])) {
        const row = this.row([...path, { uid }], was.get(uid), ours.get(uid), their.get(uid));
        if (row !== undefined) found.set(uid, row);
      }
      return order(base, mine, theirs).filter((uid) => found.has(uid)).map((uid) => found.get(uid));
    }

    // A row that one side took out and the other left alone goes; that the other changed is asked.
    row(path, base, mine, theirs) {
      if (mine && theirs) return this.fields(path, base ?? {}, mine, theirs);
      const left = mine ?? theirs;
      if (!base) {
        if (theirs) this.taken += 1;
        return copy(left);
      }
      if (soan.same(base, left)) {
        if (mine) this.taken += 1;
        return undefined;
      }
      this.collisions.push({ path, base: copy(base), mine: copy(mine), theirs: copy(theirs) });
      return copy(left);
    }
  }

  // The order of whoever moved rows; new rows of the other side stand behind their neighbour.
  const order = (base, mine, theirs) => {
    const uids = (rows) => rows.map((row) => row.uid);
    const [was, ours, their] = [base, mine, theirs].map(uids);
    const within = (list, others) => list.filter((uid) => others.includes(uid)).join();
    const iMoved = within(was, ours) !== within(ours, was);
    const [lead, other] = iMoved ? [ours, their] : [their, ours];
    const merged = [...lead];
    other.forEach((uid, at) => {
      if (merged.includes(uid)) return;
      const before = other.slice(0, at).reverse().find((one) => merged.includes(one));
      merged.splice(before ? merged.indexOf(before) + 1 : 0, 0, uid);
    });
    return merged;
  };

  soan.merge = (base, mine, theirs) => {
    const merge = new Merge();
    const value = merge.at([], base, mine, theirs);
    return { value, collisions: merge.collisions, taken: merge.taken };
  };

  // A merged value with each collision as it was picked: a Map of collision → "mine" | "theirs".
  soan.resolve = (value, collisions, picked) => {
    let result = copy(value);
    for (const collision of collisions) {
      const chosen = collision[picked.get(collision) ?? "mine"];
      if (collision.path.length) put(result, collision.path, chosen);
      else result = copy(chosen);
    }
    return result;
  };

  const put = (value, path, chosen) => {
    let place = value;
    path.forEach((step, at) => {
      const last = at === path.length - 1;
      const key = step.uid ? place.findIndex((row) => row.uid === step.uid) : step;
      if (!last) place = place[key];
      else if (chosen !== undefined) place[key] = copy(chosen);
      else if (step.uid) place.splice(key, 1);
      else delete place[key];
    });
  };
})();
