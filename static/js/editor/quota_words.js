/* Quotas in words: due days, sums, who has which periods. As plans.quotas and plans.periods reckon. */
"use strict";

window.soan = window.soan || {};

(() => {
  const two = (number) => String(number).padStart(2, "0");
  const shown = (day) => `${two(day.getUTCDate())}/${two(day.getUTCMonth() + 1)}/${day.getUTCFullYear()}`;
  const read = (iso) => new Date(`${iso}T00:00:00Z`);

  // "20/3/2024", "20-3-2024" or, in the plan's year, "20/3" as dd/mm/yyyy; null for what is no day.
  const asDay = (text, year) => {
    const found = String(text).trim().match(/^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$/);
    if (!found) return null;
    const [day, month, of] = [Number(found[1]), Number(found[2]), Number(found[3] ?? year)];
    const made = new Date(Date.UTC(of, month - 1, day));
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? shown(made) : null;
  };

  const dayOfMonth = (period, day, later) => {
    if (!(day >= 1 && day <= 31)) return null;
    const end = read(period.end);
    const month = end.getUTCMonth() + later;
    const last = new Date(Date.UTC(end.getUTCFullYear(), month + 1, 0)).getUTCDate();
    return shown(new Date(Date.UTC(end.getUTCFullYear(), month, Math.min(day, last))));
  };

  // The due day of a period as dd/mm/yyyy; null when the rule gives it none.
  const dueOn = (quota, period) => {
    if (quota.due_kind === "fixed") return quota.due_dates[period.code] || null;
    if (quota.due_kind === "day_of_month") {
      return quota.per === "week" ? null : dayOfMonth(period, quota.due_day, quota.due_month_offset || 0);
    }
    return shown(read(period.end));
  };

  // "20/3, 20/6, 20/9, 20/12/2024": the year once, where it ends.
  const listed = (days) => days.map((day, at) => {
    const [date, month, year] = day.split("/");
    const isLast = days[at + 1]?.split("/")[2] !== year;
    return `${Number(date)}/${Number(month)}${isLast ? `/${year}` : ""}`;
  }).join(", ");

  const dueWords = (quota, periods) => {
    const days = periods.map((period) => dueOn(quota, period));
    const known = days.filter(Boolean);
    const missing = periods.filter((_, at) => !days[at]).map(({ short }) => short);
    const month = quota.due_month_offset ? "của tháng sau kỳ"
      : quota.per === "month" ? "hằng tháng" : "của tháng cuối kỳ";
    const rule = {
      period_end: "ngày cuối kỳ",
      day_of_month: `ngày ${quota.due_day || "…"} ${month}`,
      fixed: "ngày ghi trong kế hoạch",
    }[quota.due_kind];
    const list = known.length > 12 ? `${listed(known.slice(0, 3))}, … ${listed(known.slice(-1))}` : listed(known);
    const holes = missing.length ? `; chưa có hạn: ${missing.join(", ")}` : "";
    return `${rule}${list ? ` (${list})` : ""}${holes}`;
  };

  // "Văn phòng: T1–T3; Thanh tra: T4": runs of periods in a row.
  const turnWords = (turns, periods, name) => {
    const runs = [];
    for (const period of periods) {
      const unit = turns[period.code];
      const last = runs.at(-1);
      if (last && last.unit === unit) last.periods.push(period);
      else runs.push({ unit, periods: [period] });
    }
    const spans = new Map();
    for (const { unit, periods: run } of runs.filter((one) => one.unit)) {
      const span = run.length > 1 ? `${run[0].short}–${run.at(-1).short}` : run[0].short;
      spans.set(unit, [...(spans.get(unit) ?? []), span]);
    }
    return [...spans].map(([unit, list]) => `${name(unit)}: ${list.join(", ")}`).join("; ");
  };

  const amount = (quota) => (quota.maximum
    ? `từ ${quota.minimum} đến ${quota.maximum}` : `ít nhất ${quota.minimum || "…"}`);

  // "Kế hoạch này giao 20 đầu việc: 8 theo quý, 12 theo tháng."
  const owedWords = (quotas, periodsOf, kinds) => {
    const counts = [...new Set(quotas.map(({ per }) => per))].map((value) => ({
      label: kinds.find((kind) => kind.value === value)?.label ?? value,
      count: quotas.filter(({ per }) => per === value).length * periodsOf(value).length,
    })).filter(({ count }) => count);
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    if (!total) return "Kế hoạch này chưa giao đầu việc nào theo kỳ.";
    const parts = counts.map(({ label, count }) => `${count} theo ${label}`);
    return `Kế hoạch này giao ${total} đầu việc: ${parts.join(", ")}.`;
  };

  // Turns for the periods of another kind: a quarter stands for its months and months for theirs.
  const carried = (values, before, after) => {
    const found = {};
    for (const period of after) {
      const from = before.find((one) => values[one.code]
        && ((one.start <= period.start && period.end <= one.end)
          || (period.start <= one.start && one.end <= period.end)));
      if (from) found[period.code] = values[from.code];
    }
    return found;
  };

  soan.quotaWords = { asDay, dueOn, dueWords, turnWords, amount, owedWords, carried };
})();
