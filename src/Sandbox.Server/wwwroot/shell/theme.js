import { studio } from "./studio.js";

const kept = "sandbox-theme";
const root = document.documentElement;

const apply = (name) => {
  root.dataset.theme = name;
  studio.theme(name);
  window.dispatchEvent(new CustomEvent("themechange", { detail: name }));
};

export const theme = {
  start() {
    apply(localStorage.getItem(kept) ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  },
  turn() {
    const name = root.dataset.theme === "dark" ? "light" : "dark";
    localStorage.setItem(kept, name);
    apply(name);
  },
};
