// What the page asks of the demo. A refusal is thrown as a sentence that can be shown.

import { say } from "./words.js";

/** Does something as somebody, or to the clock. */
export async function act(what, body) {
  const answer = await post(`api/${what}`, body);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error ?? say("unanswered"));
  return said;
}

function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => {
    throw new Error(say("unanswered"));
  });
}
