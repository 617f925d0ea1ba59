/* Two people changed the same: the dialog that asks, the faults of a refused save, plain-text copies. */
"use strict";

window.soan = window.soan || {};

(() => {
  const LABELS = {
    code: "STT", area: "Nhóm nhiệm vụ", title: "Nội dung", products: "Sản phẩm", lead: "Chủ trì",
    coordinating: "Phối hợp", time: "Thời gian", meant: "Thời gian hiểu là",
    explanation: "Giải trình", conditional: "Chỉ khi phát sinh", without_quota: "Không giao định mức",
    label: "Ký hiệu", heading: "Tiêu đề", text: "Nội dung", depth: "Cấp mục",
    operator: "So sánh", value: "Giá trị", measure: "Đơn vị tính", counted: "Đối tượng tính",
    place_in_plan: "Mục", data_source: "Nguồn số liệu", channels: "Kênh", role: "Vai trò",
    document_type: "Loại văn bản", reference: "Số, ký hiệu", dated: "Ngày", issuer: "Cơ quan ban hành",
    abstract: "Trích yếu", kind: "Loại kế hoạch", parent: "Kế hoạch cấp trên", number: "Số",
    symbol: "Ký hiệu", signed: "Ngày ký", place: "Địa danh", opening: "Đoạn mở đầu",
    audiences: "Đối tượng", scopes: "Phạm vi", annex_title: "Tên phụ lục", starts_on: "Từ ngày",
    ends_on: "Đến ngày", derive_by: "Hạn triển khai", count_before_issue: "Tính việc trước ban hành",
    signer_authority: "Quyền hạn", signer_position: "Chức vụ", signer_name: "Họ tên người ký",
    recipients: "Nơi nhận", turns: "Lượt luân phiên", minimum: "Ít nhất", maximum: "Nhiều nhất",
    per: "Mỗi", channel: "Kênh", due_kind: "Cách tính hạn", due_day: "Ngày đến hạn",
    due_dates: "Hạn từng kỳ", default_unit: "Đơn vị mặc định", counts_when: "Tính khi",
  };
  const HIDDEN = new Set(["uid", "source", "document", "registered"]);
  soan.LABELS = LABELS;

  const say = (value) => {
    if (value === true) return "có";
    if (value === false) return "không";
    if (Array.isArray(value)) return value.map(say).join("\n");
    if (value && typeof value === "object") return sayRow(value);
    return String(value ?? "");
  };
  const sayRow = (row) => Object.entries(row)
    .filter(([key, value]) => !HIDDEN.has(key) && say(value) !== "")
    .map(([key, value]) => `${LABELS[key] ?? key}: ${say(value)}`).join("\n");
  const nameRow = (row) => [row.code || row.label, row.title || row.heading || row.text || row.counted
    || row.reference || row.abstract].filter(Boolean).join(" ").slice(0, 90);

  soan.download = (value, name) => {
    const text = Array.isArray(value) ? value.map(say).join("\n\n") : say(value);
    const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain" }));
    soan.node("a", { href: address, download: `${name}.txt` }).click();
    window.setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  // Where a collision is: the row's name and the field's.
  const placeOf = ({ path, base, mine, theirs }, rows, describe = nameRow) => {
    const step = path.find((one) => one.uid);
    const row = step && (rows.find((one) => one.uid === step.uid) ?? mine ?? base ?? theirs);
    const fields = path.filter((one) => typeof one === "string").map((key) => LABELS[key] ?? key);
    return [row && (describe(row) || "Dòng chưa ghi nội dung"), fields.join(", ")].filter(Boolean).join(" – ");
  };

  const side = (legend, value, name, kind, isChecked) => soan.node("label", { class: "conflict-side" },
    soan.node("span", { class: "conflict-who" },
      soan.node("input", { type: "radio", class: "form-check-input", name, value: kind, checked: isChecked }), legend),
    soan.node("span", { class: "conflict-text" }, value === undefined ? "(đã xóa)" : say(value) || "(để trống)"));

  const comparison = (theirs, merge, rows, describe) => soan.node("div", { class: "conflict-rows" },
    soan.node("p", {}, merge.taken
      ? `Các thay đổi khác của ${theirs.saved_by} (${merge.taken} chỗ) được gộp sẵn. Chọn từng chỗ hai người cùng sửa:`
      : "Chọn từng chỗ hai người cùng sửa; các thay đổi khác của cả hai đều được giữ:"),
    ...merge.collisions.map((collision, at) => soan.node("fieldset", { class: "conflict-row" },
      soan.node("legend", {}, placeOf(collision, rows, describe)),
      side("Của tôi", collision.mine, `conflict-${at}`, "mine", true),
      side(`Của ${theirs.saved_by}`, collision.theirs, `conflict-${at}`, "theirs", false))));

  // Resolves to {choice, value}, or to null when the dialog is closed without a choice.
  soan.askConflict = ({ theirs, merge, mine, describe }) => new Promise((resolve) => {
    const rows = Array.isArray(merge.value) ? merge.value : [];
    const dialog = soan.node("dialog", { class: "soan-dialog", "aria-labelledby": "conflict-title" });
    const done = (answer) => {
      dialog.close(); // gives the focus back
      dialog.remove();
      resolve(answer);
    };
    const picked = () => new Map(merge.collisions.map((collision, at) => [
      collision, dialog.querySelector(`input[name="conflict-${at}"]:checked`)?.value ?? "mine",
    ]));
    const button = (label, kind, act) => soan.node(
      "button", { type: "button", class: `btn btn-${kind}`, onclick: act }, label);
    const detail = comparison(theirs, merge, rows, describe);
    detail.hidden = true;
    const mixed = button("Lưu bản đã chọn", "primary", () => done({
      choice: "mixed", value: soan.resolve(merge.value, merge.collisions, picked()),
    }));
    mixed.hidden = true;
    const both = button("Xem hai bản", "outline-secondary", () => {
      detail.hidden = mixed.hidden = false;
      both.hidden = true;
      detail.querySelector("input")?.focus();
    });
    const count = merge.collisions.length;
    dialog.append(
      soan.node("h2", { id: "conflict-title" }, "Hai người cùng sửa phần này"),
      soan.node("p", {}, `${theirs.saved_by} đã lưu lúc ${theirs.saved_at}. Có ${count} chỗ cả hai cùng sửa mà khác nhau. Không bản nào bị mất: bản không chọn vẫn tải về được.`),
      detail,
      soan.node("div", { class: "soan-dialog-buttons" },
        mixed,
        button("Giữ bản của tôi", "primary", () => done({ choice: "mine", value: mine })),
        button(`Lấy bản của ${theirs.saved_by}`, "outline-secondary", () => done({ choice: "theirs", value: theirs.value })),
        both),
      soan.node("div", { class: "soan-dialog-buttons" },
        button(`Tải bản của ${theirs.saved_by} (txt)`, "link", () => soan.download(theirs.value, "ban-cua-nguoi-khac")),
        button("Tải bản của tôi (txt)", "link", () => soan.download(mine, "ban-cua-toi"))));
    dialog.addEventListener("cancel", () => done(null));
    document.body.append(dialog);
    dialog.showModal();
  });

  // The faults of a refused save: a list on top whose entries lead to the cells.
  soan.listFaults = (element, faults, reveal = (fault) => soan.fieldOf(element, fault)?.focus()) => {
    element.querySelector(":scope > .soan-faults")?.remove();
    element.querySelectorAll("[aria-invalid=true][data-faulty]").forEach((field) => {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("data-faulty");
      field.classList.remove("is-invalid");
    });
    if (!faults.length) return;
    const list = soan.node("ul", {}, ...faults.map((fault) => {
      const field = soan.fieldOf(element, fault);
      if (field) {
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("data-faulty", "");
        field.classList.add("is-invalid");
      }
      const where = [fault.row ? `Dòng ${fault.row}` : "", fault.label].filter(Boolean).join(", ");
      const value = fault.value ? ` “${String(fault.value).slice(0, 60)}”` : "";
      const accepted = fault.accepted ? ` Ghi ${fault.accepted}.` : "";
      return soan.node("li", {}, soan.node("button", {
        type: "button", class: "btn btn-link p-0 text-start",
        onclick: () => reveal(fault),
      }, `${where}${value}: ${fault.problem}${accepted}`));
    }));
    element.prepend(soan.node("div", { class: "alert alert-danger soan-faults" },
      soan.node("strong", {}, `${faults.length} chỗ cần sửa trước khi lưu được`), list));
  };
  soan.fieldOf = (element, { uid, field }) => {
    const row = uid ? element.querySelector(`[data-uid="${CSS.escape(uid)}"]`) : element;
    return row?.querySelector(`[data-field="${CSS.escape(field ?? "")}"], [name="${CSS.escape(field ?? "")}"]`)
      ?? (uid ? row : null);
  };
})();
