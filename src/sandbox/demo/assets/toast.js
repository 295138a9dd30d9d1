// What a press is answered: a line for a moment, or a box that must be closed.

import { el } from "./dom.js";
import { announce } from "./news.js";
import { say } from "./words.js";

const MOMENT_MS = 5000;

/** Shows a line over the pane for a moment. */
export function showToast(pane, text) {
  const toast = el("p", { class: "toast" }, text);
  pane.querySelectorAll(".toast").forEach((old) => old.remove());
  pane.append(toast);
  announce(text);
  setTimeout(() => toast.remove(), MOMENT_MS);
}

/** Shows a box that stays until it is closed. */
export function showAlert(text) {
  const close = () => box.close();
  const button = el("button", { type: "button", class: "main", on: { click: close } }, say("close"));
  const box = el("dialog", { class: "alert" }, el("p", { dir: "auto" }, text), button);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}
