/* The header of a draft: a form that saves itself and shows how its formal lines will be printed. */
"use strict";

window.soan = window.soan || {};

(() => {
  // One value stands in several fields; every other field has the name of its value.
  const PARTS = ["signed", "signer_authority", "parent"];
  const BLANK = "\u2026\u2026";

  class Header {
    constructor(form) {
      this.form = form;
      this.initial = soan.initial(form);
      this.parents = JSON.parse(document.getElementById("header-parents").textContent);
      this.show(this.initial);
      const handle = soan.section(form, {
        read: () => this.read(),
        apply: (value) => this.show(value),
        note: (notes) => this.note(notes.header ?? {}),
      });
      this.changed = () => { this.preview(); handle.changed(); };
      form.addEventListener("input", (event) => { this.grow(event.target); this.changed(); });
      form.addEventListener("change", (event) => {
        if (/^signed_(?:day|month)$/.test(event.target.name)) this.fillYear();
        this.changed();
      });
      form.addEventListener("submit", (event) => event.preventDefault());
      this.completeParent();
      window.addEventListener("resize", () => this.growAll());
    }

    field(name) {
      return this.form.elements[name];
    }

    // What the server says about a field stands below it.
    note(notes) {
      this.form.querySelectorAll(".field-note").forEach((one) => one.remove());
      for (const [name, { text, tone }] of Object.entries(notes)) {
        const field = this.form.querySelector(`[data-field="${name}"], [name="${name}"]`);
        field?.parentElement.append(soan.node("p", { class: `field-note tone-${tone}` }, text));
      }
    }

    completeParent() {
      const field = this.field("parent_name");
      soan.complete(field, this.parents, {
        onPick: (option) => {
          this.parent = option.value;
          field.value = option.label;
          this.changed();
        },
      });
      field.addEventListener("input", () => { if (!field.value.trim()) this.parent = null; });
      field.addEventListener("blur", () => { // what names no plan is not kept
        field.value = this.parentName();
      });
    }

    parentName() {
      return this.parents.find((one) => one.value === this.parent)?.label
        ?? (this.parent ? "Kế hoạch đã chọn" : "");
    }

    show(value) {
      this.parent = value.parent;
      for (const [name, words] of Object.entries(value)) {
        const field = this.field(name);
        if (PARTS.includes(name) || !field) continue;
        if (field.type === "checkbox") field.checked = words;
        else this.put(field, Array.isArray(words) ? words.join("\n") : words ?? "");
      }
      this.put(this.field("parent_name"), this.parentName());
      const [year, month, day] = value.signed.replaceAll("…", "").split("/").reverse();
      this.put(this.field("signed_day"), day ?? "");
      this.put(this.field("signed_month"), month ?? "");
      this.put(this.field("signed_year"), year ?? "");
      const [first, ...more] = value.signer_authority.split("\n");
      this.showAuthority("authority", first ?? "");
      this.showAuthority("second_authority", more.join(" "));
      this.preview();
      this.growAll();
    }

    put(field, text) {
      if (field.value !== text) field.value = text; // the caret stays where nothing changed
    }

    showAuthority(name, line) {
      const sign = line.match(/^(?:TM|KT|TL|TUQ|Q)\.(?=\s|$)/)?.[0] ?? "";
      this.put(this.field(name), sign);
      this.put(this.field(`${name}_of`), line.slice(sign.length).trim());
    }

    authority(name) {
      return [this.field(name).value, this.field(`${name}_of`).value.trim()].filter(Boolean).join(" ");
    }

    read() {
      const value = {};
      for (const [name, was] of Object.entries(this.initial)) {
        const field = this.field(name);
        if (PARTS.includes(name)) continue;
        if (!field) value[name] = was; // not on this page
        else if (field.type === "checkbox") value[name] = field.checked;
        else value[name] = Array.isArray(was) ? this.lines(name) : field.value.trim();
      }
      value.parent = this.parent;
      value.signed = this.signed();
      value.signer_authority = ["authority", "second_authority"]
        .map((name) => this.authority(name)).filter(Boolean).join("\n");
      return value;
    }

    lines(name) {
      return this.field(name).value.split("\n").map((line) => line.trim()).filter(Boolean);
    }

    // "05/02/2024", "02/2024", "2024", ""; a day without its month is left for the server to name.
    signed() {
      const [day, month, year] = ["day", "month", "year"].map((part) => this.field(`signed_${part}`).value.trim());
      const two = (text) => (/^\d$/.test(text) ? `0${text}` : text);
      if (!day && !month) return year;
      return [day && two(day), two(month) || "…", year || "…"].filter((part, at) => at || part).join("/");
    }

    // Who writes a day or a month means the plan's own year until another is written.
    fillYear() {
      const year = this.field("starts_on").value.match(/\d{4}$/)?.[0];
      const month = this.field("signed_month").value.trim();
      if (month && year && !this.field("signed_year").value.trim()) this.put(this.field("signed_year"), year);
    }

    // --- how it will be printed (reporting/letterhead.py)

    preview() {
      const [day, month, year] = ["day", "month", "year"]
        .map((part) => this.field(`signed_${part}`).value.trim());
      const shownDay = /^\d+$/.test(day) ? day.padStart(2, "0") : BLANK;
      const shownMonth = /^\d+$/.test(month)
        ? Number(month) < 3 ? month.padStart(2, "0") : String(Number(month)) : BLANK;
      const number = this.field("number").value.trim();
      const place = this.field("place");
      const reference = `${/^\d+$/.test(number) ? number.padStart(2, "0") : number || BLANK}/${this.field("symbol").value.trim() || `KH-${BLANK}`}`;
      this.print("date", [
        `Số: ${reference}`,
        `${place.value.trim() || place.placeholder || BLANK}, ngày ${shownDay} tháng ${shownMonth} năm ${year || BLANK}`,
      ]);
      this.print("signer", [
        ...["authority", "second_authority"].map((name) => this.authority(name).toUpperCase()).filter(Boolean),
        this.field("signer_position").value.trim().toUpperCase(), "", this.field("signer_name").value.trim(),
      ]);
      const places = this.lines("recipients").map((line) => line.replace(/^[-–+•]\s*/, "").replace(/[;.,]+$/, ""));
      this.print("recipients", ["Nơi nhận:", ...places.map(
        (line, at) => `- ${line}${at + 1 < places.length ? ";" : "."}`,
      )]);
    }

    print(name, lines) {
      const place = this.form.querySelector(`[data-print="${name}"]`);
      place.replaceChildren(...lines.map((line) => soan.node("span", {}, line || "\u00a0")));
    }

    grow(field) {
      if (!field.matches("textarea")) return;
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
    }

    growAll() {
      this.form.querySelectorAll("textarea").forEach((field) => this.grow(field));
    }
  }

  document.querySelectorAll("[data-section=header]").forEach((form) => new Header(form));
})();
