// The page: builds the panes when the demo describes them, and passes on what happens.

import { clockBar } from "./clock.js";
import { el } from "./dom.js";
import { listen } from "./live.js";
import { answer, makePane, refresh } from "./pane.js";
import { makeTabs, markTab } from "./tabs.js";
import { setZone } from "./time.js";
import { say } from "./words.js";

const chats = new Map();
const main = document.getElementById("panes");
const showClock = clockBar(document.getElementById("top"));
let panes = [];
let tabs = null;

main.append(el("p", { class: "notice" }, say("loading")));
document.body.prepend(el("a", { class: "skip", href: "#panes" }, say("skip")));
listen({ stage, chat, clock: showClock, toast }, showLine);

/** After a broken line the same stage comes again, and nothing is built anew. */
function stage({ zone, panes: described }) {
  setZone(zone);
  if (panes.length) return;
  panes = described.map((description) => makePane(description, chats));
  tabs = makeTabs(panes);
  main.replaceChildren(tabs.element, ...panes.map((pane) => pane.element));
}

function chat(state) {
  const before = chats.get(state.chat);
  chats.set(state.chat, state);
  for (const pane of panes) {
    if (refresh(pane, state, before)) markTab(tabs, pane);
  }
}

function toast(said) {
  for (const pane of panes) answer(pane, said);
}

function showLine(holds) {
  const shown = document.getElementById("lost");
  if (holds) shown?.remove();
  else if (!shown) document.body.append(el("p", { id: "lost", class: "lost", role: "alert" }, say("lost")));
}
