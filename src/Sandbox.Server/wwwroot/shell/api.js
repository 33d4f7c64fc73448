// Calls the server. What it refuses comes as an error whose message a person can read.
const call = async (method, path, body) => {
  const key = localStorage.getItem("sandbox-key");
  const response = await fetch(path, {
    method,
    headers: { ...(key ? { Authorization: `ApiKey ${key}` } : {}), ...(body ? { "Content-Type": "application/json" } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => null);
    throw new Error(problem?.errors?.general?.join("\n") ?? problem?.detail ?? `${response.status} ${response.statusText}`);
  }
  const text = await response.text();
  return text ? JSON.parse(text) : null;
};

export const api = {
  get: (path) => call("GET", path),
  post: (path, body) => call("POST", path, body ?? {}),
  delete: (path) => call("DELETE", path),
};

/** Asks again and again until the page is left. */
export const poll = (work, interval = 1500) => {
  let timer = null;
  let ended = false;
  const round = async () => {
    const goesOn = await work().catch(() => true);
    if (!ended && goesOn !== false) timer = setTimeout(round, interval);
  };
  round();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
};
