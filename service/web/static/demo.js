// Comforts for the comment form. The page works without any of them, and nothing
// is kept but in this browser. Storage may be forbidden or full: then we do without.
const AUTHOR_KEY = "greenroom.author";
const AUTHOR_FIELDS = ["author_name", "author_email", "author_website"];
const SENDING_KEY = "greenroom.sending"; // in this tab: the draft that is on its way

const read = (key, storage = "localStorage") => {
  try { return JSON.parse(window[storage].getItem(key)); } catch { return null; }
};
const write = (key, value, storage = "localStorage") => {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, JSON.stringify(value));
  } catch { /* without storage there is nothing to remember */ }
};

function rememberAuthor(form) {
  const box = form.querySelector("#remember-me");
  const known = read(AUTHOR_KEY);
  const save = () => write(AUTHOR_KEY, Object.fromEntries(
    AUTHOR_FIELDS.map((name) => [name, form.elements[name].value])));

  box.checked = known !== null;
  box.closest("[hidden]").hidden = false;
  for (const name of AUTHOR_FIELDS) form.elements[name].value ||= known?.[name] ?? "";

  box.addEventListener("change", () => (box.checked ? save() : write(AUTHOR_KEY, null)));
  form.addEventListener("submit", () => box.checked && save());
}

function keepDraft(form) {
  const body = form.elements.body;
  const key = "greenroom.draft:" + form.elements.page_url.value;
  const draft = read(key);

  if (draft?.text && !body.value) {
    if (draft.sent) offerAgain(body, draft.text);
    else body.value = draft.text;
  }
  body.addEventListener("input", () => write(key, body.value ? { text: body.value } : null));
  // Sending is not arriving: until the result page is seen, the text is kept and offered.
  write(SENDING_KEY, null, "sessionStorage");
  form.addEventListener("submit", () => {
    write(key, { text: body.value, sent: true });
    write(SENDING_KEY, key, "sessionStorage");
  });
}

function forgetWhatArrived() {
  const key = read(SENDING_KEY, "sessionStorage");
  if (key) write(key, null);
  write(SENDING_KEY, null, "sessionStorage");
}

function offerAgain(body, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "Put back the text I sent last";
  button.addEventListener("click", () => {
    body.value = text;
    button.remove();
    body.focus();
  });
  body.addEventListener("input", () => button.remove(), { once: true });
  body.after(button);
}

function showLocalTimes() {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" });
  for (const time of document.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.valueOf())) time.textContent = format.format(at);
  }
}

const form = document.querySelector("form.comment-form");
if (form) {
  rememberAuthor(form);
  keepDraft(form);
} else {
  forgetWhatArrived();
}
showLocalTimes();
