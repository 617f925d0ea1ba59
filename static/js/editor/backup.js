/* Unsaved text kept on this machine, so that a crash, a closed tab or a log-out loses nothing. */
"use strict";

window.soan = window.soan || {};

(() => {
  const PREFIX = "soan:";
  const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;

  // Every page load keeps its own copy: two windows of one person never overwrite each other's.
  soan.Backup = class {
    constructor(element) {
      this.prefix = `${PREFIX}${element.dataset.user}:${element.dataset.saveUrl}:`;
      this.key = this.prefix + soan.uid();
    }

    // Returns whether it was kept: a full or forbidden store must not stop the typing.
    keep(value, base, version, key = this.key) {
      const entry = { at: Date.now(), version, value, base };
      return put(key, entry) || put(key, { ...entry, base: null });
    }

    drop(key = this.key) {
      try { localStorage.removeItem(key); } catch { /* no store, nothing to drop */ }
    }

    // What the person took over from somebody else replaced: kept apart, never dropped by a save.
    keepApart(value, base, version) {
      const key = this.prefix + soan.uid();
      return this.keep(value, base, version, key) ? key : null;
    }

    // The copies that other windows of this person left, the newest first.
    left() {
      const found = [];
      for (const key of keys()) {
        if (!key.startsWith(this.prefix) || key === this.key) continue;
        const entry = get(key);
        if (entry && Date.now() - entry.at < KEPT_FOR) found.push({ key, ...entry });
        else this.drop(key);
      }
      return found.sort((one, other) => other.at - one.at);
    }
  };

  const keys = () => {
    try { return Object.keys(localStorage); } catch { return []; }
  };
  const get = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  };
  const put = (key, entry) => {
    try {
      localStorage.setItem(key, JSON.stringify(entry));
      return true;
    } catch { return false; }
  };
})();
