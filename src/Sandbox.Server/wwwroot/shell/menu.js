import { element } from "./dom.js";
import { theme } from "./theme.js";

const pages = [
  ["/", "Overview"], ["/definitions", "Workflows"], ["/runs", "Runs"], ["/compare", "Compare"], ["/data", "Data"],
  ["/environments", "Environments"], ["/settings", "Settings"],
];

const section = (path) => (path.startsWith("/instances") ? "/runs" : `/${path.split("/")[1]}`);

export const menu = {
  draw() {
    document.getElementById("menu").replaceChildren(
      element("div", { class: "brand" }, "Sandbox"),
      ...pages.map(([path, name]) => element("a", { href: path }, name)),
      element("div", { class: "fill" }),
      element("button", { type: "button", id: "theme", onclick: () => theme.turn() }, "Light / dark"),
    );
    this.mark(location.pathname);
  },
  mark(path) {
    for (const link of document.querySelectorAll("#menu a")) {
      if (link.getAttribute("href") === section(path)) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  },
};
