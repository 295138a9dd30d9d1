// What is read out to those who do not see the page: one quiet place for all panes.

const GATHER_MS = 400;

let waiting = [];
let timer = null;

/** Reads a sentence out soon; sentences that come together are read together. */
export function announce(sentence) {
  waiting.push(sentence);
  timer ??= setTimeout(readOut, GATHER_MS);
}

function readOut() {
  const place = document.getElementById("news");
  place.replaceChildren(...waiting.slice(-5).map(line));
  waiting = [];
  timer = null;
}

function line(sentence) {
  const paragraph = document.createElement("p");
  paragraph.textContent = sentence;
  return paragraph;
}
