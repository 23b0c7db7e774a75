// Watches a bulk decision being done. Without this script the page loads itself again.

import { Refused, send } from "./desk-api.js";

const EVERY_MS = 1_000;
const bar = document.querySelector("#progress");
const words = document.querySelector("#progress-words");
const number = new Intl.NumberFormat("en");

async function look() {
  try {
    const job = await send(`/api/v1/review/bulk/${bar.dataset.job}`, null, "GET");
    if (job.state === "finished" || job.state === "stopped") return location.reload();
    bar.value = job.processed;
    words.textContent = `${number.format(job.processed)} of ${number.format(job.total)}`;
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    words.textContent = problem.message;
  }
  setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
