// The guided scenes, played to their ends against the real bot.

import { check } from "./checks.mjs";
import { accessible, button, fromBot, pane, says, tabUntil } from "./page.mjs";

/** A scene may take so long, the visitor's reading left out. */
const LONGEST_MS = 60_000;

const stage = (page, stand) => page.locator(`.scene[data-stand="${stand}"]`);
const count = (page) => page.locator(".scene-count").textContent();
const start = (page, title) => button(page, `Start: ${title}`);

/** Step by step, by keyboard alone. */
export async function fever({ page }) {
  const mine = await pane(page, "chinese").locator("[data-message]").count();
  await page.evaluate(() => document.activeElement.blur());
  const onStart = (label) => document.activeElement.getAttribute("aria-label") === label;
  check("Start is reached by keyboard", await tabUntil(page, onStart, "Start: Fever"));
  await page.keyboard.press("Enter");
  const steps = await walkThrough(page);
  check("it has five steps, each with words of its own", steps.length === 5 && new Set(steps).size === 5, steps.join(" | "));
  check("it ends with “Done”", (await count(page)) === "Done");
  const ending = await page.locator(".scene-words").textContent();
  check("it says how many checks were met", /13 of 13 checks were met/.test(ending), ending);
  check("the alert is in the worker's chat", (await fromBot(page, "worker").filter({ hasText: "A-1" }).count()) > 0);
  await accessible(page, "a scene is done");
  check("the focus is on the way back", await button(page, "Back to my chats").evaluate((it) => it === document.activeElement));
  await page.keyboard.press("Enter");
  await page.locator(".scene").waitFor({ state: "hidden" });
  await pane(page, "chinese").locator("[data-message]").nth(mine - 1).waitFor();
  check("one's own chats are back", (await pane(page, "chinese").locator("[data-message]").count()) === mine);
}

/** Goes on with Enter as long as there is a step to look at; gives the words of the steps. */
async function walkThrough(page) {
  const steps = [];
  while (steps.length < 20) {
    const over = stage(page, "done").or(stage(page, "failed"));
    await stage(page, "waiting").or(over).first().waitFor();
    if (await over.count()) {
      steps.push("the last step");
      return steps;
    }
    if (steps.length === 1) await whilePlaying(page);
    steps.push(await page.locator(".scene-words").textContent());
    const before = await count(page);
    await page.keyboard.press("Enter");
    await page.waitForFunction((shown) => document.querySelector(".scene-count").textContent !== shown, before);
  }
  return steps;
}

async function whilePlaying(page) {
  const looked = await page.locator(".pane.is-looked-at").getAttribute("id");
  check("the pane to look at is marked", looked === "pane-chinese", looked);
  const seen = await page.locator(".scene-lines").textContent();
  check("what was expected is told as it is met", seen.includes("As expected: 3-502 is told at once what to do"), seen);
  await accessible(page, "a scene waits");
  // asked beside the page: the browser would note the refusal on its console
  const refused = await page.request.post("/api/scene", { data: { do: "start", scene: "morning" } });
  const why = (await refused.json()).error;
  check("another scene is refused with the reason", refused.status() === 409 && why.includes("“Fever” is being played"), why);
}

/** The other two, without waiting for the visitor. */
export async function skipped({ page }) {
  for (const [title, checks] of [["Morning report", 13], ["Silence", 16]]) {
    const began = Date.now();
    await start(page, title).click();
    await button(page, "Skip to the end").click();
    await stage(page, "done").waitFor();
    const ending = await page.locator(".scene-words").textContent();
    check(`“${title}” ends as it should`, ending.includes(`${checks} of ${checks}`), ending);
    check(`“${title}” takes less than a minute`, Date.now() - began < LONGEST_MS);
  }
  await button(page, "Back to my chats").click();
  await page.locator(".scene").waitFor({ state: "hidden" });
}

/** Stopped in the middle, and disturbed until it fails. */
export async function stopped({ page }) {
  await start(page, "Silence").click();
  await stage(page, "waiting").waitFor();
  await button(page, "Stop").click();
  await page.locator(".scene").waitFor({ state: "hidden" });
  check("a scene can be stopped", await start(page, "Silence").isVisible());
  await start(page, "Silence").click();
  await stage(page, "waiting").waitFor();
  await (await says(page, "chinese", "妈妈36.5 爸爸36.6 宝宝36.7")).locator(".reaction").waitFor();
  await button(page, "Skip to the end").click();
  await stage(page, "failed").waitFor();
  const ending = await page.locator(".scene-words").textContent();
  check("a scene that is disturbed fails and says what was not so", ending.includes("one nudge after an hour"), ending);
  await accessible(page, "a scene has failed");
  await button(page, "Back to my chats").click();
  await page.locator(".scene").waitFor({ state: "hidden" });
}
