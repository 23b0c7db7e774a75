// The line at the foot of the desk that says what happened: seen, and read aloud by a screen reader.

const STAYS_MS = 15_000;
const line = document.querySelector("#said");
let fading;

/** Say it. `action` is what can be done about it: { title, run }. A problem stays until something else is said. */
export function say(sentence, { action = null, isProblem = false } = {}) {
  if (!line) return;
  clearTimeout(fading);
  line.classList.toggle("bad", isProblem);
  const text = document.createElement("span");
  text.textContent = sentence;
  line.replaceChildren(text);
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = action.title;
    button.addEventListener("click", action.run, { once: true });
    line.append(" ", button);
  }
  if (!isProblem) fading = setTimeout(() => line.replaceChildren(), STAYS_MS);
}
