import { api, poll } from "../api.js";
import { button, element, fill, state, time, duration } from "../dom.js";
import { jobs } from "./run/jobs.js";
import { metrics } from "./run/metrics.js";
import { context } from "./run/context.js";
import { files } from "./run/files.js";
import { settings } from "./run/settings.js";
import { report } from "./run/report.js";

const tabs = { jobs: ["Jobs", jobs], metrics: ["Metrics", metrics], context: ["Results", context], files: ["Files", files], settings: ["Config", settings], report: ["Report", report] };
const actions = {
  running: ["pause", "cancel"], pending: ["pause", "cancel"], suspended: ["pause", "cancel"], paused: ["resume", "cancel"],
  interrupted: ["resume", "cancel"], failed: ["retry", "cancel"],
};

const trouble = (error) => window.dispatchEvent(new CustomEvent("trouble", { detail: error.message }));

export const show = (root, [id]) => {
  const head = element("div", {});
  const body = element("div", {});
  const bar = element("div", { class: "tabs", role: "tablist" });
  let run = null;
  let tab = null;
  root.replaceChildren(head, bar, body);

  const act = (verb) => button(verb, async (event) => {
    event.target.disabled = true;
    await api.post(`/api/runs/${id}/${verb}`).then(look).catch(trouble);
    event.target.disabled = false;
  }, { "data-action": verb, class: verb === "cancel" ? "action" : "action primary" });

  const drawHead = () => {
    const wanted = JSON.stringify([run.state, run.failure, run.endedAt]);
    if (head.dataset.drawn === wanted && run.endedAt) return;
    head.dataset.drawn = wanted;
    const done = run.jobs.filter((j) => j.state === "finished").length;
    fill(head,
      element("h1", {}, run.name),
      element("div", { class: "row", id: "summary" }, state(run.state), element("span", { class: "muted" }, `${run.id} · started ${time(run.startedAt)}`),
        element("span", {}, duration(run.startedAt, run.endedAt)), element("span", { class: "muted" }, `${done} of ${run.jobs.length} jobs`),
        (actions[run.state] ?? []).map(act),
        element("a", { href: `/instances/${run.id}` }, "In Studio"), element("a", { href: `/data?run=${run.id}` }, "Data"), element("a", { href: `/compare?run=${run.id}` }, "Compare")),
      run.failure ? element("pre", { class: "failure" }, run.failure) : null,
    );
  };

  const open = (name) => {
    tab?.end?.();
    for (const b of bar.children) b.setAttribute("aria-selected", String(b.dataset.tab === name));
    tab = tabs[name][1](run, look);
    body.replaceChildren(tab.node);
    tab.update?.(run);
    history.replaceState(null, "", `${location.pathname}${name === "jobs" ? "" : `#${name}`}`);
  };
  bar.append(...Object.entries(tabs).map(([name, [title]]) => element("button", { type: "button", role: "tab", "data-tab": name, onclick: () => open(name) }, title)));

  const look = async () => {
    run = await api.get(`/api/runs/${id}`);
    drawHead();
    if (tab) tab.update?.(run);
    else open(tabs[location.hash.slice(1)] ? location.hash.slice(1) : "jobs");
  };
  const stop = poll(look);
  return () => {
    stop();
    tab?.end?.();
  };
};
