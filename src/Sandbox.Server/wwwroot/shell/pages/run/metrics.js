// Curves of all metrics that have steps, as they come.
import { api, poll } from "../../api.js";
import { element, empty } from "../../dom.js";
import { chart, lines } from "../../charts.js";

export const metrics = (run) => {
  const node = element("div", {});
  const kinds = new Map();
  let after = 0;
  let now = run;

  // The name of a metric is its job's, a dot, and what is measured: one chart for each of the latter.
  const add = (value, names) => {
    const dot = value.name.lastIndexOf(".");
    const kind = dot < 0 ? value.name : value.name.slice(dot + 1);
    const job = names.get(value.jobId);
    const owner = `${job?.pipeline && job.pipeline !== "anonymous" ? `${job.pipeline} / ` : ""}${dot < 0 ? value.name : value.name.slice(0, dot)}${job?.iteration > 1 ? ` (${job.iteration})` : ""}`;
    if (!kinds.has(kind)) kinds.set(kind, { lines: new Map(), chart: chart(280, kind) });
    const lines = kinds.get(kind).lines;
    if (!lines.has(owner)) lines.set(owner, []);
    lines.get(owner).push([value.step, Number.isFinite(value.value) ? value.value : null]);
    return kind;
  };

  const look = async () => {
    const part = await api.get(`/api/runs/${run.id}/metrics?after=${after}`);
    const names = new Map(now.jobs.map((j) => [j.id, j]));
    const changed = new Set(part.values.map((v) => add(v, names)));
    after = part.next;
    if (kinds.size === 0) node.replaceChildren(empty("No job has logged a metric with steps yet."));
    else if ([...kinds.values()].some((k) => !k.chart.node.isConnected)) {
      node.replaceChildren(element("div", { class: "charts" }, [...kinds].sort(([a], [b]) => a.localeCompare(b))
        .map(([kind, k]) => element("div", { class: "card" }, element("h2", {}, kind), k.chart.node))));
    }
    for (const kind of changed) {
      const { lines: all, chart: drawn } = kinds.get(kind);
      drawn.draw(lines([...all].map(([name, points]) => ({ name, points: points.toSorted((a, b) => a[0] - b[0]) }))));
    }
    return !now.endedAt || part.values.length > 0;
  };
  let stop = poll(look);
  return {
    node,
    update(latest) {
      if (now.endedAt && !latest.endedAt) { stop(); stop = poll(look); }
      now = latest;
    },
    end() {
      stop();
      for (const { chart: drawn } of kinds.values()) drawn.end();
    },
  };
};
