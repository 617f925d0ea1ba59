/* Small tools of the plan's editor: folding as cchc.lib.text.fold, new uids, elements, keys. */
"use strict";

window.soan = window.soan || {};

// Lower case without diacritics, đ as d, white space squeezed.
soan.fold = (text) => String(text ?? "")
  .normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase()
  .normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");

// The identity of a new row: 16 hexadecimal digits (crypto.randomUUID needs https).
soan.uid = () => Array.from(
  crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0"),
).join("");

// A key that the input method still needs; 229 is what it has taken (Safari says it afterwards).
soan.isComposing = (event) => event.isComposing || event.keyCode === 229;

// soan.node("button", {class: "btn", type: "button"}, "Khôi phục", child, …)
soan.node = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") element.addEventListener("click", value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};

// The initial value of a section's element: data-value names its <script type="application/json">.
soan.initial = (element) => JSON.parse(document.getElementById(element.dataset.value).textContent);

// What two people wrote is the same when only spaces at the ends or the normal form differ.
// Rows that are the same object, and texts that are equal, cost nothing: this runs while one types.
soan.same = (one, other) => {
  if (one === other) return true;
  if (typeof one === "string" && typeof other === "string") return soan.plain(one) === soan.plain(other);
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => soan.same(item, other[at]));
  }
  if (one && other && typeof one === "object" && typeof other === "object") {
    const keys = Object.keys(one);
    return keys.length === Object.keys(other).length
      && keys.every((key) => key in other && soan.same(one[key], other[key]));
  }
  return (one ?? null) === (other ?? null);
};
soan.plain = (text) => text.normalize("NFC").replace(/[^\S\n]+$/gm, "").trim();
