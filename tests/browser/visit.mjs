// A headless visit of the demo page, as .ci/run makes it: a morning is played, by hand and in scenes, by
// mouse and by keyboard alone, on a wide and a narrow screen; and nothing leaves this machine.
// `node tests/browser/visit.mjs`; CHROMIUM and DOORSTEP name other programs than the usual ones. Each
// check is told by its name; the exit code is 0 only if all were met.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { check, verdict, visitPart } from "./checks.mjs";
import { freeAddress, startDemo, stopDemo } from "./demo.mjs";
import * as keyboard from "./keyboard.mjs";
import { narrow } from "./narrow.mjs";
import { outside } from "./outside.mjs";
import { closePage, openPage, startBrowser } from "./page.mjs";
import * as reports from "./reports.mjs";
import { another, restart } from "./restart.mjs";
import * as scenes from "./scenes.mjs";
import { stranger } from "./stranger.mjs";
import { why } from "./why.mjs";

async function visit(browser, demo) {
  let opened;
  await visitPart("opening", async () => {
    opened = await openPage(browser, demo.base);
  });
  if (!opened) return;
  await visitPart("report", () => reports.report(opened));
  await visitPart("correction", () => reports.correct(opened));
  await visitPart("keypad by keyboard", () => keyboard.keypad(opened));
  await visitPart("order of the keyboard", () => keyboard.order(opened));
  await visitPart("past the messages", () => keyboard.skip(opened));
  await visitPart("fever", () => reports.fever(opened));
  await visitPart("reload", () => reports.reload(opened));
  await visitPart("why", () => why(opened));
  await visitPart("stranger", () => stranger(opened));
  await visitPart("scene by keyboard", () => scenes.fever(opened));
  await visitPart("scenes skipped", () => scenes.skipped(opened));
  await visitPart("scenes stopped and disturbed", () => scenes.stopped(opened));
  await visitPart("clock by keyboard", () => keyboard.clock(opened));
  await visitPart("rules", () => closePage(opened));
  await visitPart("narrow", () => narrow(browser, demo.base));
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), "doorstep-visit-"));
  const [address, db] = [await freeAddress(), join(folder, "demo.db")];
  let demo = await startDemo(address, db);
  const browser = await startBrowser();
  try {
    await visit(browser, demo);
    await visitPart("restart", async () => {
      demo = await restart(browser, demo, address, db);
      demo = await another(browser, demo, address, join(folder, "other.db"));
    });
    await visitPart("outside", () => outside(demo.base));
    await visitPart("end", async () => check("the demo ends cleanly", (await stopDemo(demo)) === 0));
  } finally {
    demo.program.kill("SIGKILL");
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await visitPart("start", main);
process.exit(verdict());
