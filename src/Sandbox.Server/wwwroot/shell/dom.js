// Makes elements. Text is always text: nothing here reads HTML out of data.
export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((c) => c !== null && c !== undefined));
  return made;
};

/** Replaces all that a node holds. */
export const fill = (node, ...children) => node.replaceChildren(...children.flat().filter((c) => c !== null && c !== undefined));

export const state = (name) => element("span", { class: `state ${name}` }, name);

export const time = (text) => (text ? new Date(text).toLocaleString() : "");

export const duration = (from, to) => {
  if (!from) return "";
  const seconds = Math.max(0, ((to ? new Date(to) : new Date()) - new Date(from)) / 1000);
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** A table that scrolls sideways by itself where it is too wide. A heading that begins with # is that of numbers. */
export const table = (headings, rows) => {
  const kind = (i) => (headings[i]?.startsWith("#") ? "num" : null);
  return element("div", { class: "scroll" }, element("table", {},
    element("thead", {}, element("tr", {}, headings.map((h, i) => element("th", { class: kind(i) }, h.replace(/^#/, ""))))),
    element("tbody", {}, rows.map((cells) => element("tr", {}, cells.map((c, i) => element("td", { class: kind(i) }, c)))))));
};

export const button = (text, onclick, attributes = {}) => element("button", { class: "action", type: "button", onclick, ...attributes }, text);

/** What stands where there is nothing to show yet. */
export const empty = (text) => element("p", { class: "empty" }, text);

export const select = (label, options, chosen, onchange) => {
  const list = element("select", { "aria-label": label, onchange: () => onchange(list.value) },
    options.map(([value, text]) => element("option", { value, selected: value === chosen }, text)));
  return list;
};

export const bytes = (count) => {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let i = 0;
  for (; count >= 1000 && i < units.length - 1; i++) count /= 1000;
  return `${i === 0 || count >= 100 ? Math.round(count) : count.toFixed(1)} ${units[i]}`;
};

export const number = (value) => {
  if (value === null || value === undefined) return "";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en").replaceAll(",", "\u2009");
  return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e7 ? String(Number(value.toPrecision(5))) : value.toExponential(3);
};

/** Shows a value as a person writes it. */
export const show = (value) => (typeof value === "string" ? value : typeof value === "number" ? number(value) : JSON.stringify(value, null, 1));
