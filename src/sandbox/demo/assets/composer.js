// Where one writes: a line, its examples, a photo, and what is being answered or changed.

import { el, icon, iconButton } from "./dom.js";
import { firstLine } from "./message.js";
import { say } from "./words.js";

/** A composer that hands what is written to `send({ text, photo, reply_to, edits })`. */
export function makeComposer(send) {
  const composer = { send, target: null };
  composer.field = el("textarea", { rows: "1", dir: "auto", enterkeyhint: "send", placeholder: say("placeholder") });
  composer.strip = el("div", { class: "strip", hidden: true });
  composer.hints = el("div", { class: "hints", role: "group", "aria-label": say("examples") });
  composer.form = form(composer);
  return composer;
}

/** Sets whose words these are, and what they could say. */
export function setWriter(composer, phone) {
  composer.field.setAttribute("aria-label", say("write", phone));
  composer.field.lang = phone.language;
  composer.hints.replaceChildren(...phone.hints.map((text) => hint(composer, text)));
  composer.hints.lang = phone.language;
  release(composer);
}

/** Begins an answer to a message, or a change of an own one. */
export function aim(composer, kind, message) {
  composer.target = { kind, message };
  const title = kind === "edit" ? say("editing") : say("replying", message);
  const quote = el("span", { dir: "auto" }, el("b", {}, title), firstLine(message));
  const drop = iconButton("close", say("cancel"), () => release(composer));
  composer.strip.replaceChildren(icon(kind), quote, drop);
  composer.strip.hidden = false;
  if (kind === "edit") write(composer, message.text);
  composer.field.focus();
}

function form(composer) {
  const photo = iconButton("photo", say("photo"), () => submit(composer, true));
  const sendButton = iconButton("send", say("send"), () => {}, { type: "submit", class: "icon-button main" });
  const line = el("div", { class: "line" }, photo, composer.field, sendButton);
  const made = el("form", { class: "composer" }, composer.hints, composer.strip, line);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(composer, false);
  });
  composer.field.addEventListener("keydown", (event) => onKey(composer, event));
  composer.field.addEventListener("input", () => fit(composer.field));
  return made;
}

/** Enter sends, except where it ends a word that is being composed. */
function onKey(composer, event) {
  if (event.key === "Escape") release(composer);
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.form.requestSubmit();
}

async function submit(composer, photo) {
  const text = composer.field.value.trim();
  if (!text && !photo) return composer.field.focus();
  const { kind, message } = composer.target ?? {};
  const edits = kind === "edit" && !photo ? message.id : null;
  const reply_to = kind === "reply" ? message.id : null;
  const sent = await composer.send({ text, photo, reply_to, edits });
  if (sent) release(composer);
}

function release(composer) {
  composer.target = null;
  composer.strip.hidden = true;
  write(composer, "");
}

function hint(composer, text) {
  const take = () => {
    write(composer, text);
    composer.field.focus();
  };
  return el("button", { type: "button", dir: "auto", on: { click: take } }, text);
}

function write({ field }, text) {
  field.value = text;
  fit(field);
}

function fit(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
