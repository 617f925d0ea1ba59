/* Questions of a page of the editor to the server, beside saving. */
"use strict";

window.soan = window.soan || {};

// Posts JSON and answers with JSON; null when that failed, and the reason is told unless `isQuiet`.
soan.ask = async (address, data, isQuiet = false) => {
  let reason = "Chưa thực hiện được: mất kết nối hoặc phiên đăng nhập đã hết hạn. Hãy thử lại sau.";
  try {
    const response = await fetch(address, {
      method: "POST", body: JSON.stringify(data), redirect: "manual", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": soan.csrf(), Accept: "application/json" },
    });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    const body = isJson ? await response.json() : null;
    if (response.ok) return body;
    reason = body?.reason ?? reason;
  } catch { /* out of reach */ }
  if (!isQuiet) soan.told(reason);
  return null;
};
