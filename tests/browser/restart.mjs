// The demo is ended and started again with the same database, while the page stays open.

import { check } from "./checks.mjs";
import { startDemo, stopDemo } from "./demo.mjs";
import { card, closePage, fromBot, openPage, pane, says } from "./page.mjs";

/** Gives the demo that was started. */
export async function restart(browser, demo, address, db) {
  const opened = await openPage(browser, demo.base);
  const { page } = opened;
  const before = await screens(page);
  check("the demo ends cleanly", (await stopDemo(demo)) === 0);
  await page.locator("#lost").waitFor();
  check("the page says that the line is lost", true);
  const again = await startDemo(address, db);
  await page.locator("#lost").waitFor({ state: "detached" });
  check("the open page shows what it has shown", (await screens(page)) === before);
  await page.reload();
  await card(page, "chinese").waitFor({ state: "attached" });
  await pane(page, "stranger").locator(".message").first().waitFor();
  check("a page opened anew shows the same", (await screens(page)) === before);
  const reminders = await fromBot(page, "chinese").count();
  await (await says(page, "chinese", "宝宝36.9")).locator(".reaction").waitFor();
  check("the bot goes on, and reminds nobody again", (await fromBot(page, "chinese").count()) === reminders);
  await closeCut(opened);
  return again;
}

/** Another neighbourhood takes the place of this one while a page is open. */
export async function another(browser, demo, address, db) {
  const opened = await openPage(browser, demo.base);
  const { page } = opened;
  const old = pane(page, "chinese").locator(".message", { hasText: "宝宝36.9" });
  await old.first().waitFor();
  await stopDemo(demo);
  const again = await startDemo(address, db);
  await old.first().waitFor({ state: "detached" });
  await card(page, "chinese").waitFor({ state: "attached" });
  check("an open page shows the new neighbourhood, and nothing of the old one", (await old.count()) === 0);
  check("its stranger begins anew", await pane(page, "stranger").locator(".start").isVisible());
  await closeCut(opened);
  return again;
}

/** What the browser says of the line that was cut is no error of the page. */
async function closeCut(opened) {
  opened.wrong.console = opened.wrong.console.filter((said) => !/ERR_|net::|Failed to load resource/.test(said));
  await closePage(opened);
}

/** All messages on the screens: their ids, words, times. */
function screens(page) {
  return page.evaluate(() => {
    const messages = [...document.querySelectorAll(".log [data-message]")];
    return JSON.stringify(messages.map((it) => [it.dataset.message, it.textContent]));
  });
}
