// A morning as a visitor plays it: a report is written and corrected, a fever reaches the worker.

import { check } from "./checks.mjs";
import { accessible, button, card, fromBot, pane, says, untilCardShows } from "./page.mjs";

const REPORT = "妈妈36.5 爸爸36.8 宝宝36.9";

export async function report({ page }) {
  await accessible(page, "as it opens");
  await button(page, "Next reminder").click();
  await pane(page, "chinese").locator(".message", { hasText: "10:00" }).first().waitFor();
  check("the clock jumps to the reminder", true);
  const before = await fromBot(page, "chinese").count();
  const message = await says(page, "chinese", REPORT);
  await message.locator(".reaction").waitFor();
  check("a typed report is acknowledged by a reaction", true);
  check("the card shows the report", await untilCardShows(page, "chinese", ["36.5", "36.8", "36.9"]));
  check("no new message of the bot came", (await fromBot(page, "chinese").count()) === before);
}

export async function correct({ page }) {
  const message = pane(page, "chinese").locator(".message.own", { hasText: REPORT });
  await message.hover();
  await message.getByRole("button", { name: "Edit" }).click();
  const edited = await says(page, "chinese", REPORT.replace("36.5", "36.6"));
  await edited.getByText("edited").waitFor();
  check("an edited message corrects the card", await untilCardShows(page, "chinese", ["36.6"]));
}

export async function fever({ page }) {
  await says(page, "french", "Lucas 38,4");
  await pane(page, "worker").locator(".message", { hasText: "38.4" }).waitFor();
  check("a fever reaches the worker", true);
  await pane(page, "worker").getByRole("button", { name: "I take it" }).click();
  await pane(page, "worker").locator(".toast").waitFor();
  check("a press is answered", true);
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible(page, "dark");
  await page.emulateMedia({ colorScheme: "light" });
}

/** What one sees again after a reload: the same chats, the same phones. */
export async function reload({ page }) {
  await pane(page, "command").getByRole("button", { name: "Lin" }).click();
  const shown = await card(page, "chinese").textContent();
  const count = await pane(page, "chinese").locator("[data-message]").count();
  await page.reload();
  await card(page, "chinese").filter({ hasText: "36.6" }).waitFor({ state: "attached" });
  check("after a reload the card is the same", (await card(page, "chinese").textContent()) === shown);
  check("after a reload no message is missing", (await pane(page, "chinese").locator("[data-message]").count()) === count);
  const lin = pane(page, "command").getByRole("button", { name: "Lin" });
  check("after a reload the same phone lies there", (await lin.getAttribute("aria-pressed")) === "true");
}
