// What ran: the exact version, the config, and where.
import { api } from "../../api.js";
import { element, fill, show } from "../../dom.js";

const facts = (pairs) => element("dl", {}, pairs.filter(([, value]) => value !== null && value !== undefined && value !== "")
  .flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value instanceof Node ? value : show(value))]));

const version = (workflow) => (workflow
  ? element("span", {}, element("a", { href: `/definitions/${encodeURIComponent(workflow.definitionId)}` }, workflow.name ?? workflow.definitionId),
    ` version ${workflow.version}${workflow.isLatest ? ", the latest" : ""} (`, element("code", {}, workflow.id), ")")
  : "The version was deleted.");

export const settings = (run) => {
  const node = element("div", {});
  api.get(`/api/runs/${run.id}/settings`).then((found) => fill(node,
    element("h2", {}, "What ran"),
    element("div", { class: "card" }, facts([
      ["Workflow", version(found.workflow)], ["Config", found.config], ["Overrides", found.overrides.join(" ")], ["Current directory", found.currentDirectory],
      ["Work directory", found.workDir], ["Warnings", found.warnings.join("\n")],
    ])),
    element("h2", {}, "Host"),
    element("div", { class: "card" }, facts(Object.entries(found.environment))),
    found.configText ? element("h2", {}, "Config") : null,
    found.configText ? element("pre", {}, found.configText) : null,
  )).catch((error) => { node.textContent = error.message; });
  return { node };
};
