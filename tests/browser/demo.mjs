// Starting and ending the demo.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PROGRAM = process.env.DOORSTEP ?? fileURLToPath(new URL("../../target/debug/doorstep", import.meta.url));

/** An address on this machine that was free a moment ago. */
export async function freeAddress() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return `127.0.0.1:${port}`;
}

/** Starts a demo that keeps its world and waits for its line; without it, what it said is told. */
export async function startDemo(address, db) {
  const program = spawn(PROGRAM, ["demo", "--listen", address, "--db", db], { stdio: ["ignore", "inherit", "pipe"] });
  const said = [];
  for await (const line of createInterface({ input: program.stderr })) {
    said.push(line);
    if (line.startsWith("demo ready ")) {
      program.stderr.resume();
      return { program, base: `http://${address}` };
    }
  }
  throw new Error(`the demo did not begin:\n${said.join("\n")}`);
}

/** Ends a demo as an operator does, and gives its exit code. */
export async function stopDemo({ program }) {
  const ended = once(program, "exit");
  program.kill("SIGTERM");
  const [code] = await ended;
  return code;
}

/** How a demo ends that is started like this. */
export async function refusal(...options) {
  const [code] = await once(spawn(PROGRAM, ["demo", ...options], { stdio: "ignore" }), "exit");
  return code;
}
