// The files that jobs wrote, to save.
import { api, download } from "../../api.js";
import { button, bytes, element, empty, table } from "../../dom.js";

export const files = (run) => {
  const node = element("div", { class: "card" });
  let drawn = null;
  return {
    node,
    async update(now) {
      const mark = now.jobs.filter((j) => j.state === "finished").length;
      if (mark === drawn) return;
      drawn = mark;
      const found = await api.get(`/api/runs/${run.id}/artifacts`);
      const jobs = new Map(now.jobs.map((j) => [j.id, j.metaName ?? j.hook]));
      node.replaceChildren(found.length === 0 ? empty("No job has written a file yet.") : table(["Job", "Path", "#Size", "SHA-256", ""], found.map((f) => [
        jobs.get(f.jobId) ?? f.jobId, element("span", { class: "path" }, f.path), bytes(f.bytes), element("code", { title: f.sha256 }, f.sha256.slice(0, 12)),
        button("Save", () => download(`/api/runs/${run.id}/artifacts/${f.id}`, f.path.split("/").pop())
          .catch((e) => window.dispatchEvent(new CustomEvent("trouble", { detail: e.message })))),
      ])));
    },
  };
};
