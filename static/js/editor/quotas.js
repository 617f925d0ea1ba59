/* The page of quotas: what each task's text promises, what is owed of it, and by whom. */
"use strict";

window.soan = window.soan || {};

(() => {
  const words = soan.quotaWords;
  const BLANK = {
    channel: "", counts_when: "approved_published", minimum: 1, maximum: null, per: "quarter",
    due_kind: "period_end", due_day: null, due_month_offset: 0, due_dates: {}, default_unit: "", turns: {},
  };
  const blank = (task) => ({ ...BLANK, default_unit: task.leads.length === 1 ? task.leads[0] : "" });
  const button = (label, act, kind = "outline-secondary") => soan.node(
    "button", { type: "button", class: `btn btn-sm btn-${kind}`, onclick: act }, label);

  class Page {
    constructor(element) {
      this.element = element;
      this.facts = JSON.parse(document.getElementById("quota-facts").textContent);
      this.quotas = soan.initial(element);
      this.cards = [];
      this.added = new Set(); // tasks that the person asked for, without a quota yet
      this.place = element.querySelector("[data-tasks]");
      this.handle = soan.section(element, {
        read: () => structuredClone(this.quotas.filter(({ channel }) => channel)),
        apply: (value) => this.apply(value),
        note: () => {},
        describe: (row) => this.taskOf(row)?.title ?? "",
      });
      this.wireAdding();
      this.render();
    }

    taskOf(quota) {
      return this.facts.tasks.find(({ uid }) => uid === quota.task);
    }

    changed() {
      this.place.querySelectorAll("[data-task]").forEach((panel) => this.propose(panel));
      this.sayOwed();
      this.handle.changed();
    }

    // A quota without a channel is not sent yet; it stays on the page.
    apply(value) {
      const begun = this.quotas.filter(({ channel }) => !channel);
      this.quotas = [...value, ...begun.filter(({ uid }) => value.every((one) => one.uid !== uid))];
      this.render();
    }

    // Proposals of channels for which the task has no quota yet.
    open(task) {
      if (task.declined) return [];
      const own = this.quotas.filter((one) => one.task === task.uid);
      return task.proposals.filter(({ quota }) => !own.some((one) => (quota.channel
        ? one.channel === quota.channel : one.per === quota.per)));
    }

    render() {
      this.cards.forEach((card) => card.destroy());
      this.cards = [];
      const shown = this.facts.tasks.filter((task) => this.added.has(task.uid)
        || task.proposals.length || this.quotas.some((one) => one.task === task.uid));
      this.place.replaceChildren(...shown.map((task) => this.panel(task)));
      if (!shown.length) {
        this.place.append(soan.node("p", { class: "panel" },
          "Chưa nhiệm vụ nào trong phụ lục nêu số tin, bài mỗi kỳ. Có thể thêm định mức cho một nhiệm vụ ở dưới."));
      }
      this.sayOwed();
    }

    panel(task) {
      const panel = soan.node("section", { class: "panel quota-task", "data-task": task.uid },
        soan.node("h2", {}, `${task.code ? `${task.code}. ` : ""}${task.title}`),
        task.time ? soan.node("p", { class: "quota-detail" }, `Thời gian: ${task.time.replace(/\n/g, "; ")}`) : null);
      for (const quota of this.quotas.filter((one) => one.task === task.uid)) panel.append(this.card(task, quota));
      panel.append(soan.node("div", { class: "quota-open" }));
      this.propose(panel);
      return panel;
    }

    // What is still open below the quotas of a task.
    propose(panel) {
      const task = this.facts.tasks.find(({ uid }) => uid === panel.dataset.task);
      const open = this.open(task);
      panel.querySelector(".quota-open").replaceChildren(
        ...open.map((proposal) => this.proposal(task, proposal)), this.foot(task, open));
    }

    card(task, quota) {
      const card = soan.quotaCard(quota, {
        facts: this.facts, leads: task.leads, changed: () => this.changed(), removed: () => this.remove(quota),
        others: () => this.quotas.filter((one) => one !== quota && one.task === task.uid && one.per === quota.per),
        copied: (others) => this.copy(quota, others),
      });
      this.cards.push(card);
      return card.element;
    }

    copy({ turns, default_unit: alone }, others) {
      for (const other of others) Object.assign(other, { turns: { ...turns }, default_unit: alone });
      for (const card of this.cards.filter(({ quota }) => others.includes(quota))) {
        card.say();
        if (!card.form.hidden) card.buildDoers();
      }
      this.changed();
      soan.told(`Đã chép phân công sang ${others.length} định mức.`);
    }

    foot(task, open) {
      const has = this.quotas.some((one) => one.task === task.uid);
      const foot = soan.node("div", { class: "quota-foot" });
      if (task.declined) {
        foot.append(soan.node("span", { class: "quota-declined" }, "Không giao định mức cho nhiệm vụ này."),
          button("Xem lại đề xuất", () => this.decide(task, false)));
        return foot;
      }
      if (open.length > 1) foot.append(button(`Xác nhận cả ${open.length}`, () => this.confirm(task, open), "primary"));
      foot.append(button("Thêm định mức", () => this.add(task, blank(task), true)));
      if (open.length && !has) foot.append(button("Không giao định mức", () => this.decide(task, true)));
      return foot;
    }

    proposal(task, proposal) {
      const { quota } = proposal;
      const periods = this.facts.periods[quota.per];
      const name = (code) => this.facts.units.find(({ value }) => value === code)?.label ?? code;
      const who = words.turnWords(quota.turns, periods, name)
        || (quota.default_unit && name(quota.default_unit)) || "chưa giao";
      return soan.node("div", { class: "quota-proposal" },
        soan.node("div", {},
          soan.node("p", {}, soan.node("b", {}, "Đề xuất: "), `${proposal.sentence}.`),
          soan.node("p", { class: "quota-detail" }, `Hạn: ${words.dueWords(quota, periods)}.`),
          soan.node("p", { class: "quota-detail" }, `Thực hiện: ${who}.`),
          ...proposal.questions.map((question) => soan.node("p", { class: "quota-question" }, question))),
        soan.node("div", { class: "quota-buttons" },
          quota.channel ? button("Xác nhận", () => this.confirm(task, [proposal]), "primary") : null,
          button(quota.channel ? "Sửa" : "Chọn kênh", () => this.add(task, quota, true))));
    }

    confirm(task, proposals) {
      for (const { quota } of proposals) this.add(task, quota, !quota.channel, false);
      this.render();
      this.place.querySelector(`[data-task="${task.uid}"] button`)?.focus();
      this.changed();
    }

    // The new row stands behind the other quotas of its task.
    add(task, quota, isOpen, isShown = true) {
      const row = { uid: soan.uid(), task: task.uid, ...structuredClone(quota) };
      const rank = (uid) => this.facts.tasks.findIndex((one) => one.uid === uid);
      const at = this.quotas.findLastIndex((one) => rank(one.task) <= rank(task.uid));
      this.quotas.splice(at + 1, 0, row);
      if (!isShown) return;
      this.render();
      this.changed();
      if (isOpen) this.cards.find((card) => card.quota === row).toggle(true);
    }

    remove(quota) {
      const at = this.quotas.indexOf(quota);
      this.quotas.splice(at, 1);
      this.added.add(quota.task);
      this.render();
      this.changed();
      soan.told("Đã xóa định mức.", [["Khôi phục", (banner) => {
        banner.remove();
        this.quotas.splice(Math.min(at, this.quotas.length), 0, quota);
        this.render();
        this.changed();
      }]]);
    }

    async decide(task, without) {
      const body = new URLSearchParams({ task: task.uid, without: without ? "1" : "0" });
      try {
        const answer = await fetch(this.facts.decide_url, {
          method: "POST", body, redirect: "manual", credentials: "same-origin",
          headers: { "X-CSRFToken": soan.csrf(), Accept: "application/json" },
        });
        const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
        if (!answer.ok) throw new Error(said.reason ?? "Chưa ghi được, hãy thử lại sau khi đăng nhập lại.");
        task.declined = said.declined;
        this.render();
      } catch (error) {
        soan.banner("decide", "danger", error.message, [["Đóng", (banner) => banner.remove()]]);
      }
    }

    wireAdding() {
      const field = this.element.querySelector("[data-add-task]");
      const options = this.facts.tasks.map((task) => ({
        value: task.uid, label: `${task.code ? `${task.code}. ` : ""}${task.title}`.slice(0, 160), aliases: [], hint: task.area,
      }));
      soan.complete(field, options, {
        onPick: ({ value }) => {
          field.value = "";
          const task = this.facts.tasks.find(({ uid }) => uid === value);
          if (task.declined) {
            this.added.add(task.uid);
            this.render();
          } else {
            this.add(task, blank(task), true);
          }
        },
      });
    }

    sayOwed() {
      const open = this.facts.tasks.reduce((sum, task) => sum + this.open(task).length, 0);
      const owed = words.owedWords(this.quotas, (per) => this.facts.periods[per], this.facts.kinds);
      const waiting = open ? ` Còn ${open} đề xuất chưa xác nhận.` : "";
      this.element.querySelector("[data-owed]").textContent = owed + waiting;
    }
  }

  document.querySelectorAll("#quotas[data-section]").forEach((element) => { soan.quotaPage = new Page(element); });
})();
