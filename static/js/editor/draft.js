/* Sections of a draft that save themselves.

   const handle = soan.section(element, {
     read: () => value,              // the section as it stands on the page
     apply: (value, notes) => void,  // show this value instead; keep the focus where it is
     note: (notes, labels) => void,  // what the server says about the rows: {uid: {field: {text, tone, choices}}}
     faults: (faults) => void,       // optional: mark the cells of a refused save ([] when none)
     reveal: (fault) => void,        // optional: lead to a fault's cell; else [data-uid] [data-field|name] gets the focus
     isPending: (fault) => bool,     // optional: its row is still being written; handle.settle() when it is left
     describe: (row) => text,        // optional: what a row is called in the conflict dialog
   });
   handle.changed() after every edit; handle.save() to save at once.

   element: data-section data-save-url data-version data-user data-value (id of the json_script). */
"use strict";

window.soan = window.soan || {};

(() => {
  const PAUSE = 700; // ms after the last change
  const SHORTEST = 300; // ms between two copies on this machine
  const LONGEST = 30000; // ms between two attempts while the server is out of reach
  const KEEPALIVE = 60000; // bytes that a browser still sends for a closed page

  let token = "";
  const csrf = () => {
    token ||= JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
    return token;
  };
  soan.csrf = csrf;

  class Section {
    constructor(element, callbacks) {
      this.element = element;
      this.callbacks = callbacks;
      this.version = Number(element.dataset.version);
      this.base = soan.initial(element);
      this.backup = new soan.Backup(element);
      this.timer = this.keeper = 0;
      this.attempts = 0;
      this.pause = SHORTEST;
      this.isSaving = this.isWaiting = this.isHeld = false;
      this.listen();
      this.offer();
    }

    listen() {
      this.element.addEventListener("focusout", (event) => {
        if (!this.element.contains(event.relatedTarget)) this.soon(50);
      });
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") this.leave();
      });
      window.addEventListener("pagehide", () => this.leave());
      window.addEventListener("beforeunload", (event) => { if (this.mustAsk()) event.preventDefault(); });
      window.addEventListener("online", () => this.retry());
      window.addEventListener("focus", () => { if (this.isExpired) this.reenter(); });
    }

    changed() {
      this.hasChanged = true;
      if (!this.isHeld && !this.isSaving) this.tell("unsaved", "Chưa lưu");
      this.keeper ||= window.setTimeout(() => this.keep(), this.pause);
      if (!this.isWaiting && !this.isHeld) this.soon(PAUSE);
    }

    soon(pause) {
      if (!this.hasChanged || this.isHeld || this.isWaiting) return;
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.save(), pause);
    }

    // A long section is written to the machine's store less often: it must not hold up the typing.
    keep() {
      window.clearTimeout(this.keeper);
      this.keeper = 0;
      const start = performance.now();
      const value = this.callbacks.read();
      if (soan.same(value, this.base)) this.backup.drop();
      else this.isKept = this.backup.keep(value, this.base, this.version);
      this.pause = Math.max(SHORTEST, 40 * (performance.now() - start));
    }

    leave() {
      if (!this.hasChanged) return;
      this.keep();
      if (!this.isHeld) this.save();
    }

    // What the browser still sends for a page that is left needs no question.
    mustAsk() {
      if (!this.hasChanged && !this.isSaving) return false;
      const value = this.callbacks.read();
      if (!this.isSaving && soan.same(value, this.base)) return false;
      const isStuck = this.isHeld || this.isWaiting || this.hasFaults || this.isUnfinished;
      const isLate = this.isSaving && this.hasChanged;
      return isStuck || isLate || JSON.stringify(value).length * 3 > KEEPALIVE;
    }

    async save() {
      window.clearTimeout(this.timer);
      if (this.isSaving) {
        this.isAgain = true;
        return;
      }
      const value = this.callbacks.read();
      if (soan.same(value, this.base)) {
        this.clean();
        return;
      }
      this.isSaving = true;
      this.hasChanged = false;
      this.tell("saving", "Đang lưu…");
      const answer = await send(this.element.dataset.saveUrl, { version: this.version, value });
      this.isSaving = false;
      await this.take(answer, value);
      if (this.isAgain) {
        this.isAgain = false;
        this.soon(50);
      }
    }

    async take({ status, body }, value) {
      if (status === 200) return this.saved(body, value);
      this.hasChanged = true;
      this.keep();
      if (status === 409) return this.collide(body);
      if (status === 400 && body.faults) return this.refuse(body.faults);
      if (status === "signed-out") return this.expire();
      if (status === 403) return this.forbid(body);
      return this.wait(status);
    }

    saved(body, value) {
      this.attempts = 0;
      this.base = value;
      this.version = body.version;
      this.isExpired = false;
      soan.unbanner("expired");
      this.showFaults([]);
      this.callbacks.note?.(body.notes ?? {}, body.labels ?? {});
      if (this.hasChanged) {
        this.keep();
        this.tell("unsaved", "Chưa lưu");
        this.soon(PAUSE);
      } else {
        this.clean(`Đã lưu lúc ${body.saved_at}`);
      }
    }

    clean(text = "Đã lưu") {
      this.hasChanged = false;
      this.backup.drop();
      this.showFaults([]);
      this.tell("saved", text);
    }

    // Somebody else saved since: what only one side changed is merged, the rest is asked.
    collide(theirs) {
      const mine = this.callbacks.read();
      const merge = soan.merge(this.base, mine, theirs.value);
      if (merge.collisions.length) {
        this.isHeld = true;
        const who = `${theirs.saved_by} đã lưu lúc ${theirs.saved_at}`;
        this.tell("problem", `Chưa lưu được: ${who}, khác với bản của bạn.`);
        soan.banner(this.name("conflict"), "warning",
          `${who}; bạn cũng đang sửa phần này.`, [["Chọn bản", () => this.ask(theirs, merge, mine)]]);
        this.ask(theirs, merge, mine);
        return;
      }
      this.adopt(merge.value, theirs);
      soan.told(`Đã gộp thay đổi của ${theirs.saved_by} (${theirs.saved_at}).`);
    }

    ask(theirs, merge, mine) {
      soan.askConflict({ theirs, merge, mine, describe: this.callbacks.describe }).then((answer) => {
        if (answer === null) return;
        soan.unbanner(this.name("conflict"));
        this.isHeld = false;
        if (answer.choice === "theirs") this.keepMine(mine, theirs);
        else this.offerTheirs(theirs);
        this.adopt(answer.value, theirs);
      });
    }

    offerTheirs(theirs) {
      soan.told(`Đã giữ bản của bạn. Bản của ${theirs.saved_by} (${theirs.saved_at}) vẫn tải về được.`, [
        ["Tải về (txt)", () => soan.download(theirs.value, "ban-cua-nguoi-khac")],
      ]);
    }

    keepMine(mine, theirs) {
      const [base, version] = [theirs.value, theirs.version];
      const key = this.backup.keepApart(mine, base, version);
      soan.told(`Đã lấy bản của ${theirs.saved_by}. Bản của bạn được giữ trên máy này.`, [
        ["Khôi phục bản của tôi", (banner) => {
          banner.remove();
          this.callbacks.apply(mine, {});
          this.changed();
          if (key) this.backup.drop(key);
        }],
      ]);
    }

    // Go on from their version with a value that has both.
    adopt(value, theirs) {
      this.base = theirs.value;
      this.version = theirs.version;
      this.callbacks.apply(value, theirs.notes ?? {});
      this.hasChanged = true;
      this.keep();
      this.save();
    }

    refuse(faults) {
      const isPending = this.callbacks.isPending;
      this.isUnfinished = Boolean(isPending) && faults.every(isPending);
      if (this.isUnfinished) {
        this.showFaults([]);
        this.tell("unsaved", `Chưa lưu: đang viết dở dòng ${faults[0].row}`);
        return;
      }
      this.showFaults(faults);
      this.tell("problem", `Chưa lưu được: ${faults.length} chỗ ghi chưa đúng. ${this.kept()}`);
    }

    // The row that was being written is left: what it lacks may be said now.
    settle() {
      if (this.isUnfinished) this.soon(0);
      this.isUnfinished = false;
    }

    showFaults(faults) {
      if (!faults.length && !this.hasFaults) return;
      this.hasFaults = faults.length > 0;
      soan.listFaults(this.element, faults, this.callbacks.reveal);
      this.callbacks.faults?.(faults);
    }

    forbid(body) {
      this.isHeld = true;
      const why = body?.reason ?? "Bạn không còn được sửa phần này.";
      this.tell("problem", `Chưa lưu được: ${why} ${this.kept()}`);
      soan.banner(this.name("forbidden"), "danger", `${why} ${this.kept()}`, [
        ["Tải bản của tôi (txt)", () => soan.download(this.callbacks.read(), "ban-cua-toi")],
        ["Thử lưu lại", () => { soan.unbanner(this.name("forbidden")); this.isHeld = false; this.save(); }],
      ]);
    }

    wait(status) {
      const why = status === "offline" ? "mất kết nối" : `máy chủ gặp lỗi (${status})`;
      this.tell("problem", `Chưa lưu được: ${why}; ${this.kept().toLowerCase()}`);
      this.isWaiting = true;
      this.attempts += 1;
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.retry(), Math.min(LONGEST, 1000 * 2 ** this.attempts));
    }

    retry() {
      if (!this.isWaiting) return;
      this.isWaiting = false;
      this.save();
    }

    expire() {
      this.isExpired = this.isWaiting = true;
      this.tell("problem", `Chưa lưu được: phiên đăng nhập đã hết hạn; ${this.kept().toLowerCase()}`);
      soan.banner("expired", "warning",
        "Phiên đăng nhập đã hết hạn. Cứ viết tiếp: nội dung được giữ trên máy này và tự lưu sau khi đăng nhập lại.",
        [["Đăng nhập lại", () => window.open("/", "_blank")]]);
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.reenter(), 5000);
    }

    // After a new log-in the page's token is another one; somebody else's log-in saves nothing.
    async reenter() {
      const found = await freshPage(this.element);
      if (found === "other") {
        soan.banner("expired", "danger",
          `Trình duyệt đang đăng nhập bằng tài khoản khác. ${this.kept()} Hãy đăng nhập lại bằng tài khoản của bạn.`,
          [["Thử lại", () => this.reenter()]]);
      } else if (found === "same") {
        this.isExpired = this.isWaiting = false;
        soan.unbanner("expired");
        this.save();
      } else if (this.isExpired) {
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.reenter(), 5000);
      }
    }

    // A copy that an earlier window left behind.
    offer() {
      const [left] = this.backup.left().filter(({ key, value }) => {
        if (!soan.same(value, this.base)) return true;
        this.backup.drop(key);
        return false;
      });
      if (!left) return;
      const at = new Date(left.at).toLocaleString("vi-VN", {
        hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric",
      });
      soan.banner(this.name("left"), "warning", `Có nội dung chưa lưu từ ${at} trên máy này.`, [
        ["Khôi phục", (banner) => { banner.remove(); this.restore(left); }],
        ["Tải về (txt)", () => soan.download(left.value, "ban-chua-luu")],
        ["Bỏ", (banner) => { banner.remove(); this.backup.drop(left.key); }],
      ]);
    }

    restore(left) {
      const now = this.callbacks.read();
      const merged = left.base ? soan.merge(left.base, left.value, now) : { value: left.value };
      if (merged.collisions?.length) this.backup.keepApart(now, this.base, this.version);
      this.callbacks.apply(merged.value, {});
      this.changed();
      this.keep();
      this.backup.drop(left.key);
    }

    tell(state, text) {
      soan.status(this, state, text);
    }

    kept() {
      return this.isKept === false
        ? "Máy này không giữ được nội dung: đừng đóng trang."
        : "Nội dung được giữ trên máy này.";
    }

    name(what) {
      return `${what}-${this.element.dataset.section}`;
    }
  }

  const send = async (address, data, isSecond = false) => {
    const body = JSON.stringify(data);
    try {
      const response = await fetch(address, {
        method: "POST", body, redirect: "manual", credentials: "same-origin",
        keepalive: body.length * 3 < KEEPALIVE, // a sign of Vietnamese is up to three bytes
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf(), Accept: "application/json" },
      });
      if (response.type === "opaqueredirect") return { status: "signed-out" };
      const isJson = response.headers.get("Content-Type")?.includes("json");
      if (response.status === 403 && !isJson && !isSecond) {
        // The page's token is older than the log-in.
        const page = await freshPage(document.querySelector("[data-user]"));
        return page === "same" ? send(address, data, true) : { status: "signed-out" };
      }
      return { status: response.status, body: isJson ? await response.json() : null };
    } catch {
      return { status: "offline" };
    }
  };

  // Reads the token of the page as it is now: "same" person, "other" person, or "none".
  const freshPage = async (element) => {
    try {
      const response = await fetch(location.href, { redirect: "manual", credentials: "same-origin" });
      if (!response.ok) return "none";
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const user = page.querySelector("[data-user]")?.dataset.user;
      if (user !== element.dataset.user) return "other";
      token = JSON.parse(page.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? token;
      return "same";
    } catch {
      return "none";
    }
  };

  soan.section = (element, callbacks) => {
    const section = new Section(element, callbacks);
    return {
      changed: () => section.changed(),
      save: () => section.save(),
      settle: () => section.settle(),
      get version() { return section.version; },
    };
  };
})();
