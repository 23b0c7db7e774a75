// What few visitors press: loaded with the first press. `widget` is what embed.js lends.

const openForm = (entry, opener, label, act, { formOf, button, forgotten }, ...inside) => {
  const close = () => {
    made.remove();
    if (entry.article.isConnected) (entry.article.querySelector("." + opener) ?? entry.article).focus();
    else forgotten();
  };
  const cancel = button("cancel", close);
  const made = formOf(label, async (sent) => {
    await act(sent);
    close();
  }, cancel, inside);
  entry.form?.remove();
  entry.form = made;
  entry.article.after(made);
  const first = made.querySelector("[name]") ?? cancel;
  if (first === cancel) cancel.setAttribute("aria-describedby", inside[0].id);
  first.focus();
};

export const edit = (entry, widget) => openForm(entry, "edit", "send", async ({ body }) => {
  await widget.askOwn(entry.id, "", { method: "PATCH", body: { body, revision: entry.own.comment.revision } });
  widget.look(entry.id);
}, widget, widget.field("body", { value: entry.body_text, dir: "auto" }, "textarea"));

const erase = (entry, widget) => openForm(entry, "delete", "delete", async () => {
  await widget.askOwn(entry.id, "", { method: "DELETE" });
  widget.forget(entry.id);
}, widget, widget.h("p", { id: "sure-" + entry.id }, widget.say("delete_sure")));

export { erase as delete };

export const appeal = (entry, widget) => openForm(entry, "appeal", "send", async (body) => {
  await widget.askOwn(entry.id, "/appeals", { body });
  widget.tellOf(entry, widget.say("thanks"));
  widget.look(entry.id);
}, widget, widget.field("text", { required: true, dir: "auto" }, "textarea"));

export function report(entry, widget) {
  const { ask, field, fill, h, info, say, site, tellOf } = widget;
  const options = info.report_reasons.map(({ code, title }) => h("option", { value: code }, title));
  const reason = field("reason", { required: true, onchange: () => { email.hidden = reason.lastChild.value !== "legal"; } }, "select");
  const email = field("email", { type: "email", autocomplete: "email", required: true, hidden: true });
  fill(reason.lastChild, options);
  openForm(entry, "report", "send", async (body) => {
    await ask(`${site}comments/${entry.id}/reports`, { body });
    tellOf(entry, say("thanks"));
  }, widget, reason, field("text", { dir: "auto" }, "textarea"), email);
}

export async function prove(entry, { askOwn, say, tellOf, write }) {
  write("proof", await askOwn(entry.id, "/proof", { method: "POST" }));
  entry.isProving = true;
  tellOf(entry, say("proof_sent"));
}
