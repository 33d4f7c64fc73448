import { api, poll } from "../api.js";
import { element, empty, state, table, time, duration } from "../dom.js";

const figure = (name, value) => element("div", { class: "card" }, element("div", { class: "figure" }, String(value)), element("div", { class: "muted" }, name));

export const show = (root) => poll(async () => {
  const [overview, runs] = await Promise.all([api.get("/api/overview"), api.get("/api/runs?take=8")]);
  root.replaceChildren(
    element("h1", {}, "Overview"),
    element("div", { class: "grid" },
      figure("workflows", overview.definitions), figure("running", overview.running), figure("waiting", overview.waiting),
      figure("finished", overview.finished), figure("failed", overview.failed), figure("cancelled", overview.cancelled)),
    element("h2", {}, "Latest runs"),
    element("div", { class: "card" }, runs.length === 0 ? empty("Nothing has run in this home yet. Open a workflow and press Run, or: sandbox run configs/demo/quick.yaml") : table(
      ["Run", "Name", "State", "Started", "Took"],
      runs.map((r) => [element("a", { href: `/runs/${r.id}` }, r.id), r.name, state(r.state), time(r.startedAt), duration(r.startedAt, r.endedAt)]))),
  );
}, 3000);
