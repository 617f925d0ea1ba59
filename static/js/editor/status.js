/* What the page says about saving: one status line for all its sections, and banners that stay. */
"use strict";

window.soan = window.soan || {};

(() => {
  const RANK = ["saved", "saving", "unsaved", "problem"];
  const told = new Map(); // section → {state, text}

  const line = () => document.querySelector("[data-soan-status]");
  const alarm = () => document.querySelector("[data-soan-alarm]");

  // The worst of all sections stands in the line; only a problem is read out at once.
  soan.status = (section, state, text) => {
    told.set(section, { state, text });
    const worst = [...told.values()].reduce(
      (one, other) => (RANK.indexOf(other.state) > RANK.indexOf(one.state) ? other : one),
    );
    const place = line();
    if (!place) return;
    place.dataset.state = worst.state;
    place.textContent = worst.text;
    const spoken = worst.state === "problem" ? worst.text : "";
    if (alarm() && alarm().textContent !== spoken) alarm().textContent = spoken;
  };

  // A banner with buttons: soan.banner("expired", "warning", "Phiên …", [["Đăng nhập lại", fn]]).
  soan.banner = (key, tone, text, buttons = []) => {
    soan.unbanner(key);
    const place = document.querySelector("[data-soan-banners]");
    const banner = soan.node("div", { class: `alert alert-${tone} soan-banner`, "data-banner": key },
      soan.node("span", {}, text),
      soan.node("span", { class: "soan-banner-buttons" }, ...buttons.map(
        ([label, act]) => soan.node("button", {
          type: "button", class: "btn btn-sm btn-outline-secondary",
          onclick: () => act(banner),
        }, label),
      )));
    place?.append(banner);
    return banner;
  };
  soan.unbanner = (key) => {
    document.querySelectorAll(`[data-banner="${CSS.escape(key)}"]`).forEach((one) => one.remove());
  };

  // A banner that goes by itself: what was done, with one way back.
  soan.told = (text, buttons = []) => {
    const banner = soan.banner("told", "info", text, [...buttons, ["Đóng", (one) => one.remove()]]);
    window.setTimeout(() => { if (!banner.matches(":focus-within, :hover")) banner.remove(); }, 20000);
  };

  document.querySelector(".editor-tabs .active")?.scrollIntoView({ block: "nearest", inline: "center" });
})();
