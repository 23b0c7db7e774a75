// The list of the review queue: which row is current, rows that are taken out and put back, and further pages.

import { page } from "./desk-api.js";

const FEW = 10;
const rows = document.querySelector("#rows");
const further = () => document.querySelector("#further");
const taken = new Set();
const places = new Map();
const coming = new Set();
let loading = null;

/** What can be decided: a row of the list, or the comment of a page that stands in no list. */
export class Row {
  constructor(element) {
    this.element = element;
    this.id = element.dataset.id;
    this.revision = Number(element.dataset.revision);
    this.status = element.dataset.status;
    this.isOneOfMany = "like" in element.dataset;
    this.isReported = "reported" in element.dataset;
    this.author = element.querySelector(".row-author, #item-title")?.textContent.trim() ?? "";
  }

  get link() {
    return this.element.querySelector(".row-link");
  }
}

/** The row that is open; else the comment that is open without one; null when nothing is. */
export function current() {
  const marked = rows?.querySelector(".row-link[aria-current]")?.closest(".row");
  if (marked) return new Row(marked);
  const item = document.querySelector("#item");
  return item && !taken.has(item.dataset.id) ? new Row(item) : null;
}

/** The row `step` places on from the current one, stopping at the ends; the first when none is current. */
export function neighbour(step) {
  const all = [...(rows?.querySelectorAll(".row:not(.settled)") ?? [])];
  const here = all.findIndex((row) => row.querySelector("[aria-current]"));
  const found = here < 0 ? all[0] : all[Math.min(Math.max(here + step, 0), all.length - 1)];
  return found ? new Row(found) : null;
}

/** Where to go when this one leaves: the row after it, else the one before it, else null. */
export function following(row) {
  const all = [...(rows?.querySelectorAll(".row:not(.settled)") ?? [])];
  const here = all.indexOf(row.element);
  const found = here < 0 ? all[0] : (all[here + 1] ?? all[here - 1]);
  return found ? new Row(found) : null;
}

export function mark(row) {
  rows?.querySelectorAll("[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
  row?.link?.setAttribute("aria-current", "true");
  row?.element.scrollIntoView({ block: "nearest" });
}

/** Take the row out of the list. Answers how to put it back where it was. */
export function take(row) {
  taken.add(row.id);
  if (!row.link) return () => taken.delete(row.id);
  const next = row.element.nextElementSibling;
  const place = document.createComment("");
  rows.insertBefore(place, next);
  places.set(row.id, place);
  row.element.remove();
  row.link.removeAttribute("aria-current");
  document.dispatchEvent(new CustomEvent("desk:rows"));
  fill();
  return () => {
    taken.delete(row.id);
    place.replaceWith(row.element);
  };
}

/** Write on the row why it is here again. A settled one was decided by somebody else: keys pass over it. */
export function annotate(row, sentence, { isSettled = false } = {}) {
  row.element.querySelector(".row-told")?.remove();
  const told = document.createElement("span");
  told.className = "row-told";
  told.textContent = sentence;
  row.link?.append(told);
  row.element.classList.toggle("settled", isSettled);
}

/** Resolves when further rows that were asked for have come. */
export async function whenLoaded() {
  while (loading || coming.size) await Promise.all([loading, ...coming]);
}

/** Bring the next page of the list when few rows are left. */
export function fill() {
  if (!rows || loading || !further() || rows.querySelectorAll(".row").length >= FEW) return;
  loading = bring(further()).then(() => true, () => false).then((haveCome) => {
    loading = null;
    if (haveCome) fill();
    announceEmptiness();
  });
}

async function bring(link) {
  const html = await page(link.href);
  if (html === null) return;
  const next = new DOMParser().parseFromString(html, "text/html");
  const known = new Set([...rows.querySelectorAll(".row")].map((row) => row.dataset.id));
  for (const row of next.querySelectorAll("#rows > .row")) {
    if (!known.has(row.dataset.id) && !taken.has(row.dataset.id)) rows.append(document.adoptNode(row));
  }
  document.dispatchEvent(new CustomEvent("desk:rows"));
  const on = next.querySelector("#further");
  if (on) link.href = on.href;
  else link.closest(".further").remove();
}

/** Once `decided` resolves, bring what waits and says nearly the same as this row to where the row was. Resolves with
    its element, or with null where nothing is left. */
export function bringLike(row, decided) {
  const work = decided.then(() => nextLike(row)).catch(() => null);
  coming.add(work);
  return work.finally(() => {
    coming.delete(work);
    announceEmptiness();
  });
}

async function nextLike(row) {
  const address = new URL(row.link.href);
  address.pathname += "/like";
  const html = await page(address.href);
  const found = html && new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html").querySelector(".row");
  const known = [...rows.querySelectorAll(".row")].map((one) => one.dataset.id);
  if (!found || taken.has(found.dataset.id) || known.includes(found.dataset.id)) return null;
  const fresh = document.adoptNode(found);
  const place = places.get(row.id);
  if (place?.isConnected) place.after(fresh);
  else rows.append(fresh);
  document.dispatchEvent(new CustomEvent("desk:rows"));
  return fresh;
}

/** Show the sentence for an empty list while it is empty. */
export function announceEmptiness() {
  const isEmpty = !loading && !coming.size && !rows?.querySelector(".row");
  document.querySelector("#all-done")?.toggleAttribute("hidden", !isEmpty);
}
