import { element } from "../dom.js";

export const show = (root) => root.replaceChildren(element("h1", {}, "Compare"));
