// One message as Telegram shows it: a bubble, a photo, or a line about the chat.

import { el, icon, iconButton, unseen } from "./dom.js";
import { rich } from "./rich.js";
import { signed } from "./signs.js";
import { timeOf } from "./time.js";
import { locale, say } from "./words.js";

const MEDIA = { photo: "picture", voice: "voice", sticker: "picture", document: "document", location: "location" };
const TONES = 6;

/** A message's element. `view` knows who looks, what else is in the chat, and what can be done. */
export function showMessage(message, view) {
  const isService = message.kind !== "text" && !(message.kind in MEDIA);
  return isService ? serviceLine(message) : bubble(message, view);
}

function serviceLine({ id, kind, name, about }) {
  const text = say(kind, { who: name, about });
  return el("li", { class: "service", data: { message: id } }, el("span", {}, text));
}

function bubble(message, view) {
  const side = message.from === view.user ? "own" : "other";
  const body = el("div", { class: "bubble" },
    side === "other" && senderLine(message),
    message.reply_to && quote(view.find(message.reply_to)),
    message.kind !== "text" && media(message),
    message.text && words(message),
    footLine(message));
  return el("li", { class: `message ${side}`, data: { message: message.id } },
    el("div", { class: "with-tools" }, body, tools(message, view)),
    keyboard(message, view),
    reactions(message));
}

function senderLine({ from, name, is_bot }) {
  const mark = is_bot && el("span", { class: "bot-mark" }, say("bot"));
  return el("p", { class: `sender tone-${from % TONES}` }, el("bdi", {}, name), mark);
}

function quote(quoted) {
  const name = quoted && el("b", {}, quoted.name);
  const text = quoted ? firstLine(quoted) : say("gone");
  return el("blockquote", { class: "quote", dir: "auto" }, name, el("span", {}, text));
}

/** A message in a line, for quotes and for reading out. */
export function firstLine({ kind, text }) {
  const [line] = text.split("\n");
  return line || say(kind === "photo" ? "photoSent" : kind);
}

function media({ kind }) {
  const label = say(kind === "photo" ? "photoSent" : kind);
  return el("div", { class: `media ${kind}` }, icon(MEDIA[kind]), el("span", {}, label));
}

function words(message) {
  return el("p", { class: "words", dir: "auto" }, message.is_bot ? rich(message) : message.text);
}

function footLine({ at, edited, silent }) {
  const bell = silent && el("span", { title: say("silent") }, icon("bell"), unseen(say("silent")));
  const changed = edited && el("span", {}, say("edited"));
  return el("p", { class: "foot" }, bell, changed, el("time", { datetime: at }, timeOf(at)));
}

function tools(message, view) {
  const canEdit = message.from === view.user && message.kind === "text";
  return el("div", { class: "tools" },
    message.is_bot && whyButton(message, view),
    iconButton("reply", say("reply"), () => view.reply(message)),
    canEdit && iconButton("edit", say("edit"), () => view.edit(message)));
}

/** Asks why somebody got a message of the bot. */
export function whyButton(message, view) {
  const open = ({ currentTarget }) => view.why(message, currentTarget);
  return iconButton("why", say("why"), open, { class: "icon-button why-button", lang: locale });
}

/** The inline keyboard, row by row. */
export function keyboard(message, view) {
  if (!message.buttons.length) return null;
  const rows = message.buttons.map((row) =>
    el("div", { class: "row" }, row.map((button) => key(button, message, view))));
  return el("div", { class: "keyboard", role: "group", "aria-label": say("buttons") }, rows);
}

function key({ text, data, url }, message, view) {
  const press = ({ currentTarget }) => view.press(message, { data, url }, currentTarget);
  return el("button", { type: "button", dir: "auto", on: { click: press } }, signed(text));
}

function reactions({ reactions }) {
  if (!reactions.length) return null;
  const pills = reactions.map(({ emoji, name }) => {
    const label = say("reaction", { names: name, emoji });
    return el("span", { class: "reaction", role: "img", "aria-label": label, title: label }, signed(emoji));
  });
  return el("div", { class: "reactions" }, pills);
}
