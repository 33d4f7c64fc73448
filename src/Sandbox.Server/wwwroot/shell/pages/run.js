import { api, poll } from "../api.js";
import { element, state, table, time, duration } from "../dom.js";

const actions = { running: ["pause", "cancel"], pending: ["pause", "cancel"], suspended: ["cancel"], paused: ["resume", "cancel"], interrupted: ["resume", "cancel"], failed: ["retry", "resume"] };

export const show = (root, [id]) => poll(async () => {
  const run = await api.get(`/api/runs/${id}`);
  const act = (verb) => element("button", { class: "action", type: "button", "data-action": verb, onclick: () => api.post(`/api/runs/${id}/${verb}`).catch((e) => alert(e.message)) }, verb);
  root.replaceChildren(
    element("h1", {}, run.name),
    element("div", { class: "row" }, state(run.state), element("span", { class: "muted" }, time(run.startedAt)), duration(run.startedAt, run.endedAt),
      ...(actions[run.state] ?? []).map(act), element("a", { href: `/instances/${run.id}` }, "In Studio")),
    run.failure ? element("pre", {}, run.failure) : null,
    element("h2", {}, "Jobs"),
    element("div", { class: "card" }, table(["Pipeline", "Stage", "Job", "State", "Took", "Progress"], run.jobs.map((j) => [
      j.pipeline, j.stage, j.metaName ?? j.hook, state(j.state), duration(j.startedAt, j.endedAt), j.progress?.text ?? j.failure ?? "",
    ]))),
  );
});
