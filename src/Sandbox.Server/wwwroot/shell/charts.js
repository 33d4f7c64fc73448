// Charts, drawn by echarts, which is loaded with the first one. Colours follow the theme; labels are text, never HTML.
import { element } from "./dom.js";

let loading = null;
const load = () => (loading ??= new Promise((resolve, reject) => {
  const script = element("script", { src: "/charts/echarts.min.js", onload: () => resolve(window.echarts), onerror: () => reject(new Error("The charts are not installed.")) });
  document.head.append(script);
}));

const colours = {
  light: ["#2563eb", "#d97706", "#059669", "#dc2626", "#7c3aed", "#0891b2", "#be185d", "#65a30d", "#475569", "#b45309"],
  dark: ["#7aa2ff", "#fbbf24", "#34d399", "#f87171", "#c4b5fd", "#67e8f9", "#f9a8d4", "#bef264", "#cbd5e1", "#fdba74"],
};

const value = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export const theme = () => ({
  colours: colours[document.documentElement.dataset.theme] ?? colours.light,
  text: value("--text"), muted: value("--muted"), line: value("--line"), card: value("--card"),
});

const frame = (look) => ({
  color: look.colours,
  animation: false,
  textStyle: { color: look.text, fontFamily: "system-ui, Roboto, Arial, sans-serif" },
  tooltip: { renderMode: "richText", confine: true, backgroundColor: look.card, borderColor: look.line, textStyle: { color: look.text, fontSize: 12 } },
});

export const axis = (look, more = {}) => ({
  axisLine: { lineStyle: { color: look.line } }, axisLabel: { color: look.muted, hideOverlap: true },
  splitLine: { lineStyle: { color: look.line, opacity: 0.5 } }, nameTextStyle: { color: look.muted }, ...more,
});

/** A chart: its node, draw(make) with make(theme) giving echarts' option, and end(). */
export const chart = (height = 260, label = "Chart") => {
  const node = element("div", { class: "chart", role: "img", "aria-label": label, style: `height:${height}px` });
  let drawn = null;
  let make = null;
  let ended = false;
  const paint = async () => {
    const echarts = await load().catch((error) => { node.textContent = error.message; return null; });
    if (!echarts || ended || !make || !node.isConnected) return;
    drawn ??= echarts.init(node);
    const look = theme();
    drawn.setOption({ ...frame(look), ...make(look) }, { notMerge: true });
  };
  const resized = new ResizeObserver(() => drawn?.resize());
  resized.observe(node);
  window.addEventListener("themechange", paint);
  return {
    node,
    draw(how) {
      make = how;
      return paint();
    },
    on(event, does) {
      load().then(() => paint()).then(() => drawn?.on(event, does)).catch(() => {});
    },
    end() {
      ended = true;
      resized.disconnect();
      window.removeEventListener("themechange", paint);
      drawn?.dispose();
      drawn = null;
    },
  };
};

/** Lines over steps. Lines: [{ name, points: [[x, y], …] }]. */
export const lines = (list, xName = "step") => (look) => ({
  grid: { left: 8, right: 16, top: list.length > 1 ? 34 : 14, bottom: 22, containLabel: true },
  legend: list.length > 1 ? { type: "scroll", top: 0, textStyle: { color: look.text }, pageTextStyle: { color: look.muted } } : undefined,
  // Nobody reads a list of a hundred lines: then only the one under the pointer is told.
  tooltip: { ...frame(look).tooltip, trigger: list.length > 12 ? "item" : "axis" },
  xAxis: axis(look, { type: "value", name: xName, nameLocation: "middle", nameGap: 22, scale: true }),
  yAxis: axis(look, { type: "value", scale: true }),
  series: list.map((l) => ({ type: "line", name: l.name, data: l.points, showSymbol: l.points.length < 40, symbolSize: 5, lineStyle: { width: 2 }, connectNulls: false, sampling: "minmax" })),
});
