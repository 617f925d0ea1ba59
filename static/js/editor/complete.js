/* Completion as one types, without regard to tone marks.

   const completion = soan.complete(field, options | async (text) => options, {many, onPick});
   options: {value, label, aliases: []}. `many`: one per line (textarea) or parted by ";" (input).
   onPick(option): called instead of writing the label. completion.close(), .destroy(). */
"use strict";

window.soan = window.soan || {};

(() => {
  const MOST = 12;
  let counter = 0;

  // How well an option fits what is typed: 0 best, -1 not at all.
  const fit = (typed, option) => {
    let best = -1;
    option.folded ??= [option.label, ...(option.aliases ?? [])].map(soan.fold);
    for (const name of option.folded) {
      const at = name.indexOf(typed);
      let rank = -1;
      if (name === typed) rank = 0;
      else if (at === 0) rank = 1;
      else if (at > 0 && !/\w/.test(name[at - 1])) rank = 2;
      else if (isShort(typed, initials(name))) rank = 3;
      else if (typed.length > 2 && at > 0) rank = 4;
      if (rank >= 0 && (best < 0 || rank < best)) best = rank;
    }
    return best;
  };
  // "ttbcxb" for Phòng Thông tin – Báo chí – Xuất bản: the first word is often left out.
  const isShort = (typed, letters) => (typed.length > 1 && letters.startsWith(typed))
    || (typed.length > 2 && letters.includes(typed));
  const initials = (name) => name.split(/[^\p{L}\d]+/u).map((word) => word[0] ?? "").join("");

  soan.fitting = (typed, options) => {
    const plain = soan.fold(typed);
    if (!plain) return options.slice(0, MOST);
    return options.map((option, at) => ({ option, at, rank: fit(plain, option) }))
      .filter(({ rank }) => rank >= 0)
      .sort((one, other) => one.rank - other.rank || one.at - other.at)
      .slice(0, MOST).map(({ option }) => option);
  };

  class Completion {
    constructor(field, options, { many = false, onPick = null } = {}) {
      Object.assign(this, { field, options, many, onPick });
      this.id = `complete-${counter += 1}`;
      this.list = soan.node("ul", { class: "complete-list", role: "listbox", id: this.id, hidden: true });
      (field.closest("dialog") ?? document.body).append(this.list);
      this.asked = 0;
      this.listeners = [
        [field, "input", () => this.update()],
        [field, "keydown", (event) => this.key(event)],
        [field, "blur", () => this.close()],
        [this.list, "pointerdown", (event) => this.press(event)],
        [window, "scroll", () => this.isOpen && this.place(), { capture: true, passive: true }],
      ];
      this.listeners.forEach(([target, ...rest]) => target.addEventListener(...rest));
      field.setAttribute("aria-autocomplete", "list");
      field.setAttribute("autocomplete", "off");
      if (field.matches("input")) {
        field.setAttribute("role", "combobox");
        field.setAttribute("aria-expanded", "false");
        field.setAttribute("aria-controls", this.id);
      }
    }

    get isOpen() {
      return !this.list.hidden;
    }

    // The part around the caret that is completed, and where it stands.
    token() {
      const { value, selectionStart } = this.field;
      if (!this.many) return { start: 0, end: value.length, text: value };
      const parting = this.field.matches("textarea") ? "\n" : ";";
      const before = value.lastIndexOf(parting, selectionStart - 1) + 1;
      const after = value.indexOf(parting, selectionStart);
      const end = after < 0 ? value.length : after;
      const lead = value.slice(before, end).match(/^\s*(?:[-+•–]\s*)?/)[0].length;
      return { start: before + lead, end, text: value.slice(before + lead, end) };
    }

    async update() {
      const { text } = this.token();
      const asked = this.asked += 1;
      if (text.trim().length < 1) return this.close();
      const found = typeof this.options === "function"
        ? await this.options(text) : soan.fitting(text, this.options);
      if (asked !== this.asked || document.activeElement !== this.field) return undefined;
      const isSaid = found.length === 1 && soan.fold(found[0].label) === soan.fold(text)
        && found[0].label === text.trim();
      return found.length && !isSaid ? this.open(found) : this.close();
    }

    open(found) {
      this.found = found;
      this.list.replaceChildren(...found.map((option, at) => soan.node(
        "li", { role: "option", id: `${this.id}-${at}`, "data-at": at },
        option.label,
        option.hint ? soan.node("small", {}, option.hint) : null)));
      this.list.hidden = false;
      this.field.setAttribute("aria-expanded", "true");
      this.field.setAttribute("aria-controls", this.id);
      this.mark(0);
      this.place();
    }

    close() {
      this.asked += 1;
      if (this.list.hidden) return;
      this.list.hidden = true;
      this.field.setAttribute("aria-expanded", "false");
      this.field.removeAttribute("aria-activedescendant");
    }

    place() {
      const box = this.field.getBoundingClientRect();
      const style = this.list.style;
      const below = window.innerHeight - box.bottom;
      style.minWidth = `${Math.min(Math.max(box.width, 200), window.innerWidth - 16)}px`;
      style.left = `${Math.max(4, Math.min(box.left, window.innerWidth - this.list.offsetWidth - 8))}px`;
      style.top = below > 180 || below > box.top ? `${box.bottom + 2}px` : "auto";
      style.bottom = style.top === "auto" ? `${window.innerHeight - box.top + 2}px` : "auto";
    }

    mark(at) {
      this.at = (at + this.found.length) % this.found.length;
      [...this.list.children].forEach((item, index) => {
        item.setAttribute("aria-selected", index === this.at);
      });
      this.list.children[this.at].scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
    }

    key(event) {
      if (soan.isComposing(event)) return;
      const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (!isPlain) return;
      if (!this.isOpen) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        this.mark(this.at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter") {
        this.pick(this.found[this.at]);
      } else if (event.key === "Tab") {
        this.pick(this.found[this.at]); // and the focus goes on
        return;
      } else if (event.key === "Escape") {
        this.close();
      } else {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
    }

    press(event) {
      event.preventDefault(); // the field keeps the focus
      const item = event.target.closest("[data-at]");
      if (item) this.pick(this.found[Number(item.dataset.at)]);
    }

    pick(option) {
      this.close();
      if (this.onPick) {
        this.onPick(option);
        return;
      }
      const { start, end } = this.token();
      this.field.setRangeText(option.label, start, end, "end");
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
      this.close();
    }

    destroy() {
      this.close();
      this.listeners.forEach(([target, ...rest]) => target.removeEventListener(...rest));
      this.list.remove();
    }
  }

  soan.complete = (field, options, settings) => new Completion(field, options, settings);
})();
