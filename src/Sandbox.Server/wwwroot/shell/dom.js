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

export const state = (name) => element("span", { class: `state ${name}` }, name);

export const time = (text) => (text ? new Date(text).toLocaleString() : "");

export const duration = (from, to) => {
  if (!from) return "";
  const seconds = Math.max(0, ((to ? new Date(to) : new Date()) - new Date(from)) / 1000);
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

export const table = (headings, rows) =>
  element("table", {}, element("thead", {}, element("tr", {}, headings.map((h) => element("th", {}, h)))),
    element("tbody", {}, rows.map((cells) => element("tr", {}, cells.map((c) => element("td", {}, c))))));
