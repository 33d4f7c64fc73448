import { api, poll } from "../api.js";
import { element, empty, state, table, time, duration } from "../dom.js";

export const show = (root) => {
  const chosen = new Set();
  const compare = element("a", { class: "action", href: "/compare" }, "Compare");
  const search = element("input", { type: "search", placeholder: "Name, id or state", "aria-label": "Search", oninput: () => draw() });
  const list = element("div", { class: "card" });
  let runs = [];
  root.replaceChildren(
    element("div", { class: "row" }, element("h1", {}, "Runs"), search, compare, element("a", { href: "/instances" }, "Elsa's list of instances")),
    list,
  );

  const mark = () => {
    compare.setAttribute("href", `/compare?${[...chosen].map((id) => `run=${encodeURIComponent(id)}`).join("&")}`);
    compare.textContent = chosen.size > 0 ? `Compare ${chosen.size}` : "Compare";
  };

  const row = (r) => [
    element("input", { type: "checkbox", "aria-label": `Choose ${r.id}`, checked: chosen.has(r.id), onchange: (e) => { if (e.target.checked) chosen.add(r.id); else chosen.delete(r.id); mark(); } }),
    element("a", { href: `/runs/${r.id}` }, r.id), r.name, state(r.state), time(r.startedAt), duration(r.startedAt, r.endedAt),
    element("a", { href: `/instances/${r.id}` }, "Studio"),
  ];

  const draw = () => {
    const wanted = search.value.toLowerCase();
    const found = runs.filter((r) => `${r.id} ${r.name} ${r.state}`.toLowerCase().includes(wanted));
    list.replaceChildren(runs.length === 0
      ? empty("Nothing has run in this home yet.")
      : found.length === 0 ? empty("No run fits.") : table(["", "Run", "Name", "State", "Started", "Took", ""], found.map(row)));
  };

  return poll(async () => {
    runs = await api.get("/api/runs?take=500");
    draw();
  }, 3000);
};
