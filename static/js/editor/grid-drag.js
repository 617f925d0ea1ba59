/* Rows dragged by their handle, with the mouse, a pen or a finger. */
"use strict";

window.soan = window.soan || {};

soan.gridDrag = (grid) => {
  const line = soan.node("div", { class: "gdrop", hidden: true });
  grid.root.append(line);
  let dragged = null; // {uids, start, end, to, y}

  const rowAt = (y) => {
    const rows = grid.view.body.children;
    let [low, high] = [0, rows.length - 1];
    while (low < high) { // by halves: the page is asked about ten rows, not a thousand
      const middle = (low + high) >> 1;
      if (rows[middle].getBoundingClientRect().bottom < y) low = middle + 1;
      else high = middle;
    }
    return rows[low];
  };

  const over = (y) => {
    const row = rowAt(y);
    const box = row.getBoundingClientRect();
    const isBelow = y > box.top + box.height / 2;
    dragged.to = grid.model.index(row.dataset.uid) + (isBelow ? 1 : 0);
    const frame = grid.root.getBoundingClientRect();
    line.hidden = false;
    line.style.top = `${(isBelow ? box.bottom : box.top) - frame.top}px`;
    if (y < 110) window.scrollBy({ top: -14, behavior: "instant" });
    else if (y > window.innerHeight - 40) window.scrollBy({ top: 14, behavior: "instant" });
  };

  const drop = (isMeant) => {
    line.hidden = true;
    grid.root.classList.remove("dragging");
    const { uids, start, end, to, hasMoved } = dragged;
    dragged = null;
    if (isMeant && hasMoved && to !== undefined) grid.drop(uids, start, end, to);
  };

  grid.root.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".gh");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    const { uid } = handle.closest(".gr").dataset;
    if (event.shiftKey) {
      grid.selectTo(uid);
      return;
    }
    const uids = grid.selected.has(uid) ? [...grid.selected] : [uid];
    const [start, end] = grid.model.span(uids);
    dragged = { uids, start, end, y: event.clientY, uid };
    handle.setPointerCapture(event.pointerId);
  });
  grid.root.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    dragged.hasMoved ||= Math.abs(event.clientY - dragged.y) > 4;
    if (!dragged.hasMoved) return;
    grid.root.classList.add("dragging");
    over(event.clientY);
  });
  grid.root.addEventListener("pointerup", () => {
    if (!dragged) return;
    if (!dragged.hasMoved) grid.selectOnly(dragged.uid);
    drop(true);
  });
  grid.root.addEventListener("pointercancel", () => dragged && drop(false));
};
