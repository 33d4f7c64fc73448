// Any set of runs side by side: what they were configured with, what came of it, and both at once.
import { api } from "../api.js";
import { element, empty, fill, number, select, state, table, time } from "../dom.js";
import { axis, chart, lines } from "../charts.js";

const wantedRuns = () => new URLSearchParams(location.search).getAll("run");
const numeric = (text) => (text !== undefined && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null);

/** A setting as a person writes it: it comes as JSON. */
const plain = (json) => (json === undefined ? "–" : json.startsWith('"') ? JSON.parse(json) : json);

/** Names for columns: short, and told apart. */
const label = (run) => run.id.slice(0, 6);

const picker = (all, chosen, change) => {
  const search = element("input", { type: "search", placeholder: "Name, id or state", "aria-label": "Search runs", oninput: () => draw() });
  const list = element("div", { class: "tall" });
  const draw = () => {
    const words = search.value.toLowerCase();
    const found = all.filter((r) => `${r.id} ${r.name} ${r.state}`.toLowerCase().includes(words));
    fill(list, all.length === 0 ? empty("Nothing has run in this home yet.") : found.length === 0 ? empty("No run fits.") : table(["", "Run", "Name", "State", "Started"], found.map((r) => [
      element("input", { type: "checkbox", "aria-label": `Choose ${r.id}`, checked: chosen.includes(r.id), onchange: (e) => change(r.id, e.target.checked) }),
      element("a", { href: `/runs/${r.id}` }, r.id), r.name, state(r.state), time(r.startedAt)])));
  };
  draw();
  return element("details", { class: "card", open: chosen.length < 2 }, element("summary", {}, `${chosen.length} of ${all.length} runs chosen`), element("div", { class: "row" }, search), list);
};

const settings = (runs) => {
  const names = [...new Set(runs.flatMap((r) => Object.keys(r.settings)))].sort();
  const differ = names.filter((n) => new Set(runs.map((r) => r.settings[n])).size > 1);
  const body = element("div", { class: "tall" });
  const draw = (all) => {
    const shown = all ? names : differ;
    fill(body, shown.length === 0 ? empty(runs.length < 2 ? "Choose a second run." : "All settings are the same.") : table(["Setting", ...runs.map(label)], shown.map((n) => [
      element("span", { class: "path" }, n),
      ...runs.map((r, i) => element("span", { class: i > 0 && r.settings[n] !== runs[0].settings[n] ? "differs" : null }, plain(r.settings[n])))])));
  };
  draw(false);
  return element("div", { class: "card" }, element("label", {}, element("input", { type: "checkbox", onchange: (e) => draw(e.target.checked) }), ` also what is the same (${names.length - differ.length})`), body);
};

const change = (value, first) => {
  if (value === undefined || first === undefined || first === 0 || value === first) return "";
  const share = ((value - first) / Math.abs(first)) * 100;
  return ` ${share > 0 ? "+" : ""}${share.toFixed(Math.abs(share) < 10 ? 1 : 0)} %`;
};

const figures = (runs) => {
  const names = [...new Set(runs.flatMap((r) => Object.keys(r.figures)))].sort();
  if (names.length === 0) return element("div", { class: "card" }, empty("These runs have no figures yet."));
  const body = element("div", { class: "tall" });
  const search = element("input", { type: "search", placeholder: "Name of a figure", "aria-label": "Search figures", oninput: () => draw() });
  const draw = () => {
    const found = names.filter((n) => n.toLowerCase().includes(search.value.toLowerCase()));
    fill(body, table(["Figure", ...runs.map((r) => `#${label(r)}`)], found.map((n) => [
      element("span", { class: "path" }, n),
      ...runs.map((r, i) => element("span", {}, number(r.figures[n]) || "–", i > 0 ? element("span", { class: "muted" }, change(r.figures[n], runs[0].figures[n])) : null))])));
  };
  draw();
  return element("div", { class: "card" }, element("div", { class: "row" }, search, element("span", { class: "muted" }, "Per cent: against the first run.")), body);
};

const overTime = (runs, charts) => {
  const names = [...new Set(runs.flatMap((r) => r.series))].sort();
  if (names.length === 0) return element("div", { class: "card" }, empty("These runs have no metrics with steps."));
  const drawn = chart(320, "Metric over time");
  charts.push(drawn);
  const draw = async (name) => {
    const all = await Promise.all(runs.filter((r) => r.series.includes(name)).map(async (r) => {
      const part = await api.get(`/api/runs/${r.id}/metrics?name=${encodeURIComponent(name)}`);
      return { name: label(r), points: part.values.map((v) => [v.step, Number.isFinite(v.value) ? v.value : null]).sort((a, b) => a[0] - b[0]) };
    }));
    drawn.draw(lines(all));
  };
  draw(names[0]);
  return element("div", { class: "card" }, element("div", { class: "row" }, select("Metric", names.map((n) => [n, n]), names[0], draw)), drawn.node);
};

/** What tells the runs apart, as axes: settings that differ and are numbers, and figures that differ. */
const dimensions = (runs) => {
  const of = (kind, read) => [...new Set(runs.flatMap((r) => Object.keys(r[kind])))].sort().map((name) => ({ name, kind, values: runs.map((r) => read(r[kind][name])) }));
  return [...of("settings", numeric), ...of("figures", (v) => v ?? null)]
    .filter((d) => d.values.filter((v) => v !== null).length > 1 && new Set(d.values).size > 1);
};

const short = (name) => (name.length > 26 ? `…${name.slice(-25)}` : name);

const parallel = (runs, charts, go) => {
  const all = dimensions(runs);
  if (runs.length < 2 || all.length < 2) return element("div", { class: "card" }, empty("Parallel coordinates need two runs that differ in two numbers or more."));
  const telling = [...all.filter((d) => d.kind === "settings").slice(0, 4), ...all.filter((d) => d.kind === "figures" && /perplexity|loss|acc|score|rows/i.test(d.name)), ...all];
  const chosen = new Set(telling.slice(0, 7).map((d) => d.name));
  const drawn = chart(380, "Parallel coordinates");
  charts.push(drawn);
  const draw = () => {
    const shown = all.filter((d) => chosen.has(d.name));
    drawn.draw((look) => ({
      parallel: { left: 60, right: 90, top: 60, bottom: 30, parallelAxisDefault: axis(look, { type: "value", scale: true, nameLocation: "end", nameGap: 18, nameTruncate: { maxWidth: 130 }, nameTextStyle: { color: look.text, fontSize: 11 } }) },
      parallelAxis: shown.map((d, dim) => ({ dim, name: short(d.name) })),
      legend: { top: 0, type: "scroll", textStyle: { color: look.text } },
      series: runs.map((r, i) => ({ type: "parallel", name: label(r), lineStyle: { width: 2, opacity: 0.9, color: look.colours[i % look.colours.length] }, itemStyle: { color: look.colours[i % look.colours.length] }, data: [shown.map((d) => d.values[i] ?? "-")] })),
    }));
  };
  drawn.on("click", (event) => { if (runs[event.seriesIndex]) go(`/runs/${runs[event.seriesIndex].id}`); });
  draw();
  return element("div", { class: "card" }, drawn.node, element("details", {}, element("summary", {}, `${all.length} numbers differ; choose the axes`), element("div", { class: "choices" },
    all.map((d) => element("label", {}, element("input", { type: "checkbox", checked: chosen.has(d.name), onchange: (e) => { if (e.target.checked) chosen.add(d.name); else chosen.delete(d.name); draw(); } }), ` ${d.name}`)))));
};

export const show = async (root) => {
  const charts = [];
  const body = element("div", {});
  const pick = element("div", {});
  fill(root, element("h1", {}, "Compare"), pick, body);
  const all = await api.get("/api/runs?take=500");
  const go = (path) => { const link = element("a", { href: path }); document.body.append(link); link.click(); link.remove(); };

  const draw = async () => {
    const chosen = wantedRuns();
    fill(pick, picker(all, chosen, (id, on) => {
      const ids = on ? [...wantedRuns(), id] : wantedRuns().filter((r) => r !== id);
      history.replaceState(null, "", `/compare${ids.length ? "?" : ""}${ids.map((i) => `run=${encodeURIComponent(i)}`).join("&")}`);
      draw().catch((e) => fill(body, element("p", { class: "bad" }, e.message)));
    }));
    for (const c of charts.splice(0)) c.end();
    if (chosen.length === 0) return fill(body, empty("Choose runs to hold side by side."));
    fill(body, element("p", { class: "muted" }, "Reading the runs …"));
    const runs = await api.get(`/api/compare?${chosen.map((id) => `run=${encodeURIComponent(id)}`).join("&")}`);
    fill(body,
      element("h2", {}, "Runs"), element("div", { class: "card" }, table(["", "Run", "Name", "State", "Started"], runs.map((r) => [label(r), element("a", { href: `/runs/${r.id}` }, r.id), r.name, state(r.state), time(r.startedAt)]))),
      element("h2", {}, "Settings that differ"), settings(runs),
      element("h2", {}, "Figures"), figures(runs),
      element("h2", {}, "Over time"), overTime(runs, charts),
      element("h2", {}, "Parallel coordinates"), parallel(runs, charts, go));
  };
  await draw().catch((e) => fill(body, element("p", { class: "bad" }, e.message)));
  return () => charts.forEach((c) => c.end());
};
