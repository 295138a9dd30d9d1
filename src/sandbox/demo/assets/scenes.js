// The guided scenes: a list to start one from, and the one that is played, step by step. The demo says
// how far it is; here it is only shown, and the visitor's wishes are passed on.

import { act } from "./api.js";
import { el, icon } from "./dom.js";
import { announce } from "./news.js";
import { signed } from "./signs.js";
import { say } from "./words.js";

const WIDE = "(min-width: 44.01rem)";
const UNDER_WAY = ["opening", "playing", "waiting"];

/** Builds the scenes; gives their element, the button that unfolds them, and what shows their state. */
export function makeScenes() {
  const scenes = { list: [], picture: null, mark: "" };
  scenes.note = el("p", { class: "scene-note", role: "status" });
  scenes.choice = el("ul", { class: "scene-list" });
  scenes.stage = makeStage(scenes);
  scenes.element = el("section", { id: "scenes", class: "scenes", "aria-label": say("scenes") },
    scenes.stage.element, scenes.choice, scenes.note);
  scenes.toggle = toggleOf(scenes);
  unfold(scenes, matchMedia(WIDE).matches);
  return scenes;
}

/** Whether a scene is being played just now. */
export const isUnderWay = (picture) => UNDER_WAY.includes(picture?.stand);

/** Sets which scenes there are. */
export function setList(scenes, list) {
  scenes.list = list;
  scenes.choice.replaceChildren(...list.map((scene) => choiceOf(scenes, scene)));
}

/** Shows how far the scene is. */
export function showScene(scenes, picture) {
  const before = scenes.picture;
  scenes.picture = picture;
  const isShown = picture.stand !== "none";
  const hadFocus = scenes.element.contains(document.activeElement);
  if (isShown) unfold(scenes, true);
  scenes.stage.element.hidden = !isShown;
  scenes.choice.hidden = isShown && (isUnderWay(picture) || !matchMedia(WIDE).matches);
  if (!isShown && before && before.stand !== "none") unfold(scenes, matchMedia(WIDE).matches);
  document.body.classList.toggle("in-scene", isUnderWay(picture));
  scenes.note.textContent = "";
  if (isShown) drawStage(scenes, picture);
  speak(scenes, picture, before);
  if (hadFocus) keepFocus(scenes);
}

// ---- The list ----

function toggleOf(scenes) {
  const flip = () => unfold(scenes, scenes.element.hidden);
  return el("button", { type: "button", class: "jump", "aria-controls": "scenes", on: { click: flip } },
    icon("play"), el("span", { class: "long" }, say("scenes")), el("span", { class: "short", "aria-hidden": "true" }, say("scenesShort")));
}

function unfold(scenes, isOpen) {
  scenes.element.hidden = !isOpen;
  scenes.toggle.setAttribute("aria-expanded", String(isOpen));
}

function choiceOf(scenes, { name, title, about }) {
  const start = () => wish(scenes, { do: "start", scene: name });
  const label = say("startScene", { title });
  return el("li", {},
    el("div", {}, el("b", {}, title), el("span", {}, about)),
    el("button", { type: "button", class: "main", "aria-label": label, on: { click: start } }, say("start")));
}

// ---- The scene that is shown ----

function makeStage(scenes) {
  const button = (name, order, look = {}) =>
    el("button", { type: "button", ...look, on: { click: () => wish(scenes, { do: order }) } }, say(name));
  const stage = {
    title: el("b", {}),
    count: el("span", { class: "scene-count" }),
    words: el("p", { class: "scene-words" }),
    lines: el("ul", { class: "scene-lines", tabindex: "0", "aria-label": say("happened") }),
    next: button("next", "next", { class: "main" }),
    skip: button("skipScene", "skip"),
    leave: button("stop", "leave"),
  };
  const buttons = el("div", { class: "scene-buttons" }, stage.next, stage.skip, stage.leave);
  const head = el("p", { class: "scene-head" }, stage.title, stage.count);
  stage.more = el("details", { open: matchMedia(WIDE).matches }, el("summary", {}, say("happened")), stage.lines);
  stage.element = el("div", { class: "scene", hidden: true }, el("div", {}, head, stage.words, buttons), stage.more);
  return stage;
}

function drawStage({ list, stage }, { name, stand, step, steps, words, lines, ending }) {
  const isRunning = UNDER_WAY.includes(stand);
  stage.element.dataset.stand = stand;
  stage.title.textContent = list.find((scene) => scene.name === name)?.title ?? name;
  stage.count.textContent = isRunning ? say(stand === "opening" ? "opening" : "step", { step, steps }) : say(stand);
  stage.words.textContent = isRunning ? words : `${ending} ${say("lookAround")}`;
  stage.lines.replaceChildren(...lines.map(line));
  stage.next.hidden = stage.skip.hidden = !isRunning;
  stage.next.setAttribute("aria-disabled", String(stand !== "waiting"));
  stage.leave.textContent = say(isRunning ? "stop" : "back");
  stage.leave.classList.toggle("main", !isRunning);
}

function line({ kind, words }) {
  const picture = { met: "check", unmet: "close" }[kind];
  const said = kind === "deed" ? null : el("span", { class: "unseen" }, say(kind));
  return el("li", { class: kind, dir: "auto" }, picture && icon(picture), said, el("span", {}, signed(words)));
}

/** A step or an ending that is new is read out. */
function speak(scenes, picture, before) {
  const mark = `${picture.name} ${picture.step} ${UNDER_WAY.includes(picture.stand)}`;
  if (!before || mark === scenes.mark) return;
  scenes.mark = mark;
  if (picture.stand !== "none") announce(`${scenes.stage.count.textContent}. ${scenes.stage.words.textContent}`);
}

/** Whoever stood on a button that is gone stands on the one that leads on. */
function keepFocus({ element, stage, choice, toggle }) {
  const { activeElement } = document;
  if (element.contains(activeElement) && activeElement.checkVisibility()) return;
  const next = [stage.next, stage.leave, choice.querySelector("button")];
  (next.find((button) => button?.checkVisibility()) ?? toggle).focus();
}

function wish(scenes, order) {
  if (order.do === "next" && scenes.stage.next.getAttribute("aria-disabled") === "true") return;
  act("scene", order).catch((refusal) => {
    scenes.note.textContent = refusal.message;
  });
}
