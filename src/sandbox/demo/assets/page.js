// The page: builds the panes when the demo describes them, and passes on what happens.

import { clockBar } from "./clock.js";
import { el } from "./dom.js";
import { listen } from "./live.js";
import { answer, lookAt, makePane, refresh } from "./pane.js";
import { isUnderWay, makeScenes, setList, showScene } from "./scenes.js";
import { makeTabs, markTab, showTab } from "./tabs.js";
import { setZone } from "./time.js";
import { say } from "./words.js";

const chats = new Map();
const main = document.getElementById("panes");
const top = document.getElementById("top");
const scenes = makeScenes();
const showClock = clockBar(top, scenes);
let panes = [];
let tabs = null;
let world = null;
let looked = "";

main.append(el("p", { class: "notice" }, say("loading")));
document.body.prepend(el("a", { class: "skip", href: "#panes" }, say("skip")));
listen({ stage, chat, clock: showClock, scene, toast }, showLine);
// the panes are as high as the header leaves room
new ResizeObserver(() => document.documentElement.style.setProperty("--top", `${top.offsetHeight}px`)).observe(top);

/** After a broken line the same stage comes again, and nothing is built anew; another one is. */
function stage({ number, zone, panes: described, scenes: list }) {
  setZone(zone);
  if (number === world) return;
  world = number;
  chats.clear();
  looked = "";
  setList(scenes, list);
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

function scene(picture) {
  showScene(scenes, picture);
  const key = isUnderWay(picture) ? picture.pane : "";
  for (const pane of panes) lookAt(pane, pane.key === key);
  // a scene that was skipped may be over before its last step was shown
  const step = picture.pane && `${picture.name} ${picture.step}`;
  if (step && step !== looked) showTab(tabs, picture.pane);
  looked = step;
}

function toast(said) {
  for (const pane of panes) answer(pane, said);
}

function showLine(holds) {
  const shown = document.getElementById("lost");
  if (holds) shown?.remove();
  else if (!shown) document.body.append(el("p", { id: "lost", class: "lost", role: "alert" }, say("lost")));
}
