/* The clipboard of a grid: tables from Excel and Word in, rows as a table out. */
"use strict";

window.soan = window.soan || {};

(() => {
  const BLOCKS = new Set(["P", "DIV", "LI", "UL", "OL"]);

  // What a cell of copied HTML says: breaks and paragraphs are lines, other white space is one space.
  const textOf = (cell) => {
    let text = "";
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) text += node.data.replace(/[ \t\r\n]+/g, " ");
      else if (node.nodeName === "BR") text += "\n";
      else if (node.nodeType === Node.ELEMENT_NODE && !["STYLE", "SCRIPT"].includes(node.nodeName)) {
        const isBlock = BLOCKS.has(node.nodeName);
        if (isBlock && text && !text.endsWith("\n")) text += "\n";
        node.childNodes.forEach(walk);
        if (isBlock && !text.endsWith("\n")) text += "\n";
      }
    };
    cell.childNodes.forEach(walk);
    return text.replace(/\u00a0/g, " ").replace(/ {2,}/g, " ").replace(/[ \t]*\n[ \t]*/g, "\n").replace(/\n{2,}/g, "\n").trim().normalize("NFC");
  };

  // Merged cells keep their text in the first place; one across the whole table makes a group.
  const fromHtml = (html) => {
    // Without its styles, which the page's content security policy would complain about.
    const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, "");
    const table = new DOMParser().parseFromString(bare, "text/html").querySelector("table");
    if (!table) return null;
    const lines = [];
    const taken = []; // column → rows still covered from above
    for (const row of table.rows) {
      const line = [];
      let at = 0;
      const skip = () => { while (taken[at] > 0) { taken[at] -= 1; line[at] = ""; at += 1; } };
      for (const cell of row.cells) {
        skip();
        line[at] = textOf(cell);
        for (let across = 0; across < Math.min(cell.colSpan, 60); across += 1) {
          if (across) line[at + across] = "";
          taken[at + across] = cell.rowSpan - 1;
        }
        line.isAcross ||= cell.colSpan > 2;
        at += cell.colSpan;
      }
      skip();
      lines.push(line);
    }
    return lines;
  };

  // Tab-separated, with quoted cells that hold line breaks, as Excel writes it.
  const fromText = (text) => {
    const lines = [[""]];
    let isQuoted = false;
    const put = (sign) => { const line = lines.at(-1); line[line.length - 1] += sign; };
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      const cell = lines.at(-1).at(-1);
      if (isQuoted) {
        if (sign !== '"') put(sign);
        else if (text[at + 1] === '"') { put('"'); at += 1; } else isQuoted = false;
      } else if (sign === '"' && cell === "") isQuoted = true;
      else if (sign === "\t") lines.at(-1).push("");
      else if (sign === "\n") lines.push([""]);
      else if (sign !== "\r") put(sign);
    }
    if (lines.length > 1 && lines.at(-1).every((cell) => cell === "")) lines.pop();
    return lines.map((line) => line.map((cell) => cell.replace(/\r/g, "").trim().normalize("NFC")));
  };

  // The table in what was copied, or null when it is plain text that belongs into one cell.
  soan.pasted = (data, columns, start) => {
    const html = data.getData("text/html");
    const text = data.getData("text/plain");
    let lines = html && /<table/i.test(html) ? fromHtml(html) : null;
    if (!lines && text.includes("\t")) lines = fromText(text);
    if (!lines) return null;
    lines = lines.filter((line) => line.some((cell) => cell));
    const width = Math.max(...lines.map((line) => line.length), 0);
    if (lines.length * width < 2) return null;
    while (lines.length && isHeading(lines[0], columns)) lines.shift(); // headings of two lines too
    for (const line of lines) {
      const name = groupIn(line, start === "code");
      if (!name) continue;
      line[0] = name;
      line.isGroup = lines.hasGroups = true;
    }
    return lines;
  };

  // The group that a line names: "A. Cải cách thể chế" across the table, or "I" and its name.
  const groupIn = (line, hasNumbers) => {
    const said = line.filter((cell) => cell);
    const isAlone = said.length === 1 && (line.isAcross || (hasNumbers && line[0] && line.length > 3 && !/^\d/.test(line[0])));
    if (isAlone) return said[0].replace(/^(?:[IVX]{1,6}|[A-H])[.)/]\s*/, "").replace(/\n/g, " ");
    const isMarked = hasNumbers && said.length === 2 && line.length > 3 && /^(?:[IVX]{1,6}|[A-H])[.)/]?$/.test(line[0] ?? "");
    return isMarked ? line[1].replace(/\n/g, " ") : "";
  };

  const isHeading = (line, columns) => {
    const names = columns.map((column) => soan.fold(column.label));
    const known = line.filter((cell) => {
      const plain = soan.fold(cell);
      return plain && (plain === "tt" || names.some((name) => name === plain || plain.includes(name)));
    });
    return line.length > 1 && known.length >= Math.max(2, line.filter(Boolean).length - 1);
  };

  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  soan.copied = (data, rows, columns, say) => {
    const table = rows.map((row) => (row.isGroup ? [row.area] : columns.map((column) => say(column, row))));
    const quoted = (cell) => (/[\t\n"]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
    data.setData("text/plain", table.map((line) => line.map(quoted).join("\t")).join("\n"));
    data.setData("text/html", `<table>${table.map((line) => `<tr>${line.map(
      (cell) => `<td${line.length === 1 ? ` colspan="${columns.length}"` : ""}>${escaped(cell).replace(/\n/g, "<br>")}</td>`,
    ).join("")}</tr>`).join("")}</table>`);
  };
})();
