// The page at 320 px: one pane at a time, nothing scrolls sideways, and everything is there.

import { check } from "./checks.mjs";
import { accessible, button, closePage, fromBot, openPage, pane } from "./page.mjs";

export async function narrow(browser, base) {
  const opened = await openPage(browser, base, 320, 640);
  const { page } = opened;
  await accessible(page, "narrow");
  await throughTabs(page);
  await reloaded(page);
  await why(page);
  await scene(page);
  await closePage(opened);
}

async function throughTabs(page) {
  const tabs = page.getByRole("tab");
  await tabs.first().focus();
  for (let n = 0; n < (await tabs.count()); n += 1) {
    const shown = await page.locator(".pane:visible").count();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`tab ${n + 1} shows one pane, and nothing scrolls sideways`, shown === 1 && wide <= 320, `${shown}, ${wide} px`);
    if (n + 1 < (await tabs.count())) await page.keyboard.press("ArrowRight");
  }
}

async function reloaded(page) {
  await page.reload();
  await pane(page, "chinese").locator(".card .words").waitFor({ state: "attached" });
  check("after a reload the same tab is shown", await pane(page, "stranger").isVisible());
}

async function why(page) {
  await page.getByRole("tab", { name: /Worker/ }).click();
  await fromBot(page, "worker").last().getByRole("button", { name: "Why did I get this?" }).click();
  await pane(page, "worker").locator(".why[aria-busy=false]").waitFor();
  await accessible(page, "narrow, why is open");
  await page.keyboard.press("Escape");
}

/** A scene leads to the tab that it is about. */
async function scene(page) {
  const scenes = button(page, "Guided scenes");
  check("the scenes are folded away", (await scenes.getAttribute("aria-expanded")) === "false");
  await scenes.click();
  await accessible(page, "narrow, the scenes are open");
  await button(page, "Start: Morning report").click();
  await page.locator(".scene[data-stand=waiting]").waitFor();
  check("the scene shows the tab that it is about", await pane(page, "chinese").isVisible());
  await accessible(page, "narrow, a scene waits");
  await button(page, "Skip to the end").click();
  await page.locator(".scene[data-stand=done]").waitFor();
  check("at the end it shows the last tab", await pane(page, "worker").isVisible());
  await button(page, "Back to my chats").click();
  await page.locator(".scene").waitFor({ state: "hidden" });
}
