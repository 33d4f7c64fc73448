// Two texts as one, with what went and what came marked. Words are compared; where there are too many, only what is between
// the common beginning and end.
import { element } from "../../dom.js";

const most = 1200;
const words = (text) => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

const common = (a, b) => {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [start, end];
};

/** The longest common subsequence, as steps: ["=", word], ["-", word], ["+", word]. */
const steps = (a, b) => {
  if (a.length > most || b.length > most) return [...a.map((w) => ["-", w]), ...b.map((w) => ["+", w])];
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) length[i][j] = a[i] === b[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  const found = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) { found.push(["=", a[i++]]); j++; }
    else if (length[i + 1][j] >= length[i][j + 1]) found.push(["-", a[i++]]);
    else found.push(["+", b[j++]]);
  }
  return [...found, ...a.slice(i).map((w) => ["-", w]), ...b.slice(j).map((w) => ["+", w])];
};

const shorten = (text, keepsEnd, keepsStart) => {
  const around = 60;
  if (text.length <= 2 * around + 20) return text;
  return `${keepsStart ? text.slice(0, around) : ""} … ${keepsEnd ? text.slice(-around) : ""}`;
};

export const difference = (before, after) => {
  const [a, b] = [words(before), words(after)];
  const [start, end] = common(a, b);
  const parts = [["=", a.slice(0, start).join("")], ...steps(a.slice(start, a.length - end), b.slice(start, b.length - end)), ["=", a.slice(a.length - end).join("")]];
  const joined = [];
  for (const [kind, text] of parts) {
    if (joined.at(-1)?.[0] === kind) joined.at(-1)[1] += text;
    else if (text) joined.push([kind, text]);
  }
  return element("pre", { class: "difference" }, joined.map(([kind, text], i) => (kind === "="
    ? shorten(text, i < joined.length - 1, i > 0)
    : element(kind === "-" ? "del" : "ins", {}, text))));
};
