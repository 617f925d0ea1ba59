/* Which key does what in a grid; the help dialog is made of the same table. */
"use strict";

window.soan = window.soan || {};

(() => {
  const KEYS = [
    ["Tab / Shift+Tab", "Sang ô sau, về ô trước; ở ô cuối cùng, Tab thêm một dòng"],
    ["Enter / Shift+Enter", "Xuống dòng dưới (ở dòng cuối: thêm một dòng) / xuống hàng trong ô (cả Alt+Enter)"],
    ["↑ ↓ ← →", "Đi trong ô; ở mép chữ thì sang ô bên cạnh. F2: vào cuối chữ của ô"],
    ["Ctrl+Enter", "Thêm dòng bên dưới"],
    ["Ctrl+D", "Nhân đôi dòng"],
    ["Alt+↑ / Alt+↓", "Chuyển dòng (cùng các dòng con) lên, xuống; cũng kéo được bằng tay nắm ⠿"],
    ["Alt+→ / Alt+←", "Lùi vào thành dòng con (4 → 4.1 → 4.1.a) / đưa ra ngoài"],
    ["Ctrl+Shift+↑ / ↓", "Chọn thêm dòng; bấm tay nắm ⠿, Shift+bấm để chọn bằng chuột"],
    ["Ctrl+G", "Đặt nhóm nhiệm vụ phía trên các dòng đang chọn"],
    ["Ctrl+Delete", "Xóa các dòng đang chọn"],
    ["Ctrl+Z / Ctrl+Y", "Hoàn tác / làm lại, trên toàn bảng"],
    ["Alt+1 … Alt+9", "Chọn một gợi ý dưới ô thời gian hoặc ô đơn vị"],
    ["Ctrl+V", "Dán bảng từ Excel, Word: điền từ ô đang đứng, tự thêm dòng"],
    ["Esc", "Trả lại chữ cũ của ô; bấm lần nữa để ra khỏi bảng"],
  ];

  soan.showKeys = () => {
    const dialog = soan.node("dialog", { class: "soan-dialog", "aria-labelledby": "keys-title" },
      soan.node("h2", { id: "keys-title" }, "Phím tắt của bảng"),
      soan.node("dl", { class: "record keys" }, ...KEYS.flatMap(
        ([key, text]) => [soan.node("dt", {}, key), soan.node("dd", {}, text)])),
      soan.node("div", { class: "soan-dialog-buttons" }, soan.node(
        "button", { type: "button", class: "btn btn-primary", onclick: () => dialog.close() }, "Đóng")));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  const plain = {
    Tab: (grid) => grid.next(1),
    "Shift+Tab": (grid) => grid.next(-1),
    Enter: (grid) => grid.below(),
    "Shift+Enter": (grid) => grid.newLine(),
    "Alt+Enter": (grid) => grid.newLine(),
    "Ctrl+Enter": (grid) => grid.run("insert"),
    "Ctrl+d": (grid) => grid.run("duplicate"),
    "Ctrl+g": (grid) => grid.run("group"),
    "Ctrl+Delete": (grid) => grid.run("remove"),
    "Ctrl+z": (grid) => grid.run("undo"),
    "Ctrl+y": (grid) => grid.run("redo"),
    "Ctrl+Shift+z": (grid) => grid.run("redo"),
    "Alt+ArrowUp": (grid) => grid.run("up"),
    "Alt+ArrowDown": (grid) => grid.run("down"),
    "Alt+ArrowRight": (grid) => grid.run("deeper"),
    "Alt+ArrowLeft": (grid) => grid.run("higher"),
    "Ctrl+Shift+ArrowUp": (grid) => grid.extend(-1),
    "Ctrl+Shift+ArrowDown": (grid) => grid.extend(1),
    Escape: (grid) => grid.escape(),
    F2: (grid) => { grid.editor.put("end"); grid.editor.isFresh = false; },
  };
  const moves = {
    ArrowUp: (grid) => grid.vertical(-1),
    ArrowDown: (grid) => grid.vertical(1),
    ArrowLeft: (grid) => grid.next(-1, "end"),
    ArrowRight: (grid) => grid.next(1, 0, false),
  };

  // Returns false when the key is the browser's own.
  soan.gridKey = (grid, event) => {
    if (!grid.editor.current) return false;
    if (soan.isComposing(event)) return event.key === "Tab" || event.key === "Enter";
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const control = event.ctrlKey || event.metaKey;
    const name = [control && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift", key].filter(Boolean).join("+");
    const choice = /^Alt\+([1-9])$/.exec(name);
    if (choice) return grid.choose(Number(choice[1]) - 1);
    if (moves[name]) {
      grid.unselect();
      return grid.editor.atEdge(key) && moves[name](grid) !== false;
    }
    return Boolean(plain[name]) && plain[name](grid) !== false;
  };
})();
