// On a narrow screen one pane is seen at a time; these are the tabs that choose it.

import { el, unseen } from "./dom.js";
import { recall, remember } from "./memory.js";
import { say } from "./words.js";

/** The row of tabs for these panes. */
export function makeTabs(panes) {
  const tabs = { panes, shown: panes.find(({ key }) => key === recall("tab")) ?? panes[0] };
  tabs.buttons = panes.map((pane) => tabButton(tabs, pane));
  tabs.element = el("div", { class: "tabs", role: "tablist", "aria-label": say("chats") }, tabs.buttons);
  tabs.element.addEventListener("keydown", (event) => walk(tabs, event));
  matchMedia("(max-width: 44rem)").addEventListener("change", () => show(tabs, tabs.shown));
  show(tabs, tabs.shown);
  return tabs;
}

/** Shows the pane with this key, where only one is seen. */
export function showTab(tabs, key) {
  const pane = tabs.panes.find((other) => other.key === key);
  if (pane) show(tabs, pane);
}

/** Marks the tab of a pane that is out of sight. */
export function markTab(tabs, pane) {
  if (pane === tabs.shown) return;
  tabs.buttons[tabs.panes.indexOf(pane)].querySelector(".dot").hidden = false;
}

function tabButton(tabs, pane) {
  const dot = el("span", { class: "dot", hidden: true }, unseen(say("unread")));
  const attributes = { type: "button", role: "tab", "aria-controls": pane.element.id };
  return el("button", { ...attributes, on: { click: () => show(tabs, pane) } }, say(`tab_${pane.key}`), dot);
}

function show(tabs, pane) {
  const isNarrow = matchMedia("(max-width: 44rem)").matches;
  tabs.shown = pane;
  remember("tab", pane.key);
  tabs.panes.forEach((other, n) => {
    const isShown = other === pane;
    const button = tabs.buttons[n];
    button.setAttribute("aria-selected", String(isShown));
    button.tabIndex = isShown ? 0 : -1;
    if (isShown) button.querySelector(".dot").hidden = true;
    other.element.classList.toggle("is-away", !isShown);
    if (isShown && isNarrow) button.scrollIntoView({ block: "nearest", inline: "nearest" });
    other.element.role = isNarrow ? "tabpanel" : null;
    if (isShown) other.log.box.scrollTop = other.log.box.scrollHeight;
  });
}

/** The arrow keys go from tab to tab. */
function walk(tabs, event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const { length } = tabs.panes;
  const next = (tabs.panes.indexOf(tabs.shown) + step + length) % length;
  show(tabs, tabs.panes[next]);
  tabs.buttons[next].focus();
}
