/**
 * Outlives the process that started it by a moment, to end what that one leaves behind.
 *
 * ```text
 * tests ──"began 123", "ended 123"──► stdin ─► closed: whoever they were ─► SIGKILL to what has not ended
 * ```
 *
 * A pipe closes with its writer, however that one dies, and the system tells it at once. What was left
 * may be stopped, and could not watch a pipe itself.
 */
import { createInterface } from "node:readline";

/** @type {Set<number>} */
const alive = new Set();

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const [word, pid] = line.split(" ");
  if (word === "began") alive.add(Number(pid));
  else alive.delete(Number(pid));
});
lines.on("close", () => {
  for (const pid of alive) end(pid);
});

/** @param {number} pid */
function end(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (fault) {
    // It has ended by itself, and nobody was left to say so.
    if (!(fault instanceof Error && "code" in fault && fault.code === "ESRCH")) throw fault;
  }
}
