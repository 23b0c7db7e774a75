// The comment beside the list: shown when its row becomes current, fetched ahead for the one that is likely next.

import { page } from "./desk-api.js";

const SETTLES_MS = 60;
const pane = document.querySelector("#pane");
const fetched = new Map();
let shown = document.querySelector("#item")?.dataset.id ?? null;
let wanted = null;
let settling;
let arrived = Promise.resolve();

/** Show the comment of this row. Keys that are pressed in haste skip those they pass by. */
export function show(row) {
  if (row.id === shown && !wanted) return;
  wanted = row.id;
  pane.setAttribute("aria-busy", "true");
  clearTimeout(settling);
  arrived = new Promise((resolve) => {
    settling = setTimeout(() => resolve(bring(row)), fetched.has(row.id) ? 0 : SETTLES_MS);
  });
}

/** Resolves when the comment that was last asked for is there. */
export async function whenShown() {
  await arrived;
}

/** Fetch a comment before anybody asks for it. */
export function prepare(row) {
  if (row && !fetched.has(row.id) && row.id !== shown) fetched.set(row.id, get(row));
}

/** Forget what was fetched of this comment: it has changed. */
export function forget(id) {
  fetched.delete(id);
  if (shown === id) shown = null;
}

/** Nothing is left to show. */
export function clear() {
  clearTimeout(settling);
  wanted = shown = null;
  pane.removeAttribute("aria-busy");
  pane.replaceChildren();
}

async function bring(row) {
  if (!fetched.has(row.id)) fetched.set(row.id, get(row));
  const html = await fetched.get(row.id);
  fetched.delete(row.id);
  if (wanted !== row.id) return;
  wanted = null;
  shown = row.id;
  pane.removeAttribute("aria-busy");
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#item");
  if (fresh) pane.replaceChildren(document.adoptNode(fresh));
  pane.scrollIntoView({ block: "nearest" });
  document.dispatchEvent(new CustomEvent("desk:shown", { detail: row.id }));
}

async function get(row) {
  const address = new URL(row.link.href);
  address.pathname += "/panel";
  return (await page(address.href).catch(() => null)) ?? "";
}
