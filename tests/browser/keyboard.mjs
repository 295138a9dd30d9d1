// The page by keyboard alone: the order in which it is walked, and what can be done.

import { check } from "./checks.mjs";
import { button, focusIsSeen, fromBot, pane, tabUntil, untilCardShows } from "./page.mjs";

const PANES = ["chinese", "french", "worker", "command", "stranger"];

/** Where the focus is: a place in the order of the page, and what it is on. */
function where() {
  const { activeElement: at } = document;
  const place = at.closest("section.pane")?.id ?? (at.closest("#top") ? "top" : at.className);
  return { place, name: at.getAttribute("aria-label") ?? at.textContent.trim(), tag: at.tagName };
}

async function walk(page) {
  const seen = [];
  let blind = 0;
  for (let n = 0; n < 300; n += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(where);
    if (at.tag === "BODY") break;
    seen.push(at);
    if (!(await focusIsSeen(page))) blind += 1;
  }
  return { seen, blind };
}

export async function order({ page }) {
  await page.evaluate(() => document.activeElement.blur());
  await page.reload();
  await pane(page, "chinese").locator(".card .words").waitFor({ state: "attached" });
  const { seen, blind } = await walk(page);
  check("the focus can be seen wherever it is", blind === 0, `${blind} of ${seen.length} places`);
  check("the first step leads past the bar", seen[0].place === "skip");
  const places = seen.map(({ place }) => place).filter((place, n, all) => place !== all[n - 1]);
  const expected = ["skip", "top", ...PANES.map((key) => `pane-${key}`)];
  check("the walk goes through the bar and every pane in their order", places.join() === expected.join(), places.join());
  const names = seen.map(({ name }) => name);
  for (const name of ["Pause", "×600", "Start: Morning report", "Start: Fever", "Why did I get this?", "Skip to writing", "Send", "Start"]) {
    check(`the walk comes to “${name}”`, names.includes(name));
  }
  const fields = seen.filter(({ tag }) => tag === "TEXTAREA").length;
  check("the walk comes to where one writes in each open chat", fields === PANES.length - 1, String(fields));
}

const isKey = (label) => {
  const { activeElement } = document;
  return Boolean(activeElement.closest(".keyboard")) && activeElement.textContent === label;
};

export async function keypad({ page }) {
  const name = pane(page, "french").locator(".card .keyboard button", { hasText: "Camille" });
  await name.focus();
  await page.keyboard.press("Enter");
  await pane(page, "french").locator(".message .keyboard button", { hasText: "36" }).first().waitFor();
  check("the keypad is reached", await tabUntil(page, isKey, "36"));
  await page.keyboard.press("Enter");
  await pane(page, "french").locator(".message .keyboard button", { hasText: "36,4" }).waitFor();
  check("the keypad keeps the focus", await tabUntil(page, isKey, "36,4"));
  await page.keyboard.press("Enter");
  check("the card shows the value pressed", await untilCardShows(page, "french", ["36,4"]));
}

/** Past a long chat to where one writes. */
export async function skip({ page }) {
  await pane(page, "worker").getByText("Skip to writing").focus();
  await page.keyboard.press("Enter");
  const field = pane(page, "worker").getByRole("textbox");
  check("one can go past the messages to where one writes", await field.evaluate((it) => it === document.activeElement));
}

/** The clock bar: a jump by Enter. */
export async function clock({ page }) {
  const before = await fromBot(page, "chinese").count();
  await button(page, "Next reminder").focus();
  await page.keyboard.press("Enter");
  await fromBot(page, "chinese").nth(before).waitFor();
  check("the clock jumps by keyboard", true);
}
