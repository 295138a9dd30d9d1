// "Why did I get this?": opened by keyboard, closed by Escape, and what it tells.

import { check } from "./checks.mjs";
import { accessible, fromBot, pane, says } from "./page.mjs";

export async function why({ page }) {
  await says(page, "chinese", "367");
  const question = fromBot(page, "chinese").filter({ hasText: "367" }).last();
  const opener = question.getByRole("button", { name: "Why did I get this?" });
  await opener.focus();
  await page.keyboard.press("Enter");
  const panel = pane(page, "chinese").getByRole("dialog");
  await panel.and(page.locator("[aria-busy=false]")).waitFor();
  check("the panel has the focus", await panel.evaluate((it) => it.contains(document.activeElement)));
  const told = await panel.textContent();
  for (const words of ["never guessed", "reading-confirm", "妈妈 wrote “367”", "verdict: ask", "fever.armpit", "3-502: ", "With sound", "Readings"]) {
    check(`it tells “${words}”`, told.includes(words), told);
  }
  await accessible(page, "why is open");
  await pane(page, "french").getByRole("textbox").focus();
  check("it is not modal", await panel.isVisible());
  await panel.focus();
  await page.keyboard.press("Escape");
  check("Escape closes it", (await panel.count()) === 0);
  check("the focus returns", await opener.evaluate((it) => it === document.activeElement));
  await silent(page);
}

/** The card is asked about, too; it came without sound. */
async function silent(page) {
  await pane(page, "chinese").locator(".card .why-button").click();
  const panel = pane(page, "chinese").getByRole("dialog").and(page.locator("[aria-busy=false]"));
  await panel.waitFor();
  const told = await panel.textContent();
  check("the card is explained", told.includes("pinned card") && told.includes("Without sound"), told);
  check("the card says what changed it last", told.includes("What changed it last"), told);
  await panel.getByRole("button", { name: "Close" }).click();
  check("the button closes it", (await panel.count()) === 0);
}
