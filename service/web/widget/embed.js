// Served as it is written; docs/decisions/0017 says why it is written so.
const DEEPEST = 3;
const LOOK_MS = 150, SLOWEST_LOOK_MS = 5e3, HELD_LOOK_MS = 3e4;
const UNITS = { year: 31536e3, month: 2592e3, day: 864e2, hour: 3600, minute: 60, second: 1 };

const script = [...document.scripts].find((one) => one.src === import.meta.url);
const place = document.getElementById("greenroom");
const settings = { ...place?.dataset, ...script?.dataset };
const here = location.href.split("#")[0];
let pageUrl = new URL(settings.pageUrl ?? document.querySelector("link[rel=canonical]")?.href ?? here, here).href.split("#")[0];
const site = `sites/${settings.site}/`;

// Old libraries add a toJSON to every array.
const json = (value) => JSON.stringify({ __proto__: null, ...value });

// What the browser doesn't keep, the page does while it is open.
const kept = {};
function read(key, storage = "localStorage") {
  try { return kept[storage + key] ?? JSON.parse(window[storage]["greenroom." + key]); } catch { return {}; }
}
function write(key, value, storage = "localStorage") {
  try {
    kept[storage + key] = value;
    window[storage]["greenroom." + key] = json(value);
    kept[storage + key] = undefined;
  } catch {}
}

async function ask(path, { body, method = body ? "POST" : "GET", token, key } = {}) {
  const headers = {};
  if (info.language) headers["Accept-Language"] = info.language;
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = "Bearer " + token;
  if (key) headers["Idempotency-Key"] = key;
  const answer = await fetch(new URL("api/v1/" + path, import.meta.url), {
    method, headers, body: body && json(body), credentials: "omit",
  });
  const told = answer.status === 204 || await answer.json();
  if (answer.ok) return told;
  throw told;
}

let info = { messages: { failed: "The comments could not be loaded.", retry: "Try again" } };
const format = {};
const tell = (part) => ask(`${site}widget?lang=${[settings.lang, document.documentElement.lang].join().slice(0, 35)}${part}`);
function parts(name, values) {
  const message = info.messages[name];
  const sentence = message.other ? message[format.plural.select(values.count)] : message;
  return sentence.split(/\{(\w+)\}/).map((part, at) => {
    if (at % 2) part = values[part];
    return part?.toFixed ? part.toLocaleString(info.language) : part;
  });
}
const say = (...what) => parts(...what).join("");

function h(tag, traits, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(traits ?? {})) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  fill(element, inside);
  return element;
}
const fill = (element, ...inside) => element.replaceChildren(...inside.flat(9).filter((one) => one));
const button = (name, onclick, traits) => h("button", { type: "button", className: name, onclick, ...traits }, say(name));
const bdi = (name) => h("bdi", null, name);

function timeOf(stamp) {
  const time = h("time", { dateTime: stamp, title: format.exact.format(new Date(stamp)) });
  tellTime(time);
  return time;
}
function tellTime(time) {
  const seconds = Math.max(1, (Date.now() - Date.parse(time.dateTime)) / 1000);
  const [unit, size] = Object.entries(UNITS).find(([, size]) => seconds >= size);
  time.textContent = format.ago.format(-Math.floor(seconds / size), unit);
}

// What is not on this list stays text.
const PIECE = /<(\/?)(p|br|em|strong|code|pre|blockquote|ul|ol|li|a)(?: href="([^"]*)")?(?: rel="[^"]*")?>|[^<]+|</g;
const CHARACTERS = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\xa0" };
const decode = (text) => text.replace(/&(\w+);/g, (whole, name) => CHARACTERS[name] ?? whole);
function build(html) {
  const open = [h("div", { className: "body", dir: "auto" })];
  for (const [text, isEnd, tag, href] of html.matchAll(PIECE)) {
    const last = open.at(-1);
    if (!tag) last.append(decode(text));
    else if (!isEnd) {
      const element = tag === "a" ? link(href && decode(href)) : h(tag);
      last.append(element);
      if (tag !== "br") open.push(element);
    } else if (open[1]) open.pop();
  }
  return open[0];
}
const link = (href, inside) => /^(https?:\/\/|mailto:)/.test(href)
  ? h("a", { href, rel: "nofollow ugc noopener noreferrer" }, inside) : h("span", null, inside);

const comments = new Map();
let all, heading, thread, live, status, more, cursor, loading, isOpen, isFlat = settings.sort === "newest", total = 0;

function show(comment) {
  let entry = comments.get(comment.id);
  if (!entry) {
    let above = isFlat ? undefined : comments.get(comment.parent_id);
    const isCapped = above?.depth === DEEPEST, isApart = isCapped || !above;
    if (isCapped) above = above.above;
    const article = h("article", { tabIndex: -1, "aria-labelledby": "by-" + comment.id }), replies = h("ol");
    entry = { article, replies, above, isApart, depth: above ? above.depth + 1 : 0, count: 0 };
    entry.item = h("li", { id: "comment-" + comment.id }, article, replies);
    entry.fold = h("button", { type: "button", onclick: () => fold(entry, !replies.hidden) });
    comments.set(comment.id, entry);
    insert(entry.item, above?.replies ?? thread);
    count(entry, 1);
    fold(entry);
  }
  Object.assign(entry, comment);
  draw(entry);
  return entry;
}

// Ids grow with time.
function insert(item, list) {
  let next = null, last = list.lastElementChild;
  while (last && last.id > item.id !== isFlat) {
    next = last;
    last = last.previousElementSibling;
  }
  list.insertBefore(item, next);
}

function count(entry, by) {
  for (let up = entry.above; up; up = up.above) {
    up.count += by;
    fold(up, up.replies.hidden);
  }
}

function fold({ fold, replies, count }, isFolded = false) {
  fold.textContent = say("replies", { count });
  fold.ariaExpanded = !isFolded;
  fold.hidden = !count;
  replies.hidden = isFolded;
}

function tally() {
  const hasFailed = !!status.firstChild?.role;
  heading.textContent = isOpen ? say("comments", { count: total }) : "";
  heading.hidden = !isOpen;
  if (!loading && !hasFailed) status.textContent = comments.size ? "" : say("none");
  more.hidden = !cursor || hasFailed;
}

function draw(entry) {
  const { id, article, own, author_name: name, parent_id } = entry;
  const hadFocus = article.contains(shadow.activeElement);
  const parent = entry.isApart && (entry.parent_author ?? comments.get(parent_id)?.author_name);
  const anchor = (id, inside) => h("a", { href: `${here}#comment-${id}`, onclick: () => setTimeout(followHash) }, inside);
  const act = (kind, go = later(kind)) => button(kind, () => go(entry), { "aria-label": `${say(kind)}: ${name}` });
  const isWaiting = own && own.status !== "published";
  const editable = own && Date.parse(own.editable_until), until = own && Date.parse(own.deletable_until ?? own.editable_until);
  article.className = own?.status ?? "";
  fill(article,
    h("p", { className: "by" },
      h("b", { id: "by-" + id }, entry.is_erased ? say("erased") : link(entry.author_website, bdi(name))),
      parent && h("span", null, parts("in_reply_to", { name: anchor(parent_id, bdi(parent)) })),
      anchor(id, timeOf(entry.created_at)),
      entry.edited_at && h("span", null, say("edited")),
      isWaiting && h("mark", null, say(own.status === "held" ? "pending" : own.status))),
    entry.body_html == null ? h("div", { className: "body typed", dir: "auto" }, entry.body_text) : build(entry.body_html),
    isWaiting && h("p", null, own.detail),
    own?.message && h("p", { dir: "auto" }, h("b", null, say("moderator")), " ", own.message),
    own?.help_lines?.[0] && h("div", { className: "box" }, h("b", null, say("help")),
      h("ul", null, own.help_lines.map((line) => h("li", { dir: "auto" }, line))), say("only_you")),
    entry.said && h("p", null, entry.said),
    !entry.is_erased && h("p", { className: "acts" },
      !isWaiting && act("reply", reply), entry.fold,
      own ? until > Date.now() && [
        editable > Date.now() && act("edit"), act("delete"), h("small", null, say("until", { time: new Date(until).toLocaleTimeString(info.language, { timeStyle: "short" }) })),
      ] : act("report"),
      own?.can_appeal && act("appeal"),
      own?.can_prove && !entry.isProving && act("prove")));
  if (hadFocus) article.focus({ preventScroll: true });
}

function tellOf(entry, said) {
  live.textContent = entry.said = said;
  draw(entry);
}

const page = () => ask(`${site}comments?` + new URLSearchParams({
  page_url: pageUrl, ...(isFlat && { order: "newest" }), ...(cursor && { cursor }),
}));

const fail = () => fill(status, h("span", { role: "alert" }, say("failed")), " ", button("retry", proceed));

function load(asked) {
  if (loading) return loading;
  status.textContent = "…";
  const mine = loading = (asked ?? page()).then((found) => {
    if (mine !== loading) return;
    loading = undefined;
    if (!isOpen) takePlace();
    isOpen = true;
    ({ total, next_cursor: cursor, page_url: pageUrl } = found);
    status.textContent = "";
    const entries = found.comments.map((comment) => show({ ...comment, isCounted: true }));
    tally();
    return entries.find((one) => !one.above) ?? entries[0];
  }, () => {
    if (mine !== loading) return;
    loading = undefined;
    fail();
    tally();
  });
  return mine;
}

// From now on nothing of the page reaches in.
function takePlace() {
  shadow.querySelector("slot")?.remove();
  shadow.adoptedStyleSheets = [sheet(":host { all: initial !important; display: block !important }"), sheet(STYLE)];
}

// "Load more", and "Try again" whatever failed.
async function proceed() {
  const entry = await (isOpen ? load() : heading ? open() : start());
  if (entry) goTo(entry);
  else (status.querySelector("button") ?? heading).focus();
}

function goTo(entry) {
  for (let up = entry.above; up; up = up.above) fold(up);
  entry.item.scrollIntoView({ block: "nearest" });
  entry.article.focus({ preventScroll: true });
}

// A cursor is the last id before it.
async function find(id) {
  while (id && !comments.has(id) && cursor && cursor < id !== isFlat && await load());
  return comments.get(id);
}

async function followHash() {
  const entry = await find(location.hash.match(/^#comment-([\da-f-]{36})$/)?.[1]);
  if (entry) goTo(entry);
  return entry;
}

async function begin(asked) {
  cursor = loading = isOpen = undefined;
  home();
  comments.clear();
  fill(thread);
  await load(asked);
  const answered = await find(draft.parent_id);
  if (answered) replyTo(answered);
  else if (draft.parent_id && isOpen && !status.firstChild?.role) cancel();
  lookAtOwn();
}

const open = (asked) => begin(asked).then(followHash);

function sortBy(order) {
  isFlat = order === "newest";
  begin();
}

let ids = 0;
function field(name, traits, tag = "input") {
  const id = "field-" + ++ids, { required = info.site.required.includes(name), hidden = false, ...others } = traits;
  return h("div", { className: "field", hidden },
    h("label", { htmlFor: id }, say(name.replace("author_", "")), required && " *"),
    h("p", { className: "error", id: "error-" + id }),
    h(tag, { id, name, required, "aria-describedby": "error-" + id, ...others }));
}

function formOf(label, act, other, ...inside) {
  const submit = h("button", { className: "main" }, say(label)), note = h("p", { className: "error" });
  const made = h("form", { noValidate: true }, inside, note,
    h("p", { className: "acts" }, submit, other));
  let isBusy;
  made.onsubmit = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    submit.textContent = "…";
    complain(made, []);
    note.textContent = "";
    try {
      await act(Object.fromEntries(new FormData(made)));
      submit.textContent = say(label);
    } catch (problem) {
      submit.textContent = say(problem.detail ? label : "retry");
      const errors = problem.errors ?? [];
      const apart = errors.find(({ pointer }) => !made.elements[pointer?.slice(1)]);
      live.textContent = note.textContent = unsent(apart ?? problem);
      (complain(made, errors) ?? submit).focus();
    }
    isBusy = false;
  };
  return made;
}

function complain(made, errors) {
  let first;
  for (const input of made.elements) {
    const error = made.querySelector("#error-" + input.id);
    if (!error) continue;
    const found = errors.find((one) => one.pointer === "/" + input.name);
    error.textContent = found?.detail;
    input.ariaInvalid = !!found;
    if (found) first ??= input;
  }
  return first;
}

const askOwn = (id, what, more) => ask(`comments/${id}${what}`, { token: read("own")[id]?.token, ...more });

const unsent = ({ detail }) => detail ?? say("unsent");

// What few press.
const later = (kind) => async (entry) => {
  try {
    if (!info.report_reasons) info = await tell("");
    await (await import("./embed/actions.js"))[kind](entry, { ask, askOwn, button, field, fill, forget, forgotten, formOf, h, info, look, say, site, tellOf, write });
  } catch (problem) {
    tellOf(entry, unsent(problem));
  }
};

// One form, which moves below what it answers.
const draftKey = "draft:" + pageUrl;
let draft = read(draftKey), form, answering;

const keepDraft = (changes) => write(draftKey, Object.assign(draft, changes));

function makeForm() {
  const person = { ...read("author"), ...read("author", "sessionStorage") };
  const preview = h("div");
  const remember = h("input", { type: "checkbox", checked: !!read("author").author_name });
  const check = (box, name) => h("label", { className: "check" }, box, say(name));
  const inputs = Object.entries({ author_name: "name", author_email: "email", author_website: "url" }).map(([name, type]) => field(name, {
    type, autocomplete: type, dir: "auto", value: person[name] ?? "",
  }));
  answering = h("p");
  form = formOf("post", send, button("preview", () => ask(site + "preview", { body: { body: form.elements.body.value } })
    .then(({ body_html }) => build(body_html), unsent).then((shown) => fill(preview, shown))),
    h("h2", null, say("leave")), answering, h("small", null, say("email_hidden"), " ", say("required_marked")),
    field("body", { dir: "auto", value: draft.body ?? "" }, "textarea"),
    h("details", null, h("summary", null, say("markdown")), h("p", null, say("markdown_how"))),
    h("div", { className: "row" }, inputs),
    h("label", { className: "off", "aria-hidden": true }, h("input", { name: "subject", tabIndex: -1, autocomplete: "off" })),
    check(remember, "remember"),
    info.site.can_notify && check(h("input", { type: "checkbox", name: "notify" }), "notify"), preview);
  if (info.site.sends_mail) form.append(h("p", { className: "field" }, h("a", { href: new URL("authors/" + settings.site, import.meta.url) }, say("own_data"))));
  form.oninput = ({ target }) => {
    const { body, author_name, author_email, author_website } = Object.fromEntries(new FormData(form));
    const person = { author_name, author_email, author_website };
    if (remember.checked || target === remember) write("author", remember.checked ? person : {});
    write("author", person, "sessionStorage");
    keepDraft({ body, key: /body|author/.test(target.name) ? undefined : draft.key });
    fill(preview);
  };
  // A form is good for a day.
  form.addEventListener("focusin", () => parseInt(draft.form_token) > Date.now() / 1e3 - 8e4 || ask(site + "form").then(
    ({ form_token }) => keepDraft({ form_token }), () => {}));
}

function replyTo(entry) {
  fill(answering, parts("in_reply_to", { name: bdi(entry.author_name) }), " ", button("cancel", () => {
    cancel();
    entry.article.querySelector(".reply").focus();
  }));
  entry.article.after(form);
}

function reply(entry) {
  keepDraft({ parent_id: entry.id, key: undefined });
  replyTo(entry);
  form.elements.body.focus();
}

function home() {
  fill(answering);
  all.append(form);
}

function cancel() {
  keepDraft({ parent_id: undefined, key: undefined });
  home();
}

// As another tab left it.
function takeDraft() {
  draft = read(draftKey);
  form.elements.body.value = draft.body ?? "";
  const answered = comments.get(draft.parent_id);
  answered ? replyTo(answered) : home();
}

async function send({ notify, ...sent }) {
  if (!draft.key) keepDraft({ key: "" + crypto.getRandomValues(new Uint32Array(4)), page_title: settings.pageTitle ?? document.title });
  const { key, body: typed, ...about } = draft;
  const post = (pow) => ask(site + "comments", { key, body: {
    ...sent, ...about, page_url: pageUrl, lang: info.language, notify: notify && true, ...read("proof"), pow,
  } });
  const { id, author_token: token, editable_until } = await post().catch(async (problem) => {
    if (!problem.challenge) throw problem;
    const solving = import("./embed/pow.js").then(({ solve }) => solve(problem.challenge));
    return post(await solving.catch(() => "none"));
  }).catch((problem) => {
    if (problem.code === "idempotency_key_reused") keepDraft({ key: undefined });
    throw problem;
  });
  write("own", { ...read("own"), [id]: { token, pageUrl } });
  const entry = show({
    ...sent, parent_id: about.parent_id, id, body_text: sent.body, created_at: new Date().toISOString(), own: { status: "pending", editable_until },
  });
  tally();
  if (draft.body === typed) {
    draft = { form_token: about.form_token };
    keepDraft();
    form.elements.body.value = "";
    home();
    goTo(entry);
  }
  follow(id, LOOK_MS);
}

const looks = {};
function follow(id, wait) {
  clearTimeout(looks[id]);
  looks[id] = setTimeout(look, wait, id, wait);
}

async function look(id, wait = LOOK_MS) {
  if (document.hidden) return document.addEventListener("visibilitychange", () => look(id), { once: true });
  try {
    const found = await askOwn(id, "/status");
    hear(id, found);
    if (found.status === "held") wait = HELD_LOOK_MS;
    else if (found.status !== "pending") return;
  } catch ({ status }) {
    if (status === 401 || status === 404) return forget(id);
  }
  follow(id, wait < SLOWEST_LOOK_MS ? wait * 1.5 : wait);
}

function hear(id, own) {
  const known = comments.get(id), before = known?.own?.status;
  if (!known && (!own.comment || own.status === "published" && (cursor || !isOpen))) return;
  const entry = show({ ...own.comment, id, own });
  if (own.status === "published" && !entry.isCounted) {
    entry.isCounted = true;
    total++;
  }
  tally();
  if (before && before !== own.status) live.textContent = own.detail;
}

const forgotten = () => heading.focus();

function forget(id) {
  const { [id]: gone, ...own } = read("own");
  write("own", own);
  lookAtOwn();
}

function lookAtOwn() {
  const own = read("own");
  for (const id of Object.keys(own)) if (own[id].pageUrl === pageUrl) look(id);
  for (const entry of comments.values()) if (entry.own && !own[entry.id]) drop(entry);
}

function drop(entry) {
  if (draft.parent_id === entry.id) cancel();
  if (entry.isCounted) total--;
  if (entry.count) show({ id: entry.id, own: undefined, is_erased: true, body_html: "" });
  else {
    comments.delete(entry.id);
    entry.item.remove();
    count(entry, -1);
  }
  tally();
}

const STYLE = `
section {
  --accent: var(--greenroom-accent, light-dark(#17613f, #7fd3a9));
  --text: var(--greenroom-text, light-dark(#1c2420, #e5ebe7));
  --muted: var(--greenroom-muted, light-dark(#54605a, #a6b3ac));
  --border: var(--greenroom-border, light-dark(#d3dcd6, #3b4640));
  --back: var(--greenroom-background, light-dark(#fff, #131815));
  --bad: light-dark(#a1241c, #ffa198);
  --tint: color-mix(in srgb, var(--accent) 8%, var(--back));
  --round: var(--greenroom-radius, .4em);
  color: var(--text); font: var(--greenroom-size, 1rem)/1.6 var(--greenroom-font, system-ui, sans-serif); overflow-wrap: anywhere;
}
* { box-sizing: border-box }
.body, b { min-width: 0; overflow: clip; overflow-clip-margin: .25rem }
[hidden] { display: none !important }
h2 { font-size: 1.35em; margin: 0 }
p, ul, ol, pre, blockquote { margin: 0 0 .8em }
header, .by, .acts, .check { display: flex; flex-wrap: wrap; gap: 0 1em; align-items: baseline }
header { justify-content: space-between }
a, mark { color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.thread, .thread ol { list-style: none; padding: 0; margin: 0 }
.thread ol { padding-inline-start: clamp(.8em, 3vw, 1.6em); border-inline-start: 2px solid var(--border) }
article { scroll-margin: 5em; margin-top: 1.4em }
article:focus { outline: .6em solid var(--tint); background: var(--tint) }
form { margin: 1.4em 0 2em }
.by, .acts, .body > :last-child { margin: 0 }
.body { margin: .2em 0 .6em }
.by, .acts, details, small { font-size: .9em; color: var(--muted) }
.by b { font-size: 1.1em; color: var(--text) }
.by a { text-decoration: none; color: inherit }
:is(.by a, button):hover { text-decoration: underline }
mark { background: none }
.pending, .held, .not_published, .box, form .body, pre { padding: .8em 1em; background: var(--tint); border-radius: var(--round) }
.typed, pre { white-space: pre-wrap }
blockquote { padding-inline-start: 1em; border-inline-start: 3px solid var(--border); color: var(--muted) }
button { font: inherit; color: inherit; min-height: 44px; padding: 0; border: 0; background: none; cursor: pointer }
[aria-expanded]::before { content: "− " / "" }
[aria-expanded=false]::before { content: "+ " / "" }
.main { padding: 0 1.4em; font-weight: 600; color: var(--back); background: var(--accent); border-radius: var(--round) }
label { font-weight: 600 }
.check { flex-wrap: nowrap; font-weight: 400; margin-bottom: .8em }
.field { margin: 1.1em 0 }
.row { display: grid; grid-template-columns: repeat(auto-fit, minmax(13em, 1fr)); gap: 0 1.2em; align-items: end }
.error { color: var(--bad); margin: 0; font-weight: 600 }
.field :is(input, textarea, select), select {
  font: inherit; color: inherit; width: 100%; min-height: 44px; padding: .5em .75em; background: var(--back); border: 1px solid var(--muted); border-radius: var(--round);
}
.field textarea { field-sizing: content; min-height: 8em }
header select { width: auto }
[aria-invalid=true] { border: 2px solid var(--bad) !important }
.off { position: absolute; clip-path: inset(50%) }
`;

const sheet = (text) => {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
};
const shadow = place?.shadowRoot ? undefined : place?.attachShadow({ mode: "open" });

// Mixed, a colour of any space is in this one.
function paint() {
  if (!place.isConnected) return;
  const { color } = getComputedStyle(place.parentNode);
  all.style.color = `color-mix(in srgb, ${color}, ${color})`;
  const [, green] = getComputedStyle(all).color.match(/[\d.]+/g);
  all.style.color = "";
  all.style.colorScheme = settings.theme?.match("dark|light") ?? (green > .5 ? "dark" : "light");
}

async function start() {
  const asked = page();
  asked.catch(() => {});
  status = h("p");
  try {
    info = await tell("&part=page");
  } catch {
    fill(all, status);
    return fail();
  }
  const { language } = info;
  format.plural = new Intl.PluralRules(language);
  format.ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  format.exact = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
  all.lang = language;
  all.dir = info.direction;
  live = h("p", { className: "off", role: "status" });
  heading = h("h2", { tabIndex: -1 });
  thread = h("ol", { className: "thread" });
  more = button("more", proceed, { hidden: true });
  const order = h("select", { ariaLabel: say("order"), onchange: () => sortBy(order.value) },
    ["oldest", "newest"].map((value) => h("option", { value, selected: value === settings.sort }, say(value))));
  fill(all, h("header", null, heading, order), thread, status, more, live);
  makeForm();
  addEventListener("hashchange", followHash);
  addEventListener("storage", ({ key }) => {
    if (key === "greenroom.own") lookAtOwn();
    if (key === "greenroom." + draftKey && !(document.hasFocus() && form.contains(shadow.activeElement))) takeDraft();
  });
  setInterval(() => thread.querySelectorAll("time").forEach(tellTime), 6e4);
  return open(asked);
}

if (shadow) {
  shadow.adoptedStyleSheets = [sheet(STYLE)];
  all = h("section");
  shadow.append(h("slot"), all);
  all.onkeydown = all.onkeypress = all.onkeyup = (event) => event.stopPropagation();
  paint();
  matchMedia("(prefers-color-scheme: dark)").onchange = paint;
  for (const one of [document.documentElement, document.body]) new MutationObserver(paint).observe(one, { attributes: true });
  addEventListener("transitionend", paint);
  start();
}

const counted = document.querySelectorAll("[data-greenroom-count]");
if (counted[0]) import("./embed/counts.js").then(({ count }) => count(counted, ask, site + "comments/counts"), () => {});
