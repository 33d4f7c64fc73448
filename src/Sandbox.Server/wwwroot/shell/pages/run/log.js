// The log of a job and what its programs print, followed while it runs.
import { api, download, poll } from "../../api.js";
import { button, element, fill } from "../../dom.js";

const mostLines = 5000;

export const log = (runId, job) => {
  const path = `/api/runs/${runId}/jobs/${job.id}/log`;
  const text = element("pre", { class: "log", tabindex: 0, "aria-label": "Log" });
  const note = element("span", { class: "muted" });
  const sources = element("span", { class: "row" });
  let name = "log";
  let next = null;
  let running = true;
  let stop = null;

  const colour = (line) => (name !== "log" ? null : /^\S+ (ERR|FTL) /.test(line) ? "bad" : /^\S+ WRN /.test(line) ? "warn" : null);

  const add = (part) => {
    const below = text.scrollHeight - text.scrollTop - text.clientHeight < 40;
    if (next === null && part.from > 0) note.textContent = "The last part of a long log.";
    next = part.next;
    const lines = part.text.split("\n");
    if (lines.at(-1) === "") lines.pop();
    for (const line of lines) text.append(element("span", { class: colour(line) }, `${line}\n`));
    while (text.childElementCount > mostLines) text.firstElementChild.remove();
    if (below) text.scrollTop = text.scrollHeight;
  };

  const follow = () => {
    stop?.();
    stop = poll(async () => {
      await list();
      const part = await api.get(`${path}?name=${encodeURIComponent(name)}${next === null ? "" : `&from=${next}`}`);
      if (part.text || next === null) add(part);
      return part.isRunning || running || next < part.length;
    }, 1000);
  };

  const open = (source) => {
    name = source;
    next = null;
    note.textContent = "";
    fill(text);
    sources.replaceChildren();
    follow();
  };

  const list = async () => {
    const found = await api.get(`${path}s`);
    if (found.length === sources.childElementCount) return;
    fill(sources, found.map((s) => button(s.name, () => open(s.name), { class: s.name === name ? "action primary" : "action", "data-log": s.name })));
  };
  follow();

  return {
    node: element("div", {}, element("div", { class: "row logs" }, sources, button("Download", () => download(`${path}/file?name=${encodeURIComponent(name)}`, `${job.id}.log`)), note), text),
    update(now) {
      const was = running;
      running = now.state === "running" || now.state === "pending";
      if (running && !was) follow();
    },
    end: () => stop?.(),
  };
};
