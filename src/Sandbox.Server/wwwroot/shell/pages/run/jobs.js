// Stages and jobs: a strip with a cell a job, a list by pipeline and stage, and beside it the job that is chosen.
import { api } from "../../api.js";
import { button, duration, element, empty, show, state, time } from "../../dom.js";
import { log } from "./log.js";

const nameOf = (job) => job.metaName ?? `${job.hook} [${job.index}]`;
const keyOf = (job) => `${job.id}/${job.iteration}`;

const progress = (job) => {
  if (job.state !== "running" || !job.progress) return null;
  const bar = element("progress", job.progress.fraction === null || job.progress.fraction === undefined ? {} : { max: 1, value: job.progress.fraction });
  return element("div", { class: "progress" }, bar, element("span", { class: "muted" }, job.progress.text ?? ""));
};

const note = (job) => job.failure ?? (job.origin === "reused" || job.origin === "file" ? `taken from ${job.origin === "file" ? "a context file" : "before"}` : "");

const row = (job, choose) => element("tr", { "data-job": job.id, tabindex: 0, onclick: () => choose(job), onkeydown: (e) => { if (e.key === "Enter") choose(job); } },
  element("td", { class: "name" }, nameOf(job), job.iteration > 1 ? element("span", { class: "muted" }, ` · iteration ${job.iteration}`) : null),
  element("td", {}, state(job.state), job.attempt > 1 ? element("span", { class: "muted" }, ` attempt ${job.attempt}`) : null),
  element("td", { class: "num" }, job.startedAt ? duration(job.startedAt, job.endedAt) : ""),
  element("td", {}, progress(job) ?? element("span", { class: job.failure ? "bad clip" : "muted clip" }, note(job))));

export const jobs = (first, look) => {
  const strip = element("div", { class: "strip", role: "list", "aria-label": "All jobs" });
  const list = element("tbody", {});
  const detail = element("div", { class: "detail" });
  const wanted = element("input", { type: "search", placeholder: "Job, hook or state", "aria-label": "Search jobs", oninput: () => draw() });
  const node = element("div", {}, strip, element("div", { class: "split" },
    element("div", { class: "card" }, element("div", { class: "row" }, wanted), element("div", { class: "tall" }, element("table", { class: "jobs" }, element("colgroup", {}, ["38%", "22%", "18%", "22%"].map((width) => element("col", { style: `width:${width}` }))),
      element("thead", {}, element("tr", {}, ["Job", "State", "Took", ""].map((h) => element("th", {}, h)))), list))),
    detail));
  const drawn = new Map();
  let run = first;
  let chosen = null;
  let shown = null;
  let follows = true;

  const choose = (job, byHand = true) => {
    if (byHand) follows = false;
    chosen = keyOf(job);
    draw();
  };

  const drawDetail = () => {
    const job = run.jobs.find((j) => keyOf(j) === chosen);
    if (!job) return detail.replaceChildren(empty("Choose a job."));
    const mark = JSON.stringify([chosen, job.state, job.attempt, job.failure, job.warnings, job.endedAt]);
    if (shown?.mark === mark) return shown.log?.update(job);
    const keeps = shown?.key === chosen && shown.log;
    if (!keeps) shown?.log?.end();
    shown = { mark, key: chosen, log: keeps || (job.attempt > 0 ? log(run.id, job) : null) };
    shown.log?.update(job);
    detail.replaceChildren(element("div", { class: "card" },
      element("div", { class: "row" }, element("h2", {}, nameOf(job)), state(job.state), job.state === "failed" ? button("retry", () => retry(job, false), { "data-action": "retry-job" }) : null,
        job.state === "failed" ? button("retry from scratch", () => retry(job, true)) : null),
      element("div", { class: "muted" }, `${job.hook} · ${job.pipeline} / ${job.stage}${job.startedAt ? ` · ${time(job.startedAt)}` : ""}`),
      job.failure && job.failure !== run.failure ? element("pre", { class: "failure" }, job.failure) : null,
      job.warnings?.length ? element("pre", { class: "warning" }, job.warnings.join("\n")) : null,
      job.outputs && Object.keys(job.outputs).length > 0
        ? element("dl", {}, Object.entries(job.outputs).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, show(value))])) : null,
      shown.log?.node ?? empty("It has not started.")));
  };

  const retry = (job, fromScratch) => api.post(`/api/runs/${run.id}/retry`, { job: job.id, fromScratch }).then(look)
    .catch((error) => window.dispatchEvent(new CustomEvent("trouble", { detail: error.message })));

  // Rows that did not change stay: whoever reads or scrolls is not disturbed.
  const draw = () => {
    const words = wanted.value.toLowerCase();
    const fits = run.jobs.filter((j) => `${nameOf(j)} ${j.hook} ${j.state} ${j.stage} ${j.pipeline}`.toLowerCase().includes(words));
    const rows = [];
    let group = null;
    for (const job of fits) {
      const of = `${job.iteration > 1 ? `iteration ${job.iteration} · ` : ""}${job.pipeline} / ${job.stage}`;
      if (of !== group) rows.push([`group ${of}`, of, () => element("tr", { class: "group" }, element("th", { colspan: 4 }, of))]);
      group = of;
      const key = keyOf(job);
      const mark = JSON.stringify([job.state, job.attempt, job.endedAt, job.failure, job.progress, key === chosen, job.state === "running" ? Date.now() : 0]);
      rows.push([key, mark, () => {
        const made = row(job, choose);
        if (key === chosen) made.setAttribute("aria-selected", "true");
        return made;
      }]);
    }
    const keys = new Set(rows.map(([key]) => key));
    for (const [key, old] of drawn) if (!keys.has(key)) { old.node.remove(); drawn.delete(key); }
    let at = null;
    for (const [key, mark, make] of rows) {
      const old = drawn.get(key);
      const next = old?.mark === mark ? old.node : make();
      if (old && old.node !== next) old.node.replaceWith(next);
      const place = at ? at.nextSibling : list.firstChild;
      if (place !== next) list.insertBefore(next, place);
      drawn.set(key, { mark, node: next });
      at = next;
    }
    drawDetail();
  };

  return {
    node,
    update(now) {
      run = now;
      // Until somebody chooses, what runs or failed is shown.
      const telling = run.jobs.find((j) => j.state === "failed") ?? run.jobs.find((j) => j.state === "running") ?? run.jobs.findLast((j) => j.attempt > 0);
      if (follows && telling) chosen = keyOf(telling);
      strip.classList.toggle("few", run.jobs.length < 40);
      strip.replaceChildren(...run.jobs.map((j) => element("button", { type: "button", class: `cell ${j.state}`, role: "listitem", title: `${nameOf(j)}: ${j.state}`, "aria-label": `${nameOf(j)}: ${j.state}`, onclick: () => choose(j) })));
      draw();
    },
    end: () => shown?.log?.end(),
  };
};
