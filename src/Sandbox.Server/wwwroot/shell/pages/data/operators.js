// What each operator of a recipe did: rows that are left, and how many it dropped, changed or failed on.
import { element, number, table } from "../../dom.js";

const args = (operator) => Object.entries(operator.arguments ?? {}).map(([name, value]) => `${name}: ${typeof value === "number" ? number(value) : JSON.stringify(value)}`).join(", ");

export const operators = (step, look) => {
  const link = (operator, kind, count) => (count > 0
    ? element("button", { type: "button", class: "link", "data-rows": `${operator.position}-${kind}`, onclick: () => look(operator, kind) }, number(count))
    : element("span", { class: "muted" }, "0"));
  const left = (operator) => {
    const share = step.rowsIn > 0 ? (operator.rows_in - operator.dropped) / step.rowsIn : 0;
    return element("div", { class: "bar", title: `${number(operator.rows_in - operator.dropped)} rows left` }, element("div", { style: `width:${(share * 100).toFixed(2)}%` }));
  };
  return element("div", { class: "card" },
    element("p", { class: "row" }, element("strong", {}, `${number(step.rowsIn)} → ${number(step.rowsOut)} rows`),
      element("span", { class: "muted" }, `${step.badRows ? `${number(step.badRows)} malformed · ` : ""}${[step.dataset].flat().filter(Boolean).join(", ")} → ${step.export ?? ""}`)),
    table(["Operator", "Settings", "Rows left", "#Dropped", "#Changed", "#Failed on"], step.operators.map((o) => [
      o.name, element("span", { class: "muted" }, args(o)), left(o), link(o, "dropped", o.dropped), link(o, "changed", o.changed), link(o, "error", o.errors)])));
};
