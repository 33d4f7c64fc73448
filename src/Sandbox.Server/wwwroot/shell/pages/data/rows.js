// Rows before and after, with what happened to each and why.
import { api } from "../../api.js";
import { button, element, empty, fill, number, show } from "../../dom.js";
import { difference } from "./difference.js";

const pageSize = 10;
const what = { dropped: "dropped by", changed: "changed by", error: "failed on by" };

export const rows = (runId, step) => {
  const body = element("div", {});
  const title = element("strong", {});
  const all = button("All rows", () => look(null, null));
  const node = element("div", { class: "card", id: "rows" }, element("div", { class: "row" }, title, all), body);
  const name = (position) => step.operators.find((o) => o.position === position)?.name ?? `operator ${position}`;
  const settings = (position) => step.operators.find((o) => o.position === position)?.arguments ?? {};

  const bounds = (position) => Object.entries(settings(position)).filter(([, v]) => typeof v === "number").map(([n, v]) => `${n} ${number(v)}`).join(", ");
  const measured = (found) => Object.entries(found).map(([n, v]) => `${n} ${show(v)}`).join(", ");

  // The trace says what happened in the run; the replay says what was measured and how the text looked in between.
  const story = (row) => {
    const seen = new Map(row.steps.map((s) => [s.position, s]));
    const positions = [...new Set([...row.events.map((e) => e.position), ...row.steps.map((s) => s.position)])].sort((a, b) => a - b);
    let text = row.text ?? "";
    return element("ol", { class: "story" }, positions.map((position) => {
      const event = row.events.find((e) => e.position === position);
      const replayed = seen.get(position);
      const kind = event?.kind ?? (replayed.outcome === "kept" ? "kept" : replayed.outcome);
      const why = [replayed && measured(replayed.measured), (kind === "dropped" || kind === "kept") && bounds(position) && `bounds: ${bounds(position)}`, event?.message,
        kind === "dropped" && !replayed && "a decision over all rows, as of a duplicate", event && replayed && event.kind !== replayed.outcome && "the row or what the operator reads has changed since the run"].filter(Boolean).join(" · ");
      const before = text;
      if (replayed?.outcome === "changed" && replayed.text !== null) text = replayed.text;
      return element("li", { class: kind }, element("span", {}, `${kind} `, element("strong", {}, name(position)), why ? element("span", { class: "muted" }, ` ${why}`) : null),
        before !== text ? difference(before, text) : null);
    }));
  };

  const sample = (row) => {
    const dropped = row.events.find((e) => e.kind === "dropped");
    const after = row.steps.filter((s) => s.outcome === "changed" && s.text !== null).at(-1)?.text ?? row.text;
    return element("article", { class: "sample" },
      element("header", { class: "row" }, element("strong", {}, `Row ${number(row.number)}`), element("span", { class: "muted" }, row.place ?? ""),
        element("span", { class: dropped ? "bad" : "ok" }, dropped ? `dropped by ${name(dropped.position)}` : row.events.some((e) => e.kind === "changed") ? "kept, changed" : "kept")),
      row.text === null || row.text === undefined ? null : element("div", { class: "pair" },
        element("div", {}, element("h3", {}, "Before"), element("pre", {}, row.text)),
        element("div", {}, element("h3", {}, dropped ? "Dropped as" : "After"), element("pre", { class: dropped ? "dropped" : null }, after))),
      row.events.length + row.steps.length > 0 ? element("details", { open: row.events.length > 0 && row.events.length < 4 }, element("summary", {}, "What each operator did, and why"), story(row)) : null,
      row.fields && Object.keys(row.fields).length > 0 ? element("details", {}, element("summary", {}, "Other fields"), element("pre", {}, show(row.fields))) : null);
  };

  const look = async (operator, kind, skip = 0) => {
    all.hidden = !kind;
    title.textContent = kind ? `Rows ${what[kind]} ${operator.name}` : "All rows";
    const filter = kind ? `&operator=${operator.position}&kind=${kind}` : "";
    const page = await api.get(`/api/runs/${runId}/data/${step.jobId}/rows?skip=${skip}&take=${pageSize}${filter}`).catch((e) => ({ rows: [], notes: [e.message] }));
    const last = skip + page.rows.length;
    fill(body, page.notes.map((n) => element("p", { class: "warn" }, n)),
      page.rows.length === 0 ? empty("There is no such row.") : page.rows.map(sample),
      element("div", { class: "row" },
        button("Back", () => look(operator, kind, Math.max(0, skip - pageSize)), { disabled: skip === 0 }),
        button("Next", () => look(operator, kind, skip + pageSize), { disabled: page.total !== undefined && last >= page.total }),
        element("span", { class: "muted" }, page.rows.length ? `${skip + 1} to ${last}${page.total === undefined ? "" : ` of ${number(page.total)}`}` : "")));
    if (kind && skip === 0) node.scrollIntoView({ block: "start" });
  };

  return { node, look };
};
