// The server: keys, retention, backup, what it is, and who did what.
import { api, key } from "../api.js";
import { button, bytes, element, empty, fill, table, time } from "../dom.js";
import { theme } from "../theme.js";

const scopes = ["read", "run", "edit", "admin"];
const failed = (node) => (error) => fill(node, element("p", { class: "bad" }, error.message));
const facts = (pairs) => element("dl", {}, pairs.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value ?? "–")]));

const browser = (again) => {
  const text = element("input", { type: "password", autocomplete: "off", placeholder: "sbx_…", "aria-label": "Key", value: key.get() ?? "" });
  const who = element("span", { class: "muted" });
  api.get("/api/whoami").then((w) => { who.textContent = `You are ${w.name}: ${w.scopes.join(", ")}.`; }).catch((e) => { who.textContent = e.message; who.className = "bad"; });
  return element("div", { class: "card" },
    element("form", { class: "row", onsubmit: (e) => { e.preventDefault(); key.set(text.value.trim()); again(); } }, "Key that this browser sends", text, element("button", { class: "action primary", type: "submit" }, "Use"),
      button("Forget", () => { key.set(null); again(); })),
    element("p", {}, who),
    button("Light / dark", () => theme.turn()));
};

const keys = () => {
  const node = element("div", { class: "card" });
  const draw = (made) => api.get("/api/keys").then((list) => {
    const name = element("input", { placeholder: "Whose it is", "aria-label": "Name", required: true });
    const days = element("input", { type: "number", min: 1, placeholder: "days, or for ever", "aria-label": "Days until it ends" });
    const boxes = scopes.map((s) => element("input", { type: "checkbox", value: s, checked: s === "read" }));
    const create = async (event) => {
      event.preventDefault();
      const body = { name: name.value, scopes: boxes.filter((b) => b.checked).map((b) => b.value) };
      if (days.value) body.expiresInDays = Number(days.value);
      await api.post("/api/keys", body).then((k) => draw(k)).catch((e) => window.dispatchEvent(new CustomEvent("trouble", { detail: e.message })));
    };
    fill(node,
      made ? element("p", { class: "ok" }, "The key, now and never again: ", element("code", { id: "made-key" }, made.text)) : null,
      list.length === 0 ? empty("There is no key.") : table(["Id", "Name", "Scopes", "Made", "Ends", ""], list.map((k) => [
        element("code", {}, k.id), k.name, k.scopes, time(k.createdAt), k.revokedAt ? `taken back ${time(k.revokedAt)}` : time(k.expiresAt) || "never",
        k.revokedAt ? "" : button("Take back", () => api.delete(`/api/keys/${k.id}`).then(() => draw()).catch(failed(node)))])),
      element("form", { class: "row", onsubmit: create }, name, days, boxes.map((b) => element("label", {}, b, ` ${b.value}`)), element("button", { class: "action", type: "submit" }, "Make a key")));
  }).catch(failed(node));
  draw();
  return node;
};

const server = (found) => element("div", { class: "card" }, facts([
  ["Version", found.version], ["Runtime", `${found.runtime}, ${found.system}`], ["Home", found.home], ["Database", bytes(found.databaseBytes)],
  ["Addresses", (found.addresses ?? []).join(", ")], ["Started", time(found.startedAt)], ["Elsa Studio", found.hasStudio ? "3.8.2" : "not installed"],
  ["API", element("a", { href: "/openapi/v1.json", target: "_blank" }, "/openapi/v1.json")],
]));

const retention = (s) => element("div", { class: "card" },
  facts([["Runs that are kept", s.KeepRuns ?? "all"], ["Kept for", s.KeepRunsFor ?? "ever"], ["Attempt directories kept for", s.KeepAttemptsFor ?? "as long as the run"]]),
  element("p", { class: "muted" }, "Set at the start: --Sandbox:KeepRuns 500 --Sandbox:KeepRunsFor 90d --Sandbox:KeepAttemptsFor 14d. Published files are never touched."));

const backup = () => {
  const told = element("span", { class: "muted" });
  return element("div", { class: "card row" }, button("Back up now", async (event) => {
    event.target.disabled = true;
    await api.post("/api/admin/backup").then((b) => { told.textContent = `${b.path}, ${bytes(b.bytes)}`; }).catch((e) => { told.textContent = e.message; });
    event.target.disabled = false;
  }), told);
};

const audit = () => {
  const node = element("div", { class: "card tall" });
  api.get("/api/audit?take=100").then((list) => fill(node, list.length === 0 ? empty("Nobody has changed or run anything yet.")
    : table(["When", "Who", "From", "What", "#Answer"], list.map((a) => [time(a.at), a.who, a.address ?? "", `${a.method} ${a.path}`, String(a.status)])))).catch(failed(node));
  return node;
};

export const show = async (root) => {
  const again = () => show(root);
  fill(root, element("h1", {}, "Settings"), element("h2", {}, "This browser"), browser(again));
  const found = await api.get("/api/settings").catch(() => null);
  if (!found) return;
  root.append(
    element("h2", {}, "Keys"), keys(), element("h2", {}, "Retention"), retention(found.settings), element("h2", {}, "Backup of the database"), backup(),
    element("h2", {}, "All settings"), element("div", { class: "card" }, facts(Object.entries(found.settings))),
    element("h2", {}, "About"), server(found), element("h2", {}, "Who did what"), audit());
};
