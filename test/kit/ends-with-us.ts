/**
 * Processes that tests start end with the test run, also when that is killed: a house that trades at a
 * venue nobody serves any more would try for ever.
 *
 * `onTestFinished` sees to it where tests end; a helper of its own (`last-will.mjs`) where they do not.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { execPath } from "node:process";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("last-will.mjs", import.meta.url));

/** One for all that this thread starts; of a test it knows nothing but numbers of processes. */
let helper: Writable | null = null;

export function endsWithUs(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  helper ??= lastWill();
  const will = helper;
  will.write(`began ${pid}\n`);
  child.once("exit", () => void will.write(`ended ${pid}\n`));
}

/** In a group of its own, for whoever ends ours may end all of it. Nobody waits for it. */
function lastWill(): Writable {
  const process = spawn(execPath, [SCRIPT], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  process.unref();
  return process.stdin;
}
