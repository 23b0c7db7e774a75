// Asking the desk's API, one request after the other: an undo never overtakes what it undoes.

const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const waiting = new Set();
let last = Promise.resolve();

/** What went wrong, in a sentence for people; `decision` is the winner's, where somebody was faster. */
export class Refused extends Error {
  constructor(sentence, status = 0, problem = {}) {
    super(sentence);
    this.status = status;
    this.decision = problem.decision ?? null;
  }
}

/** Run `work` when everything that was asked for before is done. Answers what it returns. What `matters` must not be
    lost by leaving the page. */
export function inTurn(work, { matters = true } = {}) {
  const turn = last.then(work);
  if (matters) waiting.add(turn);
  last = turn.catch(() => {}).finally(() => waiting.delete(turn));
  return turn;
}

/** Send JSON. Answers what came back, or throws `Refused`. */
export async function send(path, body = {}, method = "POST") {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token };
  const answer = await reach(path, { method, headers, body: method === "GET" ? undefined : JSON.stringify(body), keepalive: true });
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  if (answer.status === 401) throw new Refused("Your session has ended. Load the page to log in again.", 401);
  throw new Refused(told.detail ?? "That didn't work. Please try again.", answer.status, told);
}

/** A page of ours as text; null when there is none any more. */
export async function page(path, signal) {
  const answer = await reach(path, { signal });
  return answer.ok && !answer.redirected ? answer.text() : null;
}

async function reach(path, options) {
  try {
    return await fetch(path, { credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused("Greenroom can't be reached, so nothing was changed. Please try again.");
  }
}

// Whoever leaves while something is on its way is asked first: what was decided must not be lost.
window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});
