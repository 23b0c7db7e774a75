// The review queue by keyboard. Without this script every button of the page still works, one page after the other.

import { Refused, inTurn, send } from "./desk-api.js";
import * as claim from "./desk-claim.js";
import { areOn, bind, turn } from "./desk-keys.js";
import * as list from "./desk-list.js";
import * as pane from "./desk-pane.js";
import * as selection from "./desk-selection.js";
import { say } from "./desk-say.js";

const DONE = { publish: "Published", spam: "Marked as spam", reject: "Rejected", remove: "Removed", restore: "Restored" };
const STATUS_AFTER = { publish: "published", spam: "spam", reject: "rejected", remove: "removed", restore: "published" };
const besideEachOther = window.matchMedia("(min-width: 62rem)");
const decided = [];

function open(row, { focus = "row" } = {}) {
  if (!row) {
    leaveEmpty();
    return void openWhatComes();
  }
  list.mark(row);
  history.replaceState(null, "", row.link.href);
  document.body.classList.add("with-item");
  pane.show(row);
  if (focus === "row" && besideEachOther.matches) row.link.focus({ preventScroll: true });
  else pane.whenShown().then(() => document.querySelector("#item")?.focus({ preventScroll: true }));
}

function leaveEmpty() {
  claim.left();
  pane.clear();
  document.body.classList.remove("with-item");
  list.announceEmptiness();
  document.querySelector("#all-done")?.focus();
}

/** The list ran out while more of it was on the way: go on with the first that comes. */
async function openWhatComes() {
  await list.whenLoaded();
  if (!list.current()) { const row = list.neighbour(0); if (row) open(row); }
}

async function move(step) {
  await list.whenLoaded();
  const row = list.neighbour(step);
  if (row) open(row);
  else say("There is nothing in this list.");
}

async function decide(event, more = {}) {
  let row = list.current();
  if (!row) {
    await list.whenLoaded();
    row = list.current();
  }
  if (!row) return say("Open a comment first: press j.");
  const isKept = event === "publish" && row.status === "published" && row.isReported;
  if (row.status === STATUS_AFTER[event] && !isKept) return say(`This comment is ${row.status} already.`);
  const next = list.following(row);
  const entry = { row, putBack: list.take(row), event, decisionId: null, isLost: false };
  decided.push(entry);
  claim.settled();
  pane.forget(row.id);
  say(`${isKept ? "Left published" : DONE[event]} the comment by ${row.author}.`, { action: { title: "Undo", run: () => undo(entry) } });
  const answered = inTurn(() => {
    const replaces = Number(row.element.dataset.decision) || undefined;
    return send(`/api/v1/review/comments/${row.id}/decisions`, { decision: event, revision: row.revision, replaces, ...more });
  });
  answered.then(
    (answer) => { entry.decisionId = answer.decision_id ?? null; },
    (refusal) => giveBack(entry, refusal),
  );
  if (row.isOneOfMany) {
    list.bringLike(row, answered).then((element) => {
      if (decided.includes(entry)) entry.follower = element;
      else element?.remove();
    });
  }
  open(next);
}

/** A decision that did not come through: the row is where it was, and says why. */
function giveBack(entry, refusal) {
  entry.isLost = true;
  decided.splice(decided.indexOf(entry), 1);
  entry.putBack();
  const sentence = refusal instanceof Refused ? refusal.message : "That didn't work. Please try again.";
  list.annotate(entry.row, sentence, { isSettled: refusal.status === 409 || refusal.status === 404 });
  list.announceEmptiness();
  say(`The comment by ${entry.row.author} was not decided. ${sentence}`, { isProblem: true });
}

function undo(entry = decided.at(-1)) {
  if (!entry || entry.isLost || !decided.includes(entry)) return say("There is nothing to undo.");
  decided.splice(decided.indexOf(entry), 1);
  const { row } = entry;
  const takeAgain = () => { list.take(row); };
  entry.follower?.remove();
  entry.putBack();
  list.announceEmptiness();
  if (row.link) { list.mark(row); row.link.focus({ preventScroll: true }); }
  say(`Took it back: the comment by ${row.author} is as it was.`);
  inTurn(async () => {
    if (entry.isLost) return;
    if (!entry.decisionId) throw new Refused("This decision can't be undone here. Open the comment and decide anew.");
    const answer = await send(`/api/v1/review/comments/${row.id}/undo`, { decision_id: entry.decisionId });
    row.element.dataset.decision = answer.decision_id;
  }).then(
    () => { row.link ? open(row) : location.reload(); },
    (refusal) => { takeAgain(); say(refusal.message, { isProblem: true }); },
  );
}

/** What was decided before this page was loaded: the page says so, or the comment that is open shows it. */
async function undoEarlier() {
  await pane.whenShown();
  const form = document.querySelector('.toast form[action*="/undo"], #item form[action*="/undo"][data-own]');
  if (form) return form.requestSubmit();
  const isTheirs = document.querySelector('#item form[action*="/undo"]');
  say(isTheirs ? "Somebody else decided last about this comment. Its history has a button to undo that." : "There is nothing to undo.");
}

/** Open one of the folded parts of the comment, like `#reject`, and go to its first field. */
async function unfold(selector, nothing) {
  await pane.whenShown();
  const part = document.querySelector(`#pane ${selector}`);
  if (!part) return say(nothing);
  part.open = true;
  (part.querySelector("input:checked") ?? part.querySelector("input:not([type=hidden]), textarea, select"))?.focus();
}

async function ban() {
  await pane.whenShown();
  const link = document.querySelector("#pane #ban");
  if (link) location.assign(link.href);
  else say("Nobody can be banned from here.");
}

async function keepNote(form) {
  const row = list.current();
  try {
    await inTurn(() => send(`/api/v1/review/comments/${row.id}/notes`, { body: form.elements.body.value }));
  } catch (refusal) {
    return say(refusal.message, { isProblem: true });
  }
  say("Kept your note.");
  pane.forget(row.id);
  if (row.link) open(row);
  else location.reload();
}

/** A form that is sent as a page leads to the comment that follows in the list. */
function goOnAfter(form) {
  const row = list.current();
  const next = row && list.following(row);
  if (!next) return;
  form.elements.next?.remove();
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "next", value: next.id }));
}

function select() {
  const row = list.current();
  const isChosen = selection.toggle(row);
  if (isChosen === null) return say("Open a comment first: press j.");
  say(isChosen ? `Selected the comment by ${row.author}.` : `Left out the comment by ${row.author}.`);
}

function close() {
  const folded = document.activeElement?.closest?.("#pane details[open]");
  if (folded) folded.open = false;
  const row = list.current();
  if (row?.link && besideEachOther.matches) row.link.focus();
  else document.querySelector("#item")?.focus();
}

/** Whether a panel that hangs over the page was open, and is closed now. */
function closeFilter() {
  const box = document.querySelector(".filter-box[open]");
  if (!box) return false;
  box.open = false;
  box.querySelector("summary").focus();
  return true;
}

function help() {
  const dialog = document.querySelector("#keys");
  dialog.querySelector("#keys-on").checked = areOn();
  dialog.showModal();
}

bind({
  j: () => move(1),
  k: () => move(-1),
  a: () => decide("publish"),
  s: () => decide("spam"),
  r: () => unfold("#reject", "This comment can't be rejected as it stands."),
  u: () => (decided.length ? undo() : undoEarlier()),
  n: () => unfold("#note-box", "Your role here only looks."),
  b: ban,
  x: select,
  "/": () => document.querySelector("#search")?.select(),
  "?": help,
  Escape: () => { if (!document.querySelector("dialog[open]") && !closeFilter()) close(); },
});

document.addEventListener("click", (event) => {
  if (!event.target.closest(".filter-box")) document.querySelector(".filter-box[open]")?.removeAttribute("open");
  if (event.target.closest("[data-help]")) return help();
  const link = event.target.closest(".row-link");
  if (!link || !besideEachOther.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(new list.Row(link.closest(".row")), { focus: "item" });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("#item .note-form")) {
    event.preventDefault();
    return void keepNote(form);
  }
  if (form.matches("#item .appeal-form")) return goOnAfter(form);
  if (!form.matches("#item .decision-form")) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  const more = {};
  for (const name of ["reason", "note", "message"]) if (fields.get(name)) more[name] = fields.get(name);
  decide(fields.get("decision"), more);
});

document.addEventListener("desk:shown", (event) => {
  claim.opened(event.detail);
  const row = list.current();
  if (row) pane.prepare(list.following(row));
});
document.querySelector("#keys-on")?.addEventListener("change", (event) => turn(event.target.checked));
document.querySelectorAll("[data-help]").forEach((button) => button.removeAttribute("hidden"));
selection.showBoxes();
document.addEventListener("desk:rows", () => { selection.showBoxes(); selection.recount(); });
document.documentElement.classList.add("scripted");
list.fill();
if (document.querySelector("#item")) claim.opened(document.querySelector("#item").dataset.id);
