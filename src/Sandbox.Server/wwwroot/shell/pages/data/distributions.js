// The distribution of each probed statistic, before and after.
import { api } from "../../api.js";
import { element, empty, number } from "../../dom.js";
import { axis, chart } from "../../charts.js";

const summary = (name, s) => (s ? `${name}: ${number(s.count)} values, mean ${number(s.mean)}${Number.isFinite(s.standardDeviation) ? ` ± ${number(s.standardDeviation)}` : ""}` : "");

const bars = (group, item) => (look) => {
  const categories = item.categories?.map((c) => c.category) ?? item.edges.slice(0, -1).map((e, i) => `${number(e)} – ${number(item.edges[i + 1])}`);
  const share = (counts, all) => counts.map((c) => (all > 0 ? (c / all) * 100 : 0));
  const before = item.categories?.map((c) => c.before) ?? item.beforeCounts;
  const after = item.categories ? (item.after ? item.categories.map((c) => c.after) : null) : item.afterCounts;
  const series = [[group.before, before, item.before.count], [group.after, after, item.after?.count ?? 0]].filter(([, counts]) => counts);
  return {
    grid: { left: 4, right: 10, top: 30, bottom: 4, containLabel: true },
    legend: { top: 0, textStyle: { color: look.text } },
    tooltip: { renderMode: "richText", confine: true, trigger: "axis", backgroundColor: look.card, borderColor: look.line, textStyle: { color: look.text, fontSize: 12 }, valueFormatter: (v) => `${v.toFixed(1)} %` },
    xAxis: axis(look, { type: "category", data: categories, axisTick: { show: false }, splitLine: { show: false } }),
    yAxis: axis(look, { type: "value", axisLabel: { color: look.muted, formatter: "{value} %" }, splitNumber: 3 }),
    series: series.map(([name, counts, all], i) => ({ type: "bar", name: series[0][0] === name && i > 0 ? `${name} (after)` : name, data: share(counts, all), barGap: "-100%", barCategoryGap: "4%", itemStyle: { opacity: 0.55 } })),
  };
};

export const distributions = async (runId) => {
  const groups = await api.get(`/api/runs/${runId}/data/distributions`);
  const charts = [];
  const card = (group, item) => {
    const drawn = chart(190, `Distribution of ${item.name}`);
    charts.push([drawn, group, item]);
    const outside = item.below || item.above ? ` · ${number((item.below ?? 0) + (item.above ?? 0))} values lie outside` : "";
    return element("div", { class: "card" }, element("h3", {}, item.name), drawn.node,
      element("div", { class: "muted small" }, summary(group.before, item.before)), element("div", { class: "muted small" }, `${summary(group.after, item.after)}${outside}`));
  };
  return {
    node: groups.length === 0 ? element("div", { class: "card" }, empty("No job of this run has analysed data, or its statistics were cleaned away.")) : element("div", {}, groups.map((g) =>
      element("section", {}, groups.length > 1 ? element("h3", {}, g.title) : null, element("div", { class: "charts" }, g.items.map((i) => card(g, i)))))),
    draw: () => charts.forEach(([drawn, group, item]) => drawn.draw(bars(group, item))),
    end: () => charts.forEach(([drawn]) => drawn.end()),
  };
};
