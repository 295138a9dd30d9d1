// The signs that texts use, drawn here: not every computer has a font for them. The character
// itself stays in the text, unseen, for reading out and for copying.

import { drawing, el, unseen } from "./dom.js";

const SIGNS = {
  "✅": { look: "done", path: "m5 12.5 4.5 4.5L19 7.5" },
  "⏰": { look: "waiting", path: "M12 19.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM12 9.5V13l2.5 1.8M5.5 4.5 3 7m15.5-2.5L21 7" },
  "🆘": { look: "help", path: "M12 5v9m0 4v.5" },
  "❗": { look: "help", path: "M12 5v9m0 4v.5" },
  "➖": { look: "none", path: "M6 12h12" },
  "📦": { path: "m4 8 8-4 8 4v8l-8 4-8-4V8Zm0 0 8 4 8-4m-8 4v8" },
  "👤": { path: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8c.5-4 3.5-6 7.5-6s7 2 7.5 6" },
  "☎": { path: "M6.5 4 9 4.5l1 4-2 1.5c1 2.5 3 4.5 6 6l1.5-2 4 1 .5 2.5c-.5 1.5-2 2.5-3.5 2.5C10 19.5 4.5 14 4 7.5 4 6 5 4.5 6.5 4Z" },
  "💬": { path: "M4 5h16v11h-9l-4.5 4v-4H4V5Z" },
  "🚪": { path: "M7 20V4h10v16M4 20h16m-6.5-8v.5" },
  "🏠": { path: "m3.5 11.5 8.5-7 8.5 7M6 10v9.5h12V10m-7.5 9.5V14h3v5.5" },
  "🏁": { path: "M6 21V4h12l-2.5 4.5L18 13H6" },
  "↗": { path: "M7 17 17 7m-8 0h8v8" },
  "↩": { path: "m9 6-5 5 5 5m-5-5h10a5 5 0 0 1 0 10h-2" },
  "⚠": { look: "waiting", path: "M12 4.5 3.5 19h17L12 4.5ZM12 10v4m0 2.5v.5" },
  "🌐": { path: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Zm-8-8h16M12 4c-5 5-5 11 0 16 5-5 5-11 0-16Z" },
  "✍": { path: "m5 19 .8-3.5L16.5 4.8l2.7 2.7L8.5 18.2 5 19Z" },
  "⏸": { path: "M9 6v12m6-12v12" },
  "🌡": { path: "M10 14V6a2 2 0 0 1 4 0v8a4 4 0 1 1-4 0Zm2 3V9" },
  "📷": { path: "M4 7h3.5L9 5h6l1.5 2H20v12H4V7Zm8 9a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z" },
  "👌": { path: "M8.5 17.5a3.6 3.6 0 1 1 3-5.6M12 13.5l1-9m-.5 9.5 4.5-7m-4 8 6-4.5M8.5 17.5c.5 2 2 3 4 3 3.5 0 5-3 6.5-6" },
};
const PATTERN = new RegExp(`(${Object.keys(SIGNS).join("|")})\\uFE0F?`, "u");

/** A text as nodes, with its signs drawn. */
export function signed(text) {
  return text.split(PATTERN).map((part) => (part in SIGNS ? sign(part) : part));
}

function sign(character) {
  const { look = "plain", path } = SIGNS[character];
  return el("span", { class: `sign ${look}` }, unseen(character), drawing(path));
}
