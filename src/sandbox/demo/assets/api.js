// What the page asks of the demo. A refusal is thrown as a sentence that can be shown.

import { say } from "./words.js";

/** Does something as somebody, or to the clock. */
export const act = async (what, body) => read(await post(`api/${what}`, body));

/** Asks for something. */
export const ask = async (what) => read(await reach(`api/${what}`, {}));

async function read(answer) {
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error ?? say("unanswered"));
  return said;
}

function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return reach(path, { method: "POST", headers, body: JSON.stringify(body) });
}

function reach(path, request) {
  return fetch(path, request).catch(() => {
    throw new Error(say("unanswered"));
  });
}
