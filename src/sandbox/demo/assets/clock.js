// The bar at the top: what it is, what time it is, and how fast time goes.

import { act } from "./api.js";
import { el, icon } from "./dom.js";
import { announce } from "./news.js";
import { shortDayOf, timeOf } from "./time.js";
import { say } from "./words.js";

const SPEEDS = [
  { speed: 1, text: "pause", hint: "pauseHint", picture: "pause" },
  { speed: 60, text: "fast", hint: "fastHint" },
  { speed: 600, text: "faster", hint: "fasterHint" },
];
const JUMPS = [
  { to: "reminder", text: "nextReminder", hint: "nextReminderHint", picture: "alarm" },
  { to: "morning", text: "nextMorning", hint: "nextMorningHint", picture: "sun" },
];

/** Builds the bar into the header, with the scenes below it; gives what shows a new time. */
export function clockBar(header, scenes) {
  const face = el("p", { class: "face" });
  const note = el("p", { class: "clock-note", role: "status" });
  const speeds = SPEEDS.map((speed) => speedButton(speed, note));
  const jumps = JUMPS.map((jump) => jumpButton(jump, note));
  header.replaceChildren(banner(), bar(face, note, speeds, [...jumps, scenes.toggle]), scenes.element);
  const hand = startHand(face);
  return (clock) => {
    hand(clock);
    showSpeed(speeds, clock.speed);
    showMoving(jumps, note, clock.moving);
  };
}

function banner() {
  return el("p", { class: "banner" }, el("strong", {}, say("banner")), say("bannerText"));
}

function bar(face, note, speeds, jumps) {
  const brand = el("h1", {}, el("img", { src: "icon.svg", alt: "" }), say("brand"));
  const time = el("div", { class: "time", role: "group", "aria-label": say("clock") }, face, note);
  const pace = el("div", { class: "pace", role: "group", "aria-label": say("speed") }, speeds);
  return el("div", { class: "bar" }, brand, time, el("div", { class: "controls" }, pace, jumps));
}

function speedButton({ speed, text, hint, picture }, note) {
  const set = () => order({ speed }, note);
  const look = { type: "button", title: say(hint), "aria-pressed": "false", data: { speed } };
  return el("button", { ...look, on: { click: set } }, picture && icon(picture), el("span", {}, say(text)));
}

function jumpButton({ to, text, hint, picture }, note) {
  const jump = (event) => isOff(event.currentTarget) || order({ jump: to }, note);
  const look = { type: "button", class: "jump", title: say(hint) };
  const words = [el("span", { class: "long" }, say(text)), el("span", { class: "short", "aria-hidden": "true" }, say(`${text}Short`))];
  return el("button", { ...look, on: { click: jump } }, icon(picture), words);
}

const isOff = (button) => button.getAttribute("aria-disabled") === "true";

function order(wish, note) {
  act("clock", wish).catch((refusal) => {
    note.textContent = refusal.message;
    announce(refusal.message);
  });
}

/** Between two messages of the demo the hand goes on by itself, as fast as time does. */
function startHand(face) {
  let known = null;
  const show = () => {
    if (!known) return;
    const at = Date.parse(known.clock.now) + (performance.now() - known.heard);
    face.replaceChildren(shortDayOf(at), el("b", {}, timeOf(at)));
    face.title = say("clockZone");
  };
  setInterval(show, 1000);
  return (clock) => {
    known = { clock, heard: performance.now() };
    show();
  };
}

function showSpeed(buttons, speed) {
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.speed) === speed));
  }
}

function showMoving(buttons, note, moving) {
  for (const button of buttons) button.setAttribute("aria-disabled", String(moving));
  if (moving) note.textContent = say("moving");
  else if (note.textContent === say("moving")) note.textContent = "";
}
