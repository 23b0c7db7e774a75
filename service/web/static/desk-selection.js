// Comments that are chosen one by one, to be decided about together.

const form = document.querySelector("#selected");
const boxes = () => [...document.querySelectorAll(".row-select")];

/** Count again what is chosen, and offer to decide about it. */
export function recount() {
  if (!form) return;
  const chosen = boxes().filter((box) => box.checked);
  form.hidden = !chosen.length;
  form.querySelector("#selected-count").textContent = chosen.length;
  form.elements.ids.value = chosen.map((box) => box.closest(".row").dataset.id).join(",");
}

/** Choose the row, or leave it out again. Answers whether it is chosen now; null where nothing can be chosen. */
export function toggle(row) {
  const box = row?.element.querySelector(".row-select");
  if (!box) return null;
  box.checked = !box.checked;
  recount();
  return box.checked;
}

export function showBoxes() {
  if (form) boxes().forEach((box) => box.removeAttribute("hidden"));
}

form?.querySelector("[data-clear]").addEventListener("click", () => {
  boxes().forEach((box) => { box.checked = false; });
  recount();
});
document.querySelector("#rows")?.addEventListener("change", recount);
