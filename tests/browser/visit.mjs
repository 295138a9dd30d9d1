// A headless visit of the demo page, as .ci/run makes it: a report is typed and the card changes, the
// keypad is worked by keyboard alone, and nothing leaves this machine.
// `node tests/browser/visit.mjs`; CHROMIUM and DOORSTEP name other programs than the usual ones.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const PROGRAM = process.env.DOORSTEP ?? fileURLToPath(new URL("../../target/debug/doorstep", import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const PATIENCE_MS = 30_000;
const REPORT = "妈妈36.5 爸爸36.8 宝宝36.9";

const tally = { passed: 0, failed: 0 };

function check(name, isMet) {
  tally[isMet ? "passed" : "failed"] += 1;
  console.log(`${isMet ? "ok  " : "FAIL"} ${name}`);
}

// ---- The demo and the browser ----

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Starts the demo and waits for its line; without it, what it said is shown. */
async function startDemo() {
  const address = `127.0.0.1:${await freePort()}`;
  const demo = spawn(PROGRAM, ["demo", "--listen", address], { stdio: ["ignore", "inherit", "pipe"] });
  const said = [];
  for await (const line of createInterface({ input: demo.stderr })) {
    said.push(line);
    if (line.startsWith("demo ready ")) {
      demo.stderr.resume();
      return { demo, base: `http://${address}` };
    }
  }
  throw new Error(`the demo did not begin:\n${said.join("\n")}`);
}

/** A page that notes what it should not do. */
async function openPage(browser, base) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const wrong = { console: [], foreign: [] };
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("console", (said) => said.type() === "error" && wrong.console.push(said.text()));
  page.on("pageerror", (error) => wrong.console.push(String(error)));
  page.on("request", (asked) => asked.url().startsWith(`${base}/`) || wrong.foreign.push(asked.url()));
  await page.goto(base);
  await page.locator("#pane-chinese .card .words").waitFor({ state: "attached" });
  return { page, wrong };
}

// ---- What one does on the page ----

const pane = (page, key) => page.locator(`#pane-${key}`);
const card = (page, key) => pane(page, key).locator(".card .words");
const fromBot = (page, key) => pane(page, key).locator(".message:has(.bot-mark)").count();

async function says(page, key, text) {
  const field = pane(page, key).getByRole("textbox");
  await field.fill(text);
  await field.press("Enter");
  return pane(page, key).locator(".message.own", { hasText: text }).last();
}

/** Lets an hour go by in a minute until the card shows all of these. */
async function untilCardShows(page, key, values) {
  await page.getByRole("button", { name: "×60", exact: true }).click();
  for (const value of values) await card(page, key).filter({ hasText: value }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Pause" }).click();
  return true;
}

/** Goes on by Tab until a button in a message has the focus, as somebody without a mouse does. */
async function tabToMessageButton(page, label) {
  const at = (wanted) => {
    const { activeElement } = document;
    return Boolean(activeElement.closest(".keyboard")) && activeElement.textContent === wanted;
  };
  for (let n = 0; n < 200; n += 1) {
    if (await page.evaluate(at, label)) return true;
    await page.keyboard.press("Tab");
  }
  return false;
}

// ---- The visit ----

async function report(page) {
  await page.getByRole("button", { name: "Next reminder" }).click();
  await pane(page, "chinese").locator(".message", { hasText: "10:00" }).first().waitFor();
  check("the clock jumps to the reminder", true);
  const before = await fromBot(page, "chinese");
  const message = await says(page, "chinese", REPORT);
  await message.locator(".reaction").waitFor();
  check("a typed report is acknowledged by a reaction", true);
  check("the card shows the report", await untilCardShows(page, "chinese", ["36.5", "36.8", "36.9"]));
  check("no new message of the bot came", (await fromBot(page, "chinese")) === before);
}

async function correct(page) {
  const message = pane(page, "chinese").locator(".message.own", { hasText: REPORT });
  await message.hover();
  await message.getByRole("button", { name: "Edit" }).click();
  const edited = await says(page, "chinese", REPORT.replace("36.5", "36.6"));
  await edited.getByText("edited").waitFor();
  check("an edited message corrects the card", await untilCardShows(page, "chinese", ["36.6"]));
}

async function keypad(page) {
  const button = pane(page, "french").locator(".card .keyboard button", { hasText: "Camille" });
  await button.focus();
  await page.keyboard.press("Enter");
  await pane(page, "french").locator(".message .keyboard button", { hasText: "36" }).first().waitFor();
  check("the keypad is reached by keyboard", await tabToMessageButton(page, "36"));
  await page.keyboard.press("Enter");
  await pane(page, "french").locator(".message .keyboard button", { hasText: "36,4" }).waitFor();
  check("the keypad keeps the focus", await tabToMessageButton(page, "36,4"));
  await page.keyboard.press("Enter");
  check("the card shows the value pressed", await untilCardShows(page, "french", ["36,4"]));
}

async function fever(page) {
  await says(page, "french", "Lucas 38,4");
  await pane(page, "worker").locator(".message", { hasText: "38.4" }).waitFor();
  check("a fever reaches the worker", true);
  await pane(page, "worker").getByRole("button", { name: "I take it" }).click();
  await pane(page, "worker").locator(".toast").waitFor();
  check("a press is answered", true);
}

async function narrow(page) {
  await page.setViewportSize({ width: 320, height: 640 });
  const tabs = page.getByRole("tab");
  await tabs.first().focus();
  for (let n = 0; n < (await tabs.count()); n += 1) {
    const shown = await page.locator(".pane:visible").count();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`at 320 px tab ${n + 1} shows one pane, and nothing scrolls sideways`, shown === 1 && wide <= 320);
    await page.keyboard.press("ArrowRight");
  }
}

/** Asks as another site's page would, and gives the status. */
async function statusFor(base, headers) {
  const asked = request(`${base}/api/clock`, { method: "POST", headers });
  asked.end("{}");
  const [answer] = await once(asked, "response");
  answer.resume();
  return answer.statusCode;
}

async function strangers(base) {
  const json = { "Content-Type": "application/json" };
  check("the page's own requests are let in", (await statusFor(base, json)) === 200);
  check("another site is refused", (await statusFor(base, { ...json, Origin: "http://evil.example" })) === 403);
  check("another name is refused", (await statusFor(base, { ...json, Host: "evil.example" })) === 403);
}

async function abroad() {
  const refused = spawn(PROGRAM, ["demo", "--listen", "0.0.0.0:0"], { stdio: "ignore" });
  const [code] = await once(refused, "exit");
  check("an address that others reach is refused", code === 2);
}

async function visit(base) {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    const { page, wrong } = await openPage(browser, base);
    for (const step of [report, correct, keypad, fever, narrow]) await step(page);
    check(`no error on the console ${wrong.console.join("; ")}`, wrong.console.length === 0);
    check(`no foreign request ${wrong.foreign.join("; ")}`, wrong.foreign.length === 0);
  } finally {
    await browser.close();
  }
}

async function main() {
  const { demo, base } = await startDemo();
  const ended = once(demo, "exit");
  try {
    await visit(base);
    await strangers(base);
    await abroad();
  } catch (error) {
    check(String(error), false);
  } finally {
    demo.kill("SIGTERM");
  }
  const [code] = await ended;
  check("the demo ends cleanly", code === 0);
}

await main().catch((error) => check(String(error), false));
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);
