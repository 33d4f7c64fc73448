// Speaks with Studio's frame.
import { api } from "./api.js";

const frame = document.getElementById("studio");
const bar = document.getElementById("notice");
let ready = false;
let wanted = null;
let themed = null;
let navigate = () => {};

const post = (message) => frame.contentWindow.postMessage({ target: "studio", ...message }, location.origin);
const send = () => {
  if (!ready) return;
  if (themed) post({ type: "theme", theme: themed });
  post(wanted ? { type: "show", ...wanted } : { type: "hide" });
};

const notice = (lines) => {
  bar.hidden = !lines?.length;
  bar.textContent = lines?.join("\n") ?? "";
};

const showFaults = async (definitionId) => {
  const found = await api.get(`/api/definitions/${encodeURIComponent(definitionId)}/faults`).catch(() => null);
  if (wanted?.kind === "definition" && wanted.id === definitionId) notice(found?.faults);
};

window.addEventListener("message", (event) => {
  if (event.origin !== location.origin || event.data?.source !== "studio") return;
  const message = event.data;
  if (message.type === "ready") {
    ready = true;
    send();
  } else if (message.type === "navigate") navigate(message.path);
  else if (message.type === "saved") {
    if (message.problem) notice(message.problem.errors?.general ?? [message.problem.detail]);
    else if (message.definitionId) showFaults(message.definitionId);
  }
});

export const studio = {
  /** A page that Studio shows. */
  page: (kind) => async () => ({
    isStudio: true,
    show(root, [id]) {
      wanted = { kind, id };
      frame.classList.add("shown");
      send();
      if (kind === "definition") showFaults(id);
    },
  }),
  hide() {
    wanted = null;
    frame.classList.remove("shown");
    send();
  },
  theme(name) {
    themed = name;
    send();
  },
  notice,
  onNavigate(go) {
    navigate = go;
  },
};
