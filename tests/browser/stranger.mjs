// The pane of somebody who belongs to nobody.

import { check } from "./checks.mjs";
import { accessible, fromBot, pane, says } from "./page.mjs";

export async function stranger({ page }) {
  const max = pane(page, "stranger");
  check("the page explains who this is", (await max.locator(".pane-note").textContent()).includes("no household and no staff"));
  check("nothing can be written before Start", !(await max.getByRole("textbox").isVisible()));
  const others = await everybody(page);
  await max.getByRole("button", { name: "Start", exact: true }).click();
  await fromBot(page, "stranger").first().waitFor();
  for (const hint of await max.locator(".hints button").allTextContents()) {
    await says(page, "stranger", hint.startsWith("/start") ? "/start" : hint);
  }
  await max.locator(".hints button", { hasText: "/start " }).click();
  await max.getByRole("textbox").press("Enter");
  // an answer to Wang comes after whatever Max has written before
  const before = await fromBot(page, "worker").count();
  await says(page, "worker", "/today");
  await fromBot(page, "worker").nth(before).waitFor();
  check("Max gets one sentence and nothing else", (await fromBot(page, "stranger").count()) === 1);
  const said = await fromBot(page, "stranger").textContent();
  check("the sentence names nobody", !/3-502|妈妈|Wang/.test(said), said);
  check("the others got nothing for it", (await everybody(page)) === others);
  await accessible(page, "the stranger was answered");
}

/** What the bot has said to the families and the lead. */
async function everybody(page) {
  const said = await Promise.all(["chinese", "french", "command"].map((key) => fromBot(page, key).allTextContents()));
  return JSON.stringify(said);
}
