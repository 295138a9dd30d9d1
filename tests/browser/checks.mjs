// The checks of the visit: each has a name, each is told, and one that fails does not end the others.

const tally = { passed: 0, failed: [] };
let part = "";

/** Tells whether a check was met. */
export function check(name, isMet, more = "") {
  if (isMet) tally.passed += 1;
  else tally.failed.push(`${part}: ${name}`);
  console.log(`${isMet ? "ok  " : "FAIL"} ${part}: ${name}${isMet || !more ? "" : ` (${more})`}`);
}

/** Makes a part of the visit; an error in it is a check that failed. */
export async function visitPart(name, visit) {
  part = name;
  const began = Date.now();
  try {
    await visit();
  } catch (error) {
    check(`ended early: ${String(error).split("\n")[0]}`, false, String(error.stack));
  }
  console.log(`     ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Says how the visit ended, each failed check once more, and gives the exit code. */
export function verdict() {
  const { passed, failed } = tally;
  for (const name of failed) console.log(`FAILED ${name}`);
  console.log(`${passed} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}
