// The data of a run: what each operator did, rows before and after, distributions.
import { api } from "../api.js";
import { element, empty, fill, select } from "../dom.js";
import { operators } from "./data/operators.js";
import { rows } from "./data/rows.js";
import { distributions } from "./data/distributions.js";

const wanted = (name) => new URLSearchParams(location.search).get(name);

export const show = async (root) => {
  const pick = element("div", { class: "row pick" });
  const body = element("div", {});
  fill(root, element("h1", {}, "Data"), pick, body);
  const runs = await api.get("/api/runs?take=500");
  let end = () => {};

  const showRun = async (id) => {
    end();
    history.replaceState(null, "", `/data?run=${encodeURIComponent(id)}`);
    const steps = await api.get(`/api/runs/${id}/data`);
    const sample = element("div", {});
    const flow = element("div", {});
    const figures = element("div", {}, element("p", { class: "muted" }, "Reading the statistics …"));
    const showStep = (jobId) => {
      const step = steps.find((s) => s.jobId === jobId);
      const list = rows(id, step);
      fill(flow, operators(step, (operator, kind) => list.look(operator, kind)));
      fill(sample, list.node);
      list.look(null, null);
    };
    fill(body,
      steps.length === 0 ? element("div", { class: "card" }, empty("No job of this run has processed data with the embedded engine yet.")) : element("div", {},
        element("div", { class: "row pick" }, select("Job", steps.map((s) => [s.jobId, `${s.pipeline} / ${s.name}${s.iteration > 1 ? ` (${s.iteration})` : ""}`]), steps[0].jobId, showStep)),
        flow),
      element("h2", {}, "Distributions"), figures,
      steps.length > 0 ? element("h2", {}, "Rows") : null, sample);
    if (steps.length > 0) showStep(steps[0].jobId);
    const drawn = await distributions(id);
    fill(figures, drawn.node);
    drawn.draw();
    end = drawn.end;
  };

  const failed = (e) => fill(body, element("p", { class: "bad" }, e.message));
  if (runs.length === 0) fill(body, element("div", { class: "card" }, empty("Nothing has run in this home yet.")));
  else {
    const chosen = wanted("run") ?? runs[0].id;
    const options = runs.map((r) => [r.id, `${r.id.slice(0, 8)} · ${r.name} · ${r.state}`]);
    if (!runs.some((r) => r.id === chosen)) options.unshift([chosen, chosen]);
    fill(pick, select("Run", options, chosen, (id) => showRun(id).catch(failed)), element("a", { href: `/runs/${chosen}` }, "The run's page"));
    showRun(chosen).catch(failed);
  }
  return () => end();
};
