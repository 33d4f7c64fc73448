// Holds Studio's elements for the shell: one runtime, booted once, one element at a time.
const elements = {
  definitions: "elsa-workflow-definition-list",
  definition: "elsa-workflow-definition-editor",
  instances: "elsa-workflow-instance-list",
  instance: "elsa-workflow-instance-viewer",
};

const screen = document.getElementById("screen");
const tell = (message) => window.parent.postMessage({ source: "studio", ...message }, location.origin);

// Studio believes that it has the address bar. It goes where it wants through the shell, and changes nothing here.
const goTo = (url) => {
  const path = new URL(url, document.baseURI).pathname.replace(/^\/studio\//, "");
  const instance = path.match(/^workflows\/instances\/([^/]+)\/view/);
  const definition = path.match(/^workflows\/definitions\/([^/]+)\/edit/);
  if (instance) tell({ type: "navigate", path: `/instances/${instance[1]}` });
  else if (definition) tell({ type: "navigate", path: `/definitions/${definition[1]}` });
};
history.pushState = (state, title, url) => goTo(url);

// Whoever saves hears what is wrong with the draft; the shell shows it.
const send = window.fetch;
window.fetch = async (...args) => {
  const response = await send(...args);
  const request = args[0] instanceof Request ? args[0] : { url: String(args[0]), method: args[1]?.method ?? "GET" };
  if (request.method === "POST" && /\/elsa\/api\/workflow-definitions(\/[^/]+\/publish)?$/.test(new URL(request.url, location.href).pathname)) {
    const body = await response.clone().json().catch(() => null);
    tell({ type: "saved", status: response.status, definitionId: body?.workflowDefinition?.definitionId, problem: response.ok ? null : body });
  }
  return response;
};

const callbacks = {
  definitions: { editWorkflowDefinition: (id) => tell({ type: "navigate", path: `/definitions/${id}` }) },
  instances: { viewWorkflowInstance: (id) => tell({ type: "navigate", path: `/instances/${id}` }) },
  instance: { editWorkflowDefinition: (id) => tell({ type: "navigate", path: `/definitions/${id}` }) },
  definition: {},
};

const create = (kind, id) => {
  const element = document.createElement(elements[kind]);
  element.setAttribute("remote-endpoint", `${location.origin}/elsa/api`);
  const key = localStorage.getItem("sandbox-key");
  if (key) element.setAttribute("api-key", key);
  if (kind === "definition") element.setAttribute("definition-id", id);
  if (kind === "instance") element.setAttribute("instance-id", id);
  Object.assign(element, callbacks[kind]);
  return element;
};

// An element that leaves the page ends itself a second later; until then it would dispute the next one's place for menus.
const close = async (element) => {
  const component = await element._addRootComponentPromise;
  element.remove();
  if (element._isDisposed) return;
  clearTimeout(element._disposalTimeoutHandle);
  element._isDisposed = true;
  await component?.dispose();
};

let wanted = null;
let work = Promise.resolve();

// One change after another: what was asked for last is what is shown.
const change = (kind, id) => {
  const asked = kind ? `${kind}/${id ?? ""}` : null;
  if (asked === wanted) return;
  wanted = asked;
  work = work.then(async () => {
    if (asked !== wanted) return;
    if (kind) await customElements.whenDefined(elements[kind]);
    for (const element of [...screen.children]) await close(element);
    if (kind && asked === wanted) screen.append(create(kind, id));
  }).catch((error) => console.error(error));
};

window.addEventListener("message", (event) => {
  if (event.origin !== location.origin || event.data?.target !== "studio") return;
  if (event.data.type === "show") change(event.data.kind, event.data.id);
  if (event.data.type === "hide") change(null);
  if (event.data.type === "theme") document.documentElement.dataset.theme = event.data.theme;
});

// Not awaited: Blazor starts when the document is ready, and the document waits for this module.
customElements.whenDefined(elements.definition).then(() => tell({ type: "ready" }));
