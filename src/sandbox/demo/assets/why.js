// Why somebody got a message of the bot: a panel over the pane that can be left open while one goes on.

import { ask } from "./api.js";
import { el, iconButton } from "./dom.js";
import { shortDayOf, timeOf } from "./time.js";
import { say } from "./words.js";

/** Opens the panel of a message; `opener` is the button that asked. */
export async function openWhy(pane, message, opener) {
  closeWhy(pane);
  const panel = makePanel(pane);
  Object.assign(pane, { why: panel, whyOf: message.id, whyOpener: opener });
  pane.element.append(panel);
  panel.focus({ preventScroll: true });
  const told = await answer(pane.phone.chat, message.id);
  panel.querySelector(".why-text").replaceChildren(...told);
  panel.setAttribute("aria-busy", "false");
}

/** Closes the panel; the focus goes back to where it came from if it was in it. */
export function closeWhy(pane) {
  if (!pane.why) return;
  const hadFocus = pane.why.contains(document.activeElement);
  pane.why.remove();
  pane.why = null;
  if (hadFocus) opener(pane).focus({ preventScroll: true });
}

/** A message that was drawn anew has another button. */
function opener({ element, log, whyOf, whyOpener }) {
  if (whyOpener.isConnected) return whyOpener;
  return element.querySelector(`[data-message="${whyOf}"] .why-button`) ?? log.box;
}

function makePanel(pane) {
  const close = iconButton("close", say("closeWhy"), () => closeWhy(pane));
  const head = el("div", { class: "why-head" }, el("p", { class: "why-title" }, say("why")), close);
  const body = el("div", { class: "why-text", tabindex: "0", role: "group", "aria-label": say("whyText") },
    el("p", {}, say("whyAsking")));
  const attributes = { class: "why", role: "dialog", "aria-label": say("why"), tabindex: "-1", "aria-busy": "true", lang: "en" };
  const panel = el("section", attributes, head, body);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    closeWhy(pane);
  });
  return panel;
}

async function answer(chat, message) {
  try {
    return tell(await ask(`why?chat=${chat}&message=${message}`));
  } catch (refusal) {
    return [el("p", {}, refusal.message)];
  }
}

function tell({ rule, cause, change, sees, ...letter }) {
  const facts = [
    ["whyCause", cause.says],
    ["whyReading", readings(cause)],
    ["whyChange", change?.cause.says],
    ["whyReading", change && readings(change.cause)],
    ["whySettings", rule.settings.length && el("ul", {}, rule.settings.map(setting))],
    ["whySees", say(sees.is_private ? "seesAlone" : "seesGroup", { chat: sees.chat, people: sees.people.join(", ") })],
    ["whyHow", say(letter.silent ? "howSilent" : "howSound", letter)],
    ["whyWhen", when(letter, change)],
    ["whyText_id", el("span", {}, el("code", {}, letter.text_id), ` (${letter.language})`)],
    ["whySource", rule.source && say("whyContract", rule)],
    ["whyId", change ? `${cause.id}, ${change.cause.id}` : cause.id],
  ];
  const rows = facts.filter(([, value]) => value).flatMap(([name, value]) => [el("dt", {}, say(name)), el("dd", {}, value)]);
  return [el("p", { class: "why-rule" }, rule.says), el("dl", {}, rows)];
}

function setting({ key, value, means }) {
  return el("li", {}, el("code", {}, `${key} = ${value}`), el("span", {}, means));
}

function readings({ reading }) {
  return reading.length && el("ul", {}, reading.map((line) => el("li", { dir: "auto" }, line)));
}

function when({ written_at }, change) {
  const moment = (at) => `${shortDayOf(at)}, ${timeOf(at)}`;
  const written = say("whenWritten", { at: moment(written_at) });
  return change ? `${written} ${say("whenChanged", { at: moment(change.at) })}` : written;
}
