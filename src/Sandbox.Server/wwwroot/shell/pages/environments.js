// Python environments: those of this host, and what jobs found installed in them.
import { api } from "../api.js";
import { element, empty, fill, select, state, table, time } from "../dom.js";

const nameOf = (line) => line.split(/==| @ /)[0];

const compare = (freezes) => {
  const body = element("div", {});
  const title = (f) => `${time(f.time)} · ${f.environment} · ${f.job}`;
  const options = freezes.map((f, i) => [String(i), title(f)]);
  const chosen = { one: "0", other: "" };
  const draw = () => {
    const [one, other] = [freezes[chosen.one], freezes[chosen.other]];
    const lines = (f) => new Map((f?.packages ?? []).map((p) => [nameOf(p), p]));
    const [a, b] = [lines(one), lines(other)];
    const names = [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x.localeCompare(y)).filter((n) => !other || a.get(n) !== b.get(n));
    fill(body, element("p", { class: "muted" }, `${one.python ?? ""} · ${one.packages?.length ?? 0} packages · `, element("a", { href: `/runs/${one.runId}` }, `run ${one.runId.slice(0, 8)}`)),
      names.length === 0 ? empty(other ? "The same packages." : "No packages.") : table(other ? ["Package", "This one", "The other"] : ["Package"], names.map((n) => (other ? [n, a.get(n) ?? "–", b.get(n) ?? "–"] : [a.get(n)]))));
  };
  draw();
  return element("div", { class: "card" }, element("div", { class: "row" },
    select("Freeze", options, "0", (v) => { chosen.one = v; draw(); }), "against",
    select("The other freeze", [["", "none"], ...options], "", (v) => { chosen.other = v; draw(); })), body);
};

export const show = async (root) => {
  fill(root, element("h1", {}, "Environments"));
  const found = await api.get("/api/environments");
  const newest = (name) => found.freezes.find((f) => f.environment === name);
  fill(root, element("h1", {}, "Environments"),
    element("div", { class: "card" }, found.known.length === 0
      ? empty("No environment was made or used on this host yet. Jobs make them (env_manager, env_name), or: sandbox env create ./env")
      : table(["Environment", "Manager", "State", "Python", "#Packages", "Made here", "Since"], found.known.map((e) => [
        e.name, e.manager, state(e.state), newest(e.name)?.python ?? "", String(newest(e.name)?.packages?.length ?? ""), e.madeHere ? "yes" : "no", time(e.since)]))),
    element("h2", {}, "What jobs found installed"),
    found.freezes.length === 0 ? element("div", { class: "card" }, empty("No job has run in an environment yet.")) : compare(found.freezes));
};
