// The report, in a frame of its own that may run nothing.
import { api } from "../../api.js";
import { button, element } from "../../dom.js";

export const report = (run) => {
  const frame = element("iframe", { class: "report", title: "Report", sandbox: "" });
  const note = element("span", { class: "muted" }, "Made now.");
  let html = "";
  const save = () => {
    const link = element("a", { href: URL.createObjectURL(new Blob([html], { type: "text/html" })), download: `report-${run.id}.html` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  const load = () => api.text(`/api/runs/${run.id}/report`).then((text) => {
    html = text;
    frame.srcdoc = text;
  }).catch((error) => { note.textContent = error.message; });
  load();
  return { node: element("div", {}, element("div", { class: "row" }, button("Save", save), button("Make anew", load), note), frame) };
};
