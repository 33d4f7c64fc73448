import { api, poll } from "../api.js";
import { element, state, table, time, duration } from "../dom.js";

export const show = (root) => poll(async () => {
  const runs = await api.get("/api/runs?take=200");
  root.replaceChildren(
    element("div", { class: "row" }, element("h1", {}, "Runs"), element("a", { href: "/instances" }, "Elsa's list of instances")),
    element("div", { class: "card" }, table(
      ["Run", "Name", "State", "Started", "Took", ""],
      runs.map((r) => [
        element("a", { href: `/runs/${r.id}` }, r.id), r.name, state(r.state), time(r.startedAt), duration(r.startedAt, r.endedAt),
        element("a", { href: `/instances/${r.id}` }, "Studio"),
      ]))),
  );
}, 3000);
