// One pane: a household's or a colleague's phones, the pinned card, the chat, and the composer.

import { act } from "./api.js";
import { aim, makeComposer, setWriter } from "./composer.js";
import { el, icon, unseen } from "./dom.js";
import { clearLog, drawLog, makeLog } from "./log.js";
import { recall, remember } from "./memory.js";
import { firstLine, keyboard, whyButton } from "./message.js";
import { announce } from "./news.js";
import { rich } from "./rich.js";
import { signed } from "./signs.js";
import { showAlert, showToast } from "./toast.js";
import { closeWhy, openWhy } from "./why.js";
import { locale, say } from "./words.js";

const SPINNING_MS = 5000;
/** On a small screen the card is folded at first. */
const SMALL = "(max-width: 44rem) and (max-height: 50rem)";

/** A pane of the stage. `chats` is the map of all chats, which others fill. */
export function makePane(description, chats) {
  const { key, phones } = description;
  const phone = phones.find(({ name }) => name === recall(key)) ?? phones[0];
  const pane = { ...description, chats, phone, pressed: new Map() };
  pane.log = makeLog();
  pane.card = el("details", { class: "card", open: !matchMedia(SMALL).matches, hidden: true });
  pane.composer = makeComposer((words) => speak(pane, words));
  pane.start = startButton(pane);
  pane.choices = pane.phones.map((phone) => phoneButton(pane, phone));
  pane.element = build(pane);
  choose(pane, pane.phone);
  return pane;
}

function build({ key, title, choices, card, log, start, composer }) {
  const names = el("div", { class: "names" }, el("h2", {}, title), el("p", {}, say(`about_${key}`)));
  const phones = el("div", { class: "phones", role: "group", "aria-label": say("phones") }, choices);
  const note = key === "stranger" && el("p", { class: "pane-note", lang: locale }, say(`note_${key}`));
  const head = el("header", {}, names, choices.length > 1 && phones, note);
  log.box.setAttribute("aria-label", say("log", { title }));
  const attributes = { class: "pane", id: `pane-${key}`, "aria-label": title };
  return el("section", attributes, head, skipLink(start, composer), card, log.box, log.down, start, composer.form);
}

/** Past the messages, for whoever goes by keyboard: to where one writes, or to Start. */
function skipLink(start, composer) {
  const link = el("a", { class: "skip", href: "#", lang: locale }, say("skipMessages"));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    (start.hidden ? composer.field : start).focus();
  });
  return link;
}

// ---- Whose phone it is ----

function phoneButton(pane, phone) {
  const pick = () => {
    remember(pane.key, phone.name);
    choose(pane, phone);
  };
  const dot = el("span", { class: "dot", hidden: true }, unseen(say("unread")));
  const name = el("bdi", {}, phone.name);
  return el("button", { type: "button", on: { click: pick }, title: say("phoneOf", phone) }, name, dot);
}

/** Marks the pane that a scene is about; its first phone is the one to look at. */
export function lookAt(pane, isLookedAt) {
  const isNew = isLookedAt && !pane.element.classList.contains("is-looked-at");
  pane.element.classList.toggle("is-looked-at", isLookedAt);
  if (isNew && pane.phone !== pane.phones[0]) choose(pane, pane.phones[0]);
}

function choose(pane, phone) {
  closeWhy(pane);
  pane.phone = phone;
  pane.choices.forEach((button, n) => {
    const isChosen = pane.phones[n] === phone;
    button.setAttribute("aria-pressed", String(isChosen));
    if (isChosen) button.querySelector(".dot").hidden = true;
  });
  pane.element.lang = phone.language;
  setWriter(pane.composer, phone);
  clearLog(pane.log);
  draw(pane);
  drawWriting(pane);
}

/** Shows a chat's new state; says whether there is something new in it. */
export function refresh(pane, chat, before) {
  drawWriting(pane);
  if (!pane.phones.some((phone) => phone.chat === chat.chat)) return false;
  const news = before ? newFrom(chat, before) : [];
  if (pane.phone.chat === chat.chat) draw(pane);
  else if (news.length) mark(pane, chat.chat);
  if (before) readOut(pane, chat, before, news);
  return news.length > 0;
}

function mark(pane, chat) {
  pane.choices.forEach((button, n) => {
    if (pane.phones[n].chat === chat) button.querySelector(".dot").hidden = false;
  });
}

function newFrom(chat, before) {
  const known = new Set(before.messages.map(({ id }) => id));
  return chat.messages.filter(({ id }) => !known.has(id));
}

function readOut({ title, phone }, chat, before, news) {
  for (const message of news) {
    const isHeard = message.from !== phone.user && message.text;
    if (isHeard) announce(say("newMessage", { title, name: message.name, text: message.text }));
  }
  const [card, old] = [pinnedOf(chat), pinnedOf(before)];
  if (card && old && card.text !== old.text) announce(say("newCard", { title }));
}

// ---- What is shown ----

function draw(pane) {
  const chat = pane.chats.get(pane.phone.chat) ?? { messages: [], pins: [] };
  const view = viewOf(pane, chat);
  drawCard(pane, pinnedOf(chat), view);
  drawLog(pane.log, chat.messages, view);
}

/** A chat with the bot begins by pressing Start; until then nothing can be written. */
function drawWriting({ chats, phone, start, composer }) {
  const isOpen = chats.has(phone.chat) || chats.size === 0;
  const hadFocus = document.activeElement === start;
  start.hidden = isOpen;
  composer.form.hidden = !isOpen;
  if (isOpen && hadFocus) composer.field.focus();
}

function startButton(pane) {
  const begin = () => speak(pane, { text: "/start", photo: false, reply_to: null });
  const look = { type: "button", class: "start main", hidden: true, lang: locale };
  return el("button", { ...look, on: { click: begin } }, say("startBot"));
}

const pinnedOf = ({ messages, pins }) => messages.find(({ id }) => id === pins.at(-1));

function drawCard(pane, message, view) {
  pane.card.hidden = !message;
  const mark = JSON.stringify(message);
  if (!message || (mark === pane.cardMark && pane.cardPhone === pane.phone)) return;
  Object.assign(pane, { cardMark: mark, cardPhone: pane.phone });
  const at = [...pane.card.querySelectorAll(".card-foot button")].indexOf(document.activeElement);
  const words = el("p", { class: "words", dir: "auto" }, rich(message));
  const foot = el("div", { class: "card-foot", data: { message: message.id } }, keyboard(message, view), whyButton(message, view));
  pane.card.replaceChildren(cardTitle(message), words, foot);
  pane.card.querySelectorAll(".card-foot button")[at]?.focus();
}

/** Folded, the card shows its first line. */
function cardTitle(message) {
  const line = el("span", { class: "card-line", dir: "auto" }, signed(firstLine(message)));
  const label = el("span", { class: "card-label", lang: locale }, say("pinned"));
  return el("summary", {}, icon("pin"), label, line);
}

function viewOf(pane, chat) {
  return {
    user: pane.phone.user,
    find: (id) => chat.messages.find((message) => message.id === id),
    reply: (message) => aim(pane.composer, "reply", message),
    edit: (message) => aim(pane.composer, "edit", message),
    why: (message, button) => openWhy(pane, message, button),
    press: (message, what, button) => press(pane, message, what, button),
  };
}

// ---- What is done ----

async function speak(pane, { text, photo, reply_to, edits }) {
  const { user, chat } = pane.phone;
  const message = { user, chat, text };
  const sent = edits
    ? await attempt(pane, "edit", { ...message, message: edits })
    : await attempt(pane, "say", { ...message, photo, reply_to });
  if (sent) pane.log.box.scrollTop = pane.log.box.scrollHeight;
  return sent;
}

async function press(pane, message, { data, url }, button) {
  if (url) return showToast(pane.element, say("link", { url }));
  if (button.getAttribute("aria-busy") === "true") return;
  const { user, chat } = pane.phone;
  button.setAttribute("aria-busy", "true");
  const stop = () => button.removeAttribute("aria-busy");
  const pressed = await attempt(pane, "press", { user, chat, message: message.id, data });
  if (!pressed) return stop();
  pane.pressed.set(pressed.query, stop);
  setTimeout(() => finish(pane, pressed.query), SPINNING_MS);
}

function finish(pane, query) {
  pane.pressed.get(query)?.();
  pane.pressed.delete(query);
}

/** The answer to a press: shown on the phone of whoever pressed. */
export function answer(pane, { query, user, text, is_alert }) {
  finish(pane, query);
  if (!text || !pane.phones.some((phone) => phone.user === user)) return;
  if (is_alert) showAlert(text);
  else showToast(pane.element, text);
}

/** Does it; a refusal is shown and gives nothing. */
async function attempt(pane, what, body) {
  try {
    return await act(what, body);
  } catch (refusal) {
    showToast(pane.element, refusal.message);
    return null;
  }
}
