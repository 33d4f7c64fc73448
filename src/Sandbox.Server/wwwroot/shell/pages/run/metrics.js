// Curves of all metrics that have steps, as they come.
import { api, poll } from "../../api.js";
import { element, empty } from "../../dom.js";
import { chart, lines } from "../../charts.js";

// A chart is some hundred pixels wide: of longer curves the server keeps the extremes of each stretch.
const points = 1500;

export const metrics = (run) => {
  const node = element("div", {});
  const kinds = new Map();
  let now = run;

  // The name of a metric is its job's, a dot, and what is measured: one chart for each of the latter.
  const add = (curve, names) => {
    const dot = curve.name.lastIndexOf(".");
    const kind = dot < 0 ? curve.name : curve.name.slice(dot + 1);
    const job = names.get(curve.jobId);
    const owner = `${job?.pipeline && job.pipeline !== "anonymous" ? `${job.pipeline} / ` : ""}${dot < 0 ? curve.name : curve.name.slice(0, dot)}${job?.iteration > 1 ? ` (${job.iteration})` : ""}`;
    if (!kinds.has(kind)) kinds.set(kind, { lines: new Map(), chart: chart(280, kind) });
    const drawn = kinds.get(kind).lines;
    const key = `${curve.name} ${curve.jobId}`;
    if (drawn.get(key)?.count === curve.count) return null;
    drawn.set(key, { name: owner, count: curve.count, points: curve.points.map(([step, value]) => [step, Number.isFinite(value) ? value : null]) });
    return kind;
  };

  const look = async () => {
    const curves = await api.get(`/api/runs/${run.id}/curves?points=${points}`);
    const names = new Map(now.jobs.map((j) => [j.id, j]));
    const changed = new Set(curves.map((c) => add(c, names)).filter((kind) => kind !== null));
    if (kinds.size === 0) node.replaceChildren(empty("No job has logged a metric with steps yet."));
    else if ([...kinds.values()].some((k) => !k.chart.node.isConnected)) {
      node.replaceChildren(element("div", { class: "charts" }, [...kinds].sort(([a], [b]) => a.localeCompare(b))
        .map(([kind, k]) => element("div", { class: "card" }, element("h2", {}, kind), k.chart.node))));
    }
    for (const kind of changed) {
      const { lines: all, chart: drawn } = kinds.get(kind);
      drawn.draw(lines([...all.values()]));
    }
    return !now.endedAt || changed.size > 0;
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
