// The shell: one document for all pages. A page is a module in pages/ with a function show(root, parameters) that fills the
// root and may give back a function that ends its work. Studio's pages are shown by its frame, which is booted once.
import { menu } from "./menu.js";
import { studio } from "./studio.js";
import { theme } from "./theme.js";

const routes = [
  [/^\/$/, () => import("./pages/overview.js")],
  [/^\/definitions$/, studio.page("definitions")],
  [/^\/definitions\/([^/]+)$/, studio.page("definition")],
  [/^\/instances$/, studio.page("instances")],
  [/^\/instances\/([^/]+)$/, studio.page("instance")],
  [/^\/runs$/, () => import("./pages/runs.js")],
  [/^\/runs\/([^/]+)$/, () => import("./pages/run.js")],
  [/^\/compare$/, () => import("./pages/compare.js")],
  [/^\/data$/, () => import("./pages/data.js")],
  [/^\/environments$/, () => import("./pages/environments.js")],
  [/^\/settings$/, () => import("./pages/settings.js")],
];

const page = document.getElementById("page");
let leave = () => {};

const show = async () => {
  leave();
  leave = () => {};
  const path = location.pathname;
  menu.mark(path);
  studio.notice(null);
  const [match, load] = routes.map(([pattern, module]) => [path.match(pattern), module]).find(([m]) => m) ?? [[], null];
  const module = await load?.();
  if (location.pathname !== path) return;
  page.hidden = module?.isStudio === true;
  page.replaceChildren();
  studio.hide();
  if (!module) page.textContent = "There is no such page.";
  else leave = (await module.show(page, match.slice(1).map(decodeURIComponent))) ?? leave;
};

/** Goes to a page without loading the document anew. */
export const go = (path) => {
  if (path !== location.pathname + location.search) history.pushState(null, "", path);
  show();
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='/']");
  if (!link || link.target || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});
window.addEventListener("popstate", show);
window.addEventListener("trouble", (event) => studio.notice([event.detail]));
window.addEventListener("needskey", () => {
  if (location.pathname !== "/settings") go("/settings");
});
studio.onNavigate(go);
theme.start();
menu.draw();
show();
