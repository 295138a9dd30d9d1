// What one does on the page, and what it must never do.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { chromium } from "playwright-core";

import { check } from "./checks.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const PATIENCE_MS = 30_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** The least size of what one presses (WCAG 2.2, 2.5.8). */
const TARGET_PX = 24;

/** Starts the browser. */
export function startBrowser() {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

/** Opens the page; what it should not do is noted in `wrong`. */
export async function openPage(browser, base, width = 1280, height = 800) {
  const context = await browser.newContext({ baseURL: base, viewport: { width, height }, reducedMotion: "reduce" });
  const page = await context.newPage();
  const wrong = { console: [], foreign: [] };
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("console", (said) => said.type() === "error" && wrong.console.push(said.text()));
  page.on("pageerror", (error) => wrong.console.push(String(error)));
  page.on("request", (asked) => asked.url().startsWith(`${base}/`) || wrong.foreign.push(asked.url()));
  await page.goto(base);
  await card(page, "chinese").waitFor({ state: "attached" });
  return { page, wrong };
}

/** Closes the page, and says whether it has kept the rules. */
export async function closePage({ page, wrong }) {
  await page.context().close();
  check("no error on the console", wrong.console.length === 0, wrong.console.join("; "));
  check("no foreign request", wrong.foreign.length === 0, wrong.foreign.join("; "));
}

export const pane = (page, key) => page.locator(`#pane-${key}`);
export const card = (page, key) => pane(page, key).locator(".card .words");
export const fromBot = (page, key) => pane(page, key).locator(".message:has(.bot-mark)");
export const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Writes as whoever's phone lies in a pane; gives the message. */
export async function says(page, key, text) {
  const field = pane(page, key).getByRole("textbox");
  await field.fill(text);
  await field.press("Enter");
  return pane(page, key).locator(".message.own", { hasText: text }).last();
}

/** Lets an hour go by in a minute until the card shows all of these. */
export async function untilCardShows(page, key, values) {
  await button(page, "×60").click();
  for (const value of values) await card(page, key).filter({ hasText: value }).waitFor({ state: "attached" });
  await button(page, "Pause").click();
  return true;
}

/** Goes on by Tab until this holds in the page, as somebody without a mouse does. */
export async function tabUntil(page, holds, argument, most = 250) {
  for (let n = 0; n < most; n += 1) {
    if (await page.evaluate(holds, argument)) return true;
    await page.keyboard.press("Tab");
  }
  return false;
}

/** Whether the focus can be seen. */
export const focusIsSeen = (page) =>
  page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });

/** Checks a state of the page: axe, sizes, width. */
export async function accessible(page, state) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run({ resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes[0].html.slice(0, 120) }));
  });
  const grave = found.filter(({ impact }) => ["serious", "critical"].includes(impact));
  const tell = (findings) => findings.map(({ id, html }) => `${id} at ${html}`).join("; ");
  check(`axe finds nothing serious: ${state}`, grave.length === 0, tell(grave));
  const small = await page.evaluate(tooSmall, TARGET_PX);
  check(`what one presses is large enough: ${state}`, small.length === 0, small.join("; "));
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  check(`nothing scrolls sideways: ${state}`, wide <= room, `${wide} px`);
}

function tooSmall(least) {
  const pressed = [...document.querySelectorAll("button, summary, textarea, a:not(.skip)")];
  const shown = pressed.filter((element) => element.checkVisibility());
  const small = shown.filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    return width < least || height < least;
  });
  return small.map((element) => element.outerHTML.slice(0, 120));
}
