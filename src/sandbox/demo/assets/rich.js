// Telegram's small HTML, read without ever handing it to the browser as HTML.

import { signed } from "./signs.js";

const TAGS = { b: "b", strong: "b", i: "i", em: "i", u: "u", s: "s", code: "code", pre: "pre", blockquote: "blockquote" };
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const PIECE = /<(\/?)([a-z]+)(?:\s[^>]*)?>|&(#?\w+);|[^<&]+|[<&]/g;

/** The words of a message as nodes. Plain words (no tags in use) stay as they are. */
export function rich({ text, html }) {
  const root = document.createDocumentFragment();
  if (html === text) root.append(...signed(text));
  else build(root, html);
  return root;
}

function build(root, html) {
  const open = [root];
  for (const [piece, closing, tag, entity] of html.matchAll(PIECE)) {
    if (tag && closing) closeTag(open);
    else if (tag) openTag(open, tag);
    else open.at(-1).append(...(entity ? [ENTITIES[entity] ?? piece] : signed(piece)));
  }
}

/** An unknown tag becomes a plain span, so that its end is found. */
function openTag(open, tag) {
  const node = document.createElement(TAGS[tag] ?? "span");
  open.at(-1).append(node);
  open.push(node);
}

function closeTag(open) {
  if (open.length > 1) open.pop();
}
