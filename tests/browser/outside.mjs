// Who may talk to the page's server.

import { once } from "node:events";
import { request } from "node:http";

import { check } from "./checks.mjs";
import { refusal } from "./demo.mjs";

/** Asks as another site's page would, and gives the status. */
async function statusFor(base, headers) {
  const asked = request(`${base}/api/clock`, { method: "POST", headers });
  asked.end("{}");
  const [answer] = await once(asked, "response");
  answer.resume();
  return answer.statusCode;
}

export async function outside(base) {
  const json = { "Content-Type": "application/json" };
  check("the page's own requests are let in", (await statusFor(base, json)) === 200);
  check("another site is refused", (await statusFor(base, { ...json, Origin: "http://evil.example" })) === 403);
  check("another name is refused", (await statusFor(base, { ...json, Host: "evil.example" })) === 403);
  check("an address that others reach is refused", (await refusal("--listen", "0.0.0.0:0")) === 2);
}
