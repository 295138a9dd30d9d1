// The messages of a chat, oldest first. Only what has changed is drawn anew, and neither the place
// where somebody reads nor the button on which somebody stands is lost.

import { el, icon } from "./dom.js";
import { showMessage } from "./message.js";
import { dayOf } from "./time.js";
import { say } from "./words.js";

const NEAR_PX = 80;

/** An empty log. */
export function makeLog() {
  const list = el("ol", { class: "messages" });
  const box = el("div", { class: "log", tabindex: "0", role: "group" }, list);
  const down = el("button", { type: "button", class: "latest", hidden: true, on: { click: () => toEnd(box) } },
    icon("down"), say("latest"));
  const log = { box, list, down, drawn: new Map(), atEnd: true };
  box.addEventListener("scroll", () => noteEnd(log), { passive: true });
  // whoever reads the end goes on reading it when the pane becomes smaller
  new ResizeObserver(() => log.atEnd && toEnd(box)).observe(box);
  return log;
}

/** Draws these messages; `view` is who looks at them. */
export function drawLog(log, messages, view) {
  const { known, items } = layOut(log.drawn, messages, view);
  const hasNew = messages.some(({ id }) => !log.drawn.has(id));
  keepFocus(log, () => place(log.list, items));
  log.drawn = known;
  if (log.atEnd) toEnd(log.box);
  else if (hasNew) log.down.hidden = false;
}

/** Empties the log, for another chat or another reader. */
export function clearLog(log) {
  log.drawn = new Map();
  log.down.hidden = log.atEnd = true;
  log.list.replaceChildren();
}

/** The elements in their order: those that did not change are kept. */
function layOut(drawn, messages, view) {
  const known = new Map();
  const items = messages.length ? [] : [el("li", { class: "empty" }, say("empty"))];
  let day = null;
  for (const message of messages) {
    if (message.pinned) continue; // it hangs at the top of the pane
    if (dayOf(message.at) !== day) items.push(dayLine(day = dayOf(message.at)));
    const mark = JSON.stringify([message, message.reply_to && view.find(message.reply_to)]);
    const old = drawn.get(message.id);
    const kept = old?.mark === mark ? old : { mark, element: showMessage(message, view) };
    known.set(message.id, kept);
    items.push(kept.element);
  }
  return { known, items };
}

function dayLine(day) {
  return el("li", { class: "service day" }, el("span", {}, day));
}

/** Puts the elements in place and touches only those that are not there yet. */
function place(list, items) {
  const staying = new Set(items);
  for (const child of [...list.children]) if (!staying.has(child)) child.remove();
  items.forEach((item, n) => {
    if (list.children[n] !== item) list.insertBefore(item, list.children[n] ?? null);
  });
}

/** A message drawn anew gets the focus back on the same button, else the log has it. */
function keepFocus({ box, list }, change) {
  const { activeElement } = document;
  const item = activeElement?.closest?.("[data-message]");
  if (!item || !list.contains(item)) return change();
  const at = [...item.querySelectorAll("button")].indexOf(activeElement);
  change();
  if (activeElement.isConnected) return;
  const again = list.querySelector(`[data-message="${item.dataset.message}"]`);
  (again?.querySelectorAll("button")[at] ?? box).focus({ preventScroll: true });
}

function noteEnd(log) {
  log.atEnd = isAtEnd(log.box);
  if (log.atEnd) log.down.hidden = true;
}

const isAtEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;

function toEnd(box) {
  box.scrollTop = box.scrollHeight;
}
