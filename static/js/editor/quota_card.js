/* One quota: its sentence, and the fields behind it.

   const card = soan.quotaCard(quota, {facts, leads, changed, removed, others, copied});
   `quota` is the section's own row and is changed in place; changed() after every edit. others():
   the task's other quotas of the same periods; copied(others) gives them the same turns. */
"use strict";

window.soan = window.soan || {};

(() => {
  const words = soan.quotaWords;
  const COUNTED = { approved_published: "được duyệt và đăng trên", sent: "gửi", held: "được tổ chức, phát sóng qua" };
  let counter = 0;

  const labelled = (label, field, className = "") => {
    field.id ||= `quota-field-${counter += 1}`;
    return soan.node("div", { class: `quota-field ${className}` },
      soan.node("label", { class: "form-label", for: field.id }, label), field);
  };
  const select = (name, options, value) => {
    const field = soan.node("select", { class: "form-select form-select-sm", "data-field": name },
      ...options.map((one) => soan.node("option", { value: one.value }, one.label)));
    field.value = value;
    return field;
  };
  const input = (name, type, value, more = {}) => {
    const field = soan.node("input", { class: "form-control form-control-sm", type, "data-field": name, ...more });
    field.value = value ?? "";
    return field;
  };

  class Card {
    constructor(quota, { facts, leads = [], changed, removed, others, copied }) {
      Object.assign(this, { quota, facts, leads, changed, removed, others, copied, completions: [] });
      this.kept = {}; // turns of the other way, while the person compares
      this.sentence = soan.node("div", { class: "quota-sentence" });
      this.form = soan.node("div", { class: "quota-form", hidden: true });
      this.edit = soan.node("button", {
        type: "button", class: "btn btn-sm btn-outline-secondary", "aria-expanded": "false", onclick: () => this.toggle(),
      }, "Sửa");
      this.element = soan.node("article", { class: "quota-card", "data-uid": quota.uid },
        this.sentence,
        soan.node("div", { class: "quota-buttons" }, this.edit, soan.node("button", {
          type: "button", class: "btn btn-sm btn-outline-secondary", onclick: () => this.removed(),
        }, "Xóa")),
        this.form);
      this.say();
    }

    get periods() {
      return this.facts.periods[this.quota.per] ?? [];
    }

    unit(code) {
      return this.facts.units.find(({ value }) => value === code)?.label ?? code;
    }

    channel() {
      return this.facts.channels.find(({ value }) => value === this.quota.channel)?.label ?? "";
    }

    who() {
      const { turns, default_unit: alone } = this.quota;
      const rota = words.turnWords(turns, this.periods, (code) => this.unit(code));
      const isShort = this.periods.some(({ code }) => !turns[code]);
      if (!rota) return alone ? this.unit(alone) : "chưa giao đơn vị nào";
      if (!isShort) return rota;
      return `${rota}; ${alone ? `các kỳ còn lại: ${this.unit(alone)}` : "còn kỳ chưa giao"}`;
    }

    say() {
      const { quota } = this;
      const kind = this.facts.kinds.find(({ value }) => value === quota.per)?.label ?? quota.per;
      const lacks = !this.channel() || this.who().includes("chưa giao");
      this.element.classList.toggle("is-lacking", lacks);
      this.sentence.replaceChildren(
        soan.node("p", {}, `Mỗi ${kind} ${words.amount(quota)} tin, bài ${COUNTED[quota.counts_when]} `,
          soan.node("b", {}, this.channel() || "(chưa chọn kênh, chưa lưu)"), "."),
        soan.node("p", { class: "quota-detail" }, `Hạn: ${words.dueWords(quota, this.periods)}.`),
        soan.node("p", { class: "quota-detail" }, `Thực hiện: ${this.who()}.`));
    }

    toggle(isOpen = this.form.hidden) {
      this.form.hidden = !isOpen;
      this.edit.textContent = isOpen ? "Xong" : "Sửa";
      this.edit.setAttribute("aria-expanded", isOpen);
      this.clear();
      if (!isOpen) return;
      this.build();
      this.form.querySelector("input, select").focus();
    }

    clear() {
      this.completions.forEach((one) => one.destroy());
      this.completions = [];
      this.rotation?.destroy();
      this.rotation = null;
      this.form.replaceChildren();
    }

    destroy() {
      this.clear();
      this.element.remove();
    }

    put(change) {
      Object.assign(this.quota, change);
      this.say();
      this.changed();
    }

    build() {
      this.due = soan.node("div", { class: "quota-line" });
      this.doers = soan.node("div", { class: "quota-doers" });
      this.form.append(this.amounts(), this.due, this.doers);
      this.buildDue();
      this.buildDoers();
    }

    completing(field, options, set) {
      this.completions.push(soan.complete(field, options, { onPick: (one) => { field.value = one.label; set(one.value); } }));
      field.addEventListener("change", () => {
        const text = soan.fold(field.value);
        const found = options.find(({ label, aliases = [] }) => [label, ...aliases].some((one) => soan.fold(one) === text));
        field.classList.toggle("is-invalid", Boolean(text) && !found);
        if (found) field.value = found.label;
        if (found || !text) set(found?.value ?? "");
      });
      return field;
    }

    amounts() {
      const { quota, facts } = this;
      const channel = this.completing(input("channel", "text", this.channel(), { placeholder: "Gõ tên kênh" }),
        facts.channels, (value) => this.put({ channel: value }));
      const least = input("minimum", "number", quota.minimum, { min: "1", max: "9999" });
      least.addEventListener("input", () => this.put({ minimum: Number(least.value) || 0 }));
      const most = input("maximum", "number", quota.maximum, { min: "1", max: "9999", placeholder: "không giới hạn" });
      most.addEventListener("input", () => this.put({ maximum: Number(most.value) || null }));
      const per = select("per", facts.kinds, quota.per);
      per.addEventListener("change", () => this.changePer(per.value));
      const counted = select("counts_when", facts.counts_when, quota.counts_when);
      counted.addEventListener("change", () => this.put({ counts_when: counted.value }));
      return soan.node("div", { class: "quota-line" },
        labelled("Kênh", channel, "is-wide"), labelled("Tính khi", counted),
        labelled("Ít nhất", least, "is-narrow"), labelled("Nhiều nhất", most, "is-narrow"), labelled("Mỗi", per, "is-narrow"));
    }

    changePer(per) {
      const [before, after] = [this.periods, this.facts.periods[per]];
      this.put({ per, turns: words.carried(this.quota.turns, before, after), due_dates: {} });
      if (this.quota.due_kind !== "period_end") this.put({ due_kind: "period_end", due_day: null, due_month_offset: 0 });
      this.buildDue();
      this.buildDoers();
    }

    buildDue() {
      const kinds = this.facts.due_kinds.filter(({ value }) => value !== "day_of_month" || this.quota.per !== "week");
      const kind = select("due_kind", kinds, this.quota.due_kind);
      kind.addEventListener("change", () => this.changeDue(kind.value));
      this.due.replaceChildren(labelled("Hạn", kind));
      if (this.quota.due_kind === "day_of_month") this.due.append(...this.monthly());
      if (this.quota.due_kind === "fixed") this.due.append(...this.written());
    }

    changeDue(dueKind) {
      const days = this.periods.map((period) => [period.code, words.dueOn(this.quota, period)]);
      const fixed = dueKind === "fixed" ? Object.fromEntries(days.filter(([, day]) => day)) : {};
      const monthly = dueKind === "day_of_month";
      this.put({
        due_kind: dueKind, due_dates: fixed,
        due_day: monthly ? this.quota.due_day || 25 : null, due_month_offset: 0,
      });
      this.buildDue();
      this.due.querySelector("select").focus();
    }

    monthly() {
      const day = input("due_day", "number", this.quota.due_day, { min: "1", max: "31" });
      day.addEventListener("input", () => this.put({ due_day: Number(day.value) || null }));
      const month = select("due_month_offset", [
        { value: "0", label: "của tháng cuối kỳ" }, { value: "1", label: "của tháng sau kỳ" },
      ], String(this.quota.due_month_offset || 0));
      month.addEventListener("change", () => this.put({ due_month_offset: Number(month.value) }));
      return [labelled("Ngày", day, "is-narrow"), labelled("Tháng", month)];
    }

    written() {
      return this.periods.map((period) => {
        const field = input("due_dates", "text", this.quota.due_dates[period.code], { placeholder: "20/3/2024", inputmode: "numeric" });
        field.addEventListener("change", () => {
          const day = words.asDay(field.value, period.end.slice(0, 4));
          field.classList.toggle("is-invalid", Boolean(field.value.trim()) && !day);
          if (day) field.value = day;
          const dates = { ...this.quota.due_dates };
          if (day) dates[period.code] = day;
          else delete dates[period.code];
          this.put({ due_dates: dates });
        });
        return labelled(period.short, field, "is-day");
      });
    }

    buildDoers() {
      this.rotation?.destroy();
      this.rotation = null;
      const isRota = this.isRota ?? (Object.keys(this.quota.turns).length > 0 || this.leads.length > 1);
      const name = `quota-doers-${counter += 1}`;
      const way = (label, isOn, value) => {
        const radio = soan.node("input", { type: "radio", class: "form-check-input", name, checked: isOn });
        radio.addEventListener("change", () => this.changeWay(value));
        return soan.node("label", { class: "form-check" }, radio, ` ${label}`);
      };
      const alone = this.completing(input("default_unit", "text", this.quota.default_unit ? this.unit(this.quota.default_unit) : "", { placeholder: "Gõ tên đơn vị" }),
        this.facts.units.filter(({ gone }) => !gone), (value) => {
          this.put({ default_unit: value });
          if (this.rotation) {
            this.rotation.fallback = value;
            this.rotation.show();
          }
        });
      const rota = soan.node("div", { class: "rota", "data-field": "turns", tabindex: "-1" });
      this.doers.replaceChildren(
        soan.node("div", { class: "quota-ways", role: "radiogroup", "aria-label": "Đơn vị thực hiện" },
          way("Một đơn vị cho mọi kỳ", !isRota, false), way("Luân phiên", isRota, true)),
        ...(isRota ? [rota] : []),
        labelled(isRota ? "Kỳ không ghi lượt giao cho (nếu có)" : "Đơn vị", alone, "is-wide"),
        ...this.copying());
      if (!isRota) return;
      this.rotation = soan.rotation(rota, {
        periods: this.periods, units: this.facts.units, turns: this.quota.turns,
        fallback: this.quota.default_unit, leads: this.leads,
        continued: this.continued(), changed: (turns) => this.put({ turns }),
      });
    }

    copying() {
      const others = this.others();
      if (!others.length) return [];
      return [soan.node("button", {
        type: "button", class: "btn btn-sm btn-outline-secondary", onclick: () => this.copied(this.others()),
      }, `Chép phân công này sang ${others.length} định mức cùng kỳ của nhiệm vụ`)];
    }

    continued() {
      const { channel, per } = this.quota;
      return this.facts.continued.find((one) => one.channel === channel && one.per === per) ?? null;
    }

    changeWay(isRota) {
      this.isRota = isRota;
      const turns = isRota ? this.kept : {};
      if (!isRota) this.kept = this.quota.turns;
      this.put({ turns });
      this.buildDoers();
    }
  }

  soan.quotaCard = (quota, context) => new Card(quota, context);
})();
