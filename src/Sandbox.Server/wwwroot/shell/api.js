// Calls the server. What it refuses comes as an error whose message a person can read.
const stored = "sandbox-key";

const headers = (more = {}) => ({ ...(key.get() ? { Authorization: `ApiKey ${key.get()}` } : {}), ...more });

const send = async (method, path, body) => {
  const response = await fetch(path, {
    method,
    headers: headers(body ? { "Content-Type": "application/json" } : {}),
    body: body ? JSON.stringify(body) : undefined,
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => null);
  const error = new Error(problem?.errors?.general?.join("\n") ?? problem?.detail ?? `${response.status} ${response.statusText}`);
  error.status = response.status;
  if (response.status === 401) window.dispatchEvent(new CustomEvent("needskey"));
  throw error;
};

const call = async (method, path, body) => {
  const text = await (await send(method, path, body)).text();
  return text ? JSON.parse(text) : null;
};

/** The key that this browser sends, where the server asks for one. */
export const key = {
  get: () => localStorage.getItem(stored),
  set: (text) => (text ? localStorage.setItem(stored, text) : localStorage.removeItem(stored)),
};

export const api = {
  get: (path) => call("GET", path),
  text: async (path) => (await send("GET", path)).text(),
  post: (path, body) => call("POST", path, body ?? {}),
  delete: (path) => call("DELETE", path),
};

/** Saves a file. A browser sends no key with a link: then the file goes through memory. */
export const download = async (path, name) => {
  const link = document.createElement("a");
  link.download = name;
  const url = key.get() ? URL.createObjectURL(await (await send("GET", path)).blob()) : null;
  link.href = url ?? path;
  document.body.append(link);
  link.click();
  link.remove();
  if (url) setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

/** Asks again and again until the page is left, or the work says false. */
export const poll = (work, interval = 1500) => {
  let timer = null;
  let ended = false;
  const round = async () => {
    const goesOn = await work().catch((error) => {
      window.dispatchEvent(new CustomEvent("trouble", { detail: error.message }));
      return error.status !== 404;
    });
    if (!ended && goesOn !== false) timer = setTimeout(round, interval);
  };
  round();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
};
