// Single keys. They are taken up in the order in which they were pressed, however long one of them needs; they never
// fire while somebody types, while a dialogue is open, or together with Ctrl, Alt or Meta. They can be switched off.

const SWITCH = "greenroom-keys";
const bindings = new Map();
const pressed = [];
let isBusy = false;

export function bind(keys) {
  for (const [key, run] of Object.entries(keys)) bindings.set(key, run);
}

export const areOn = () => localStorage.getItem(SWITCH) !== "off";
export const turn = (isOn) => localStorage.setItem(SWITCH, isOn ? "on" : "off");

function isTyping(element) {
  if (!element?.closest) return false;
  return Boolean(element.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=button])"));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.key === "Escape") return void bindings.get("Escape")?.(event);
  if (!areOn() || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const run = bindings.get(event.key);
  if (!run) return;
  event.preventDefault();
  pressed.push(run);
  takeUp();
});

async function takeUp() {
  if (isBusy) return;
  isBusy = true;
  while (pressed.length) {
    try {
      await pressed.shift()();
    } catch (error) {
      console.error(error);
    }
  }
  isBusy = false;
}
