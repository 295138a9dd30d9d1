// Every word of the page itself, in one place; what people and the bot say comes from the chats.

const en = {
  brand: "Doorstep",
  banner: "Demo",
  bannerText: "A pretend Telegram with invented people. Nothing leaves this computer.",
  skip: "Skip to the chats",
  lost: "Connection lost. Trying again …",
  loading: "Opening Sunshine Garden …",

  clock: "Pretend time",
  clockZone: "Sunshine Garden time",
  moving: "Time is moving …",
  pause: "Pause",
  pauseHint: "Paused: the clock goes on at its real speed, one second a second",
  fast: "×60",
  fastHint: "An hour a minute",
  faster: "×600",
  fasterHint: "Ten hours a minute",
  speed: "Speed of time",
  nextReminder: "Next reminder",
  nextReminderShort: "Reminder",
  nextReminderHint: "Go to the moment at which the next reminder or nudge is written",
  nextMorning: "Next day 08:00",
  nextMorningShort: "08:00",
  nextMorningHint: "Go to eight o'clock tomorrow morning",

  about_chinese: "Chinese family · group",
  about_french: "French couple · group",
  about_worker: "Grid worker · private chat",
  about_command: "Lead and colleagues · private chats",
  tab_chinese: "3-502",
  tab_french: "7-903",
  tab_worker: "Worker",
  tab_command: "Lead",

  chats: "Chats",
  phones: "Whose phone",
  phoneOf: "{name}’s phone",
  unread: "new messages",
  pinned: "Pinned card",
  log: "Messages of {title}",
  empty: "No messages yet.",
  latest: "New messages",

  write: "Write as {name}",
  placeholder: "Message",
  send: "Send",
  photo: "Send a photo",
  photoSent: "Photo",
  examples: "Examples",
  reply: "Reply",
  edit: "Edit",
  replying: "Reply to {name}",
  editing: "Edit message",
  cancel: "Cancel",
  close: "OK",

  edited: "edited",
  silent: "Sent without sound",
  buttons: "Buttons",
  link: "In Telegram this button opens {url}",
  reaction: "{names} reacted with {emoji}",
  gone: "a message that is gone",
  bot: "bot",
  newCard: "{title}: the card has changed",
  newMessage: "{title}, {name}: {text}",

  unanswered: "The demo did not answer.",

  voice: "Voice message",
  sticker: "Sticker",
  document: "File",
  location: "Place",
  group_chat_created: "{who} made the group",
  supergroup_chat_created: "{who} made the group",
  new_chat_members: "{who} added {about}",
  left_chat_member: "{about} left",
  new_chat_title: "{who} changed the title to {about}",
  pinned_message: "{who} pinned the card",
  migrate_to_chat_id: "The group became a supergroup",
  migrate_from_chat_id: "The group became a supergroup",
};

const dictionaries = { en };
const language = "en";

/** The language in which the page writes dates. */
export const locale = language;

/** A phrase of the page, with its `{names}` filled in. */
export function say(id, values = {}) {
  const phrase = dictionaries[language][id] ?? id;
  return phrase.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
