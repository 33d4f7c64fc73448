// What the jobs recorded (the context infos), and what refinement changed in recipes.
import { api } from "../../api.js";
import { element, empty, number, show, table } from "../../dom.js";

const infos = (list) => (list.length === 0 ? empty("No job has recorded a result yet.") : table(["Pipeline", "Stage", "Job", "#Iteration", "Name", "Value"],
  list.flatMap((job) => (Object.keys(job.outputs).length === 0 ? [["", null]] : Object.entries(job.outputs)).map(([name, value]) => [
    job.pipeline, job.stage, job.metaName ?? job.hook, String(job.iteration), name, element("code", { class: "value" }, value === null ? "" : show(value)),
  ]))));

const changes = (groups) => (groups.length === 0 ? [empty("No recipe was refined.")] : groups.map((group) => element("div", { class: "card" },
  element("h3", {}, group.title),
  table(["Operator", "Argument", "#Before", "#After", "Why"], group.changes.map((c) => [c.operator, c.argument, number(c.oldValue), number(c.newValue), c.why])))));

export const context = (run) => {
  const node = element("div", {});
  let drawn = null;
  return {
    node,
    async update(now) {
      const mark = now.jobs.filter((j) => j.outputs).length;
      if (mark === drawn) return;
      drawn = mark;
      const [found, refined] = await Promise.all([api.get(`/api/runs/${run.id}/context`), api.get(`/api/runs/${run.id}/changes`)]);
      node.replaceChildren(element("h2", {}, "Context infos"), element("div", { class: "card" }, infos(found)), element("h2", {}, "Recipe changes"), ...changes(refined));
    },
  };
};
