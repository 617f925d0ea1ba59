/* The documents that a plan stands on: found in the register as one types, pasted, put in order. */
"use strict";

window.soan = window.soan || {};

(() => {
  const FIELDS = [
    ["document_type", "Loại văn bản", 60], ["reference", "Số, ký hiệu", 60],
    ["dated", "Ngày", 10], ["issuer", "Cơ quan ban hành", 160], ["abstract", "Về việc", 400],
  ];
  const PLACE = ["place_in_plan", "Viện dẫn ở mục", 40];
  const NAMES = [...FIELDS, PLACE].map(([name]) => name);

  class Bases {
    constructor(element) {
      this.element = element;
      this.list = element.querySelector("[data-bases]");
      this.facts = JSON.parse(document.getElementById("bases-facts").textContent);
      this.known = this.facts.known;
      this.rows = soan.initial(element);
      this.open = new Set();
      this.nodes = new Map();
      this.adding();
      this.listen();
      this.handle = soan.section(element, {
        read: () => this.rows,
        apply: (rows) => { this.show(rows); this.look(); },
        note: () => {},
        faults: (faults) => this.reveal(faults),
        describe: (row) => `${row.document_type} ${row.reference || row.abstract}`.trim(),
      });
      this.show(this.rows);
    }

    // --- the list

    show(rows) {
      this.rows = rows;
      const active = document.activeElement;
      const kept = new Set(rows.map((row) => row.uid));
      this.nodes.forEach((node, uid) => { if (!kept.has(uid)) { node.remove(); this.nodes.delete(uid); } });
      rows.forEach((row, at) => {
        const node = this.nodes.get(row.uid) ?? this.made(row);
        this.fill(node, row);
        if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] ?? null);
      });
      this.element.querySelector("[data-bases-empty]").hidden = rows.length > 0;
      this.count();
      if (active && this.list.contains(active) && document.activeElement !== active) active.focus();
    }

    made(row) {
      const button = (act, label, title = label) => soan.node("button", {
        type: "button", class: "btn btn-sm btn-outline-secondary", "data-act": act, title,
      }, label);
      const select = soan.node("select", {
        class: "form-select form-select-sm basis-role", "data-field": "role", "aria-label": "Vai trò",
      }, ...this.facts.roles.map(([value, label]) => soan.node("option", { value }, label)));
      const node = soan.node("li", { class: "basis", "data-uid": row.uid, tabindex: "0", draggable: "false" },
        soan.node("span", { class: "outline-grip", title: "Kéo để chuyển", "aria-hidden": "true", draggable: "true" }, "⠿"),
        select,
        soan.node("div", { class: "basis-body" },
          soan.node("p", { class: "basis-printed" }),
          soan.node("p", { class: "basis-ended", hidden: true }),
          soan.node("div", { class: "basis-fields", hidden: true })),
        soan.node("div", { class: "basis-tools" },
          button("edit", "Sửa"), button("file", "Thêm vào sổ"),
          button("up", "↑", "Chuyển lên (Alt+↑)"), button("down", "↓", "Chuyển xuống (Alt+↓)"),
          button("remove", "Bỏ")));
      this.nodes.set(row.uid, node);
      return node;
    }

    fill(node, row) {
      node.querySelector("[data-field=role]").value = row.role;
      const known = this.known[row.uid] ?? {};
      const opening = this.facts.roles.find(([value]) => value === row.role)?.[1] ?? "";
      const printed = node.querySelector(".basis-printed");
      const isSaid = this.isSaid(row);
      const end = row.uid === this.last()?.uid ? "." : ";";
      const text = row.role === "cited" ? known.printed ?? "" : `${opening} ${known.printed ?? ""}${isSaid ? "" : end}`;
      printed.replaceChildren(...this.marked(text));
      printed.classList.toggle("is-cited", row.role === "cited");
      if (row.role === "cited" && row.place_in_plan) printed.append(soan.node("small", {}, ` (mục ${row.place_in_plan})`));
      if (isSaid) printed.append(soan.node("small", {}, " (đoạn mở đầu đã nêu, không in lại)"));
      const ended = node.querySelector(".basis-ended");
      ended.hidden = !known.ended;
      ended.textContent = known.ended ?? "";
      node.querySelector("[data-act=file]").hidden = !this.isUnfiled(row);
      this.fillFields(node, row);
    }

    // The opening paragraph names it itself (plans/citation_text.py).
    isSaid(row) {
      return row.role !== "cited" && row.reference !== "" && this.facts.opening.includes(row.reference);
    }

    last() {
      return this.rows.filter((row) => row.role !== "cited" && !this.isSaid(row)).at(-1);
    }

    // The parts that are not known stand out.
    marked(text) {
      return text.split(/(\[\.\.\.\])/).filter(Boolean).map((part) => (
        part === "[...]" ? soan.node("mark", { title: "Phần chưa ghi" }, part) : part
      ));
    }

    // Named well enough for the register, which does not have it yet.
    isUnfiled(row) {
      const isNamed = row.document_type && (/\d/.test(row.reference) || this.isLaw(row));
      return Boolean(this.facts.may_file && isNamed && !this.known[row.uid]?.entry);
    }

    isLaw(row) {
      return row.abstract !== "" && this.facts.laws.includes(row.document_type);
    }

    fillFields(node, row) {
      const place = node.querySelector(".basis-fields");
      const isOpen = this.open.has(row.uid);
      place.hidden = !isOpen;
      node.querySelector("[data-act=edit]").textContent = isOpen ? "Xong" : "Sửa";
      if (!isOpen) return;
      if (!place.children.length) this.makeFields(place, row);
      for (const name of NAMES) {
        const field = place.querySelector(`[data-field="${name}"]`);
        if (field.value !== row[name]) field.value = row[name];
      }
      place.querySelector(".basis-place").hidden = row.role !== "cited";
    }

    makeFields(place, row) {
      for (const [name, label, longest] of [...FIELDS, PLACE]) {
        const id = `basis-${row.uid}-${name}`;
        const field = soan.node(name === "abstract" ? "textarea" : "input", {
          id, class: "form-control form-control-sm", "data-field": name, maxlength: longest,
          autocomplete: "off", rows: name === "abstract" ? "2" : null,
          placeholder: name === "dated" ? "dd/mm/yyyy" : null,
        });
        place.append(soan.node("div", { class: `basis-${name === "place_in_plan" ? "place" : name}` },
          soan.node("label", { class: "form-label", for: id }, label), field));
        if (name === "document_type") {
          const types = [...this.facts.types].sort((one, other) => one.length - other.length)
            .map((type) => ({ value: type, label: type, aliases: [] }));
          soan.complete(field, types);
        }
      }
    }

    // The fields with faults have to be seen.
    reveal(faults) {
      const closed = faults.filter(({ uid }) => this.nodes.has(uid) && !this.open.has(uid));
      if (!closed.length) return;
      closed.forEach(({ uid }) => this.open.add(uid));
      this.fillAll();
      soan.listFaults(this.element, faults);
    }

    // --- changes

    listen() {
      this.list.addEventListener("input", (event) => this.typed(event.target));
      this.list.addEventListener("change", (event) => this.typed(event.target));
      this.list.addEventListener("keydown", (event) => this.key(event));
      this.list.addEventListener("click", (event) => {
        const act = event.target.closest("[data-act]")?.dataset.act;
        const at = this.at(event.target);
        if (act && at >= 0) this.act(act, at);
      });
      this.list.addEventListener("dblclick", (event) => {
        if (event.target.closest(".basis-printed")) this.act("edit", this.at(event.target));
      });
      this.element.querySelector("[data-arrange]").addEventListener("click", () => this.arrange());
      this.element.querySelector("[data-file-all]").addEventListener("click", () => this.fileAll());
      new soan.RowDrag(this.list, (uid, to) => this.dragged(uid, to));
    }

    at(target) {
      const uid = target.closest?.("[data-uid]")?.dataset.uid;
      return this.rows.findIndex((row) => row.uid === uid);
    }

    typed(field) {
      const at = this.at(field);
      const name = field.dataset.field;
      if (at < 0 || !name || this.rows[at][name] === field.value) return;
      // Other words name another document.
      const links = ["document_type", "reference", "dated"].includes(name)
        ? { registered: null, document: null } : {};
      this.rows = this.rows.map((row, index) => (
        index === at ? { ...row, ...links, [name]: field.value } : row));
      this.fillAll();
      this.handle.changed();
      this.look();
    }

    fillAll() {
      this.rows.forEach((row) => this.fill(this.nodes.get(row.uid), row));
      this.count();
    }

    count() {
      const count = this.rows.filter((row) => this.isUnfiled(row)).length;
      const button = this.element.querySelector("[data-file-all]");
      button.hidden = !count;
      button.textContent = `Thêm vào sổ các văn bản chưa có (${count})`;
    }

    change(rows, uid = null) {
      this.show(rows);
      if (uid) this.nodes.get(uid)?.focus();
      this.handle.changed();
      this.look();
    }

    key(event) {
      if (soan.isComposing(event)) return;
      const at = this.at(event.target);
      const isRow = event.target.matches(".basis");
      if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
        this.act(event.key === "ArrowUp" ? "up" : "down", at);
      } else if (isRow && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
        this.list.children[at + (event.key === "ArrowUp" ? -1 : 1)]?.focus();
      } else if (isRow && event.key === "Enter") {
        this.act("edit", at);
      } else if (isRow && event.key === "Delete") {
        this.act("remove", at);
      } else if (event.key === "Escape" || (event.key === "Enter" && event.target.matches("input"))) {
        if (!this.open.has(this.rows[at].uid) || isRow) return;
        this.act("edit", at);
      } else return;
      event.preventDefault();
    }

    act(name, at) {
      const row = this.rows[at];
      if (name === "edit") {
        const isOpen = this.open.delete(row.uid);
        if (!isOpen) this.open.add(row.uid);
        this.fill(this.nodes.get(row.uid), row);
        const field = this.nodes.get(row.uid).querySelector("[data-field=reference]");
        if (isOpen) this.nodes.get(row.uid).focus();
        else field.focus();
      } else if (name === "remove") {
        const near = this.rows[at + 1] ?? this.rows[at - 1];
        this.change(this.rows.filter((one) => one !== row), near?.uid);
        this.offer(`Đã bỏ ${row.document_type} ${row.reference}.`, () => {
          this.change([...this.rows.slice(0, at), row, ...this.rows.slice(at)], row.uid);
        });
      } else if (name === "file") this.file(row);
      else this.move(at, at + (name === "up" ? -1 : 1));
    }

    move(at, to) {
      if (to < 0 || to >= this.rows.length) return;
      const rows = [...this.rows];
      const [row] = rows.splice(at, 1);
      rows.splice(to, 0, row);
      const field = document.activeElement?.dataset?.field;
      this.change(rows, field ? null : row.uid);
      if (field) this.nodes.get(row.uid).querySelector(`[data-field="${field}"]`)?.focus();
    }

    dragged(uid, to) {
      const at = this.rows.findIndex((row) => row.uid === uid);
      this.move(at, to > at ? to - 1 : to);
    }

    // By rank in law, then by date; those cited in passing stay below in their order.
    arrange() {
      const before = this.rows.map((row) => row.uid);
      const key = (row) => [row.role === "cited" ? 1 : 0, this.known[row.uid]?.rank ?? 999, this.known[row.uid]?.on || "9999"];
      const sorted = this.rows.map((row, at) => ({ row, at, key: key(row) })).sort((one, other) => {
        if (one.key[0] !== other.key[0] || one.key[0]) return one.key[0] - other.key[0] || one.at - other.at;
        return one.key[1] - other.key[1] || one.key[2].localeCompare(other.key[2]) || one.at - other.at;
      }).map(({ row }) => row);
      if (sorted.every((row, at) => row.uid === before[at])) {
        soan.told("Các văn bản đã theo đúng thứ bậc.");
        return;
      }
      this.change(sorted);
      this.offer("Đã sắp theo thứ bậc, rồi theo ngày.", () => {
        this.change([...this.rows].sort((one, other) => before.indexOf(one.uid) - before.indexOf(other.uid)));
      });
    }

    // What was done, with a way back that touches nothing else.
    offer(text, back) {
      soan.told(text, [["Hoàn tác", (one) => { one.remove(); back(); }]]);
    }

    // What the server knows: the printed words, the rank, the register's entry and its end.
    look() {
      window.clearTimeout(this.looking);
      this.looking = window.setTimeout(async () => {
        const answer = await soan.ask(this.facts.urls.look, { rows: this.rows }, true);
        if (!answer) return;
        this.known = answer.rows;
        this.fillAll();
      }, 250);
    }

    async file(row) {
      const entry = await soan.ask(this.facts.urls.file, row);
      if (!entry) return null;
      const linked = (one) => (one.uid === row.uid
        ? { ...one, registered: entry.registered, document: one.document ?? entry.document } : one);
      this.change(this.rows.map(linked));
      soan.told(`Đã ghi ${entry.label} vào sổ.`);
      return entry;
    }

    async fileAll() {
      const left = this.rows.filter((row) => this.isUnfiled(row));
      let count = 0;
      for (const row of left) {
        if (await this.file(row)) count += 1;
      }
      if (count) soan.told(`Đã ghi ${count} văn bản vào sổ.`);
    }

    // --- adding

    adding() {
      this.field = this.element.querySelector("[data-add]");
      this.role = this.element.querySelector("[data-add-role]");
      soan.complete(this.field, (text) => this.found(text), {
        onPick: (option) => this.add([option.row]),
      });
      this.field.addEventListener("keydown", (event) => {
        if (soan.isComposing(event)) return;
        if (event.key === "Escape") this.isFree = true; // none of those that were offered
        if (event.key !== "Enter") return;
        event.preventDefault();
        if (this.field.value.trim()) this.enter(this.field.value.trim());
      });
      this.field.addEventListener("input", () => { this.isFree = false; });
      this.field.addEventListener("paste", (event) => {
        const text = event.clipboardData?.getData("text/plain") ?? "";
        if (!/\S\s*\n\s*\S/.test(text)) return;
        event.preventDefault();
        this.read(text);
      });
    }

    // Enter before the list is there takes its first; a whole line is read.
    async enter(text) {
      const isNumber = !this.isFree && /^\S*\d\S*$/.test(text);
      const [first] = isNumber ? await this.found(text) : [];
      if (first) this.add([first.row]);
      else this.read(text);
    }

    async found(text) {
      const address = `${this.facts.urls.search}?q=${encodeURIComponent(text)}`;
      let documents = [];
      try {
        const response = await fetch(address, { redirect: "manual", credentials: "same-origin" });
        if (response.ok) documents = (await response.json()).documents;
      } catch { /* out of reach: the plans of the page are still found */ }
      const listed = new Set(documents.map((one) => one.document).filter(Boolean));
      const options = documents.map(({ label, hint, ended, ...row }) => ({
        value: row.registered, label, row,
        hint: [ended, [row.dated && `ngày ${row.dated}`, row.issuer].filter(Boolean).join(", "), hint].filter(Boolean).join(" · "),
      }));
      const plans = soan.fitting(text, this.facts.plans).filter((plan) => !listed.has(plan.value));
      return [...options, ...plans].slice(0, 12);
    }

    async read(text) {
      const answer = await soan.ask(this.facts.urls.read, { text });
      if (!answer) return;
      if (answer.rows.length) this.add(answer.rows, true);
      else this.add([this.bare(text)], false, true);
    }

    // Not a citation: its words are kept, and the fields opened.
    bare(text) {
      const words = text.replace(/\s+/g, " ").trim();
      const isNumber = /^\S*\d\S*$/.test(words);
      return { document_type: "", reference: isNumber ? words : "", abstract: isNumber ? "" : words };
    }

    add(found, isRead = false, isOpen = false) {
      const added = found.map((row) => ({
        uid: soan.uid(),
        role: isRead && row.role !== "cited" ? row.role : this.role.value,
        ...Object.fromEntries(NAMES.map((name) => [name, row[name] ?? ""])),
        document: row.document ?? null,
        registered: row.registered ?? null,
      }));
      if (isOpen) this.open.add(added[0].uid);
      const twice = added.find((row) => row.registered
        && this.rows.some((one) => one.registered === row.registered));
      // The căn cứ stand before the documents that are cited in passing.
      const isCited = added.every((row) => row.role === "cited");
      const firstCited = this.rows.findIndex((row) => row.role === "cited");
      const to = isCited || firstCited < 0 ? this.rows.length : firstCited;
      this.field.value = "";
      this.change([...this.rows.slice(0, to), ...added, ...this.rows.slice(to)]);
      const node = this.nodes.get(added[0].uid);
      node.scrollIntoView({ block: "nearest" });
      if (isOpen) node.querySelector("[data-field=document_type]").focus();
      else this.field.focus();
      if (twice) soan.told(`${twice.document_type} ${twice.reference} đã có trong danh sách.`);
      if (added.length > 1) {
        const uids = added.map((row) => row.uid);
        this.offer(`Đã thêm ${added.length} văn bản từ nội dung dán.`, () => {
          this.change(this.rows.filter((row) => !uids.includes(row.uid)));
        });
      }
    }
  }

  // Dragging a row by its grip, before or after the row under the mouse.
  soan.RowDrag = class {
    constructor(list, drop) {
      Object.assign(this, { list, drop, uid: null, isAfter: false });
      list.addEventListener("dragstart", (event) => this.start(event));
      list.addEventListener("dragover", (event) => this.over(event));
      list.addEventListener("drop", (event) => this.end(event));
      list.addEventListener("dragend", () => this.clear());
    }

    start(event) {
      const row = event.target.closest?.(".outline-grip")?.closest("[data-uid]");
      if (!row) return;
      this.uid = row.dataset.uid;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.setDragImage(row, 10, 10);
    }

    over(event) {
      const row = event.target.closest?.("[data-uid]");
      if (!this.uid || !row) return;
      event.preventDefault();
      const box = row.getBoundingClientRect();
      this.isAfter = event.clientY > box.top + box.height / 2;
      this.unmark();
      row.classList.add(this.isAfter ? "is-over-after" : "is-over-before");
    }

    end(event) {
      const row = event.target.closest?.("[data-uid]");
      if (!this.uid || !row) return;
      event.preventDefault();
      const to = [...this.list.children].indexOf(row) + (this.isAfter ? 1 : 0);
      const uid = this.uid;
      this.clear();
      this.drop(uid, to);
    }

    unmark() {
      this.list.querySelectorAll(".is-over-before, .is-over-after").forEach((one) => {
        one.classList.remove("is-over-before", "is-over-after");
      });
    }

    clear() {
      this.uid = null;
      this.unmark();
    }
  };

  document.querySelectorAll("[data-section=bases]").forEach((element) => new Bases(element));
})();
