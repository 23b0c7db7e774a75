// While a comment is open, others see by whom. The claim is renewed, and released on leaving.

import { inTurn, send } from "./desk-api.js";

const SETTLES_MS = 400;
const RENEWED_MS = 60_000;
let claimed = null;
let settling;
let renewing;

const path = (id) => `/api/v1/review/comments/${id}/claim`;

/** This comment is open now, and the one before is not. */
export function opened(id) {
  if (id === claimed) return;
  left();
  settling = setTimeout(() => { claimed = id; renew(); }, SETTLES_MS);
}

/** It is decided, which ends its claim by itself. */
export function settled() {
  clearTimeout(settling);
  clearTimeout(renewing);
  claimed = null;
}

/** Nothing is open any more. */
export function left() {
  clearTimeout(settling);
  clearTimeout(renewing);
  if (claimed) send(path(claimed), {}, "DELETE").catch(() => {});
  claimed = null;
}

async function renew() {
  const id = claimed;
  try {
    // In turn, so that it never arrives after the decision that ends it.
    const claim = await inTurn(() => (id === claimed ? send(path(id)) : null), { matters: false });
    if (id !== claimed || !claim) return;
    tell(id, claim);
  } catch {
    // A viewer claims nothing; a server that is away is heard of by the next decision.
  }
  clearTimeout(renewing);
  renewing = setTimeout(renew, RENEWED_MS);
}

function tell(id, claim) {
  const line = document.querySelector(`#item[data-id="${id}"] #open-by`);
  if (!line) return;
  const name = claim.claimed_by?.replace(/^moderator:(token:)?/, "");
  line.textContent = claim.is_yours || !name ? "" : `${name} has this open.`;
}

window.addEventListener("pagehide", left);
