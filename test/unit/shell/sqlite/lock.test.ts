/** One writer per directory, proved between real processes. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { type Lock, takeLock } from "../../../../src/shell/sqlite/lock.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const SELF = { pid: 4711, since: millis(1_000) };

function taken(directory: string): Lock {
  const result = takeLock(directory, SELF);
  if (!result.ok) expect.fail(JSON.stringify(result.error));
  return result.value;
}

async function holderOf(directory: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("./lock-holder.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [said] = await once(child.stdout, "data");
  expect(String(said)).toBe("held\n");
  return child;
}

test("the first one gets it, says who it is, and tidies up behind itself", () => {
  const directory = join(temporaryFolder(), "data", "paper");
  const lock = taken(directory);
  expect(JSON.parse(readFileSync(join(directory, "lock.json"), "utf8"))).toEqual(SELF);
  lock.release();
  lock.release(); // twice is once
  expect(existsSync(join(directory, "lock.json"))).toBe(false);
  taken(directory).release();
});

test("the second one is told who holds it", () => {
  const directory = temporaryFolder();
  const lock = taken(directory);
  const second = takeLock(directory, { pid: 4712, since: millis(2_000) });
  expect(second).toEqual({ ok: false, error: { kind: "held", holder: SELF } });
  lock.release();
});

test.each(["", "{", "null", '{"pid":"me","since":1}', '{"pid":1}'])(
  "a note that reads %j names nobody, and the lock holds all the same",
  (note) => {
    const directory = temporaryFolder();
    const lock = taken(directory);
    writeFileSync(join(directory, "lock.json"), note);
    expect(takeLock(directory, SELF)).toEqual({ ok: false, error: { kind: "held", holder: null } });
    lock.release();
  },
);

test("a stale note means nothing", () => {
  const directory = temporaryFolder();
  writeFileSync(join(directory, "lock.json"), JSON.stringify({ pid: 1, since: 1 }));
  taken(directory).release();
});

test("a directory that cannot be made, or a lock that cannot be opened, is a failure", () => {
  const directory = temporaryFolder();
  writeFileSync(join(directory, "file"), "");
  const below = takeLock(join(directory, "file", "data"), SELF);
  expect(below).toMatchObject({ ok: false, error: { kind: "failed" } });
  mkdirSync(join(directory, "lock.db"));
  expect(takeLock(directory, SELF)).toMatchObject({ ok: false, error: { kind: "failed" } });
});

test("another process is kept out while the holder lives, and not a moment longer", async () => {
  const directory = temporaryFolder();
  const child = await holderOf(directory);
  const refused = takeLock(directory, SELF);
  expect(refused).toEqual({
    ok: false,
    error: { kind: "held", holder: { pid: child.pid, since: 42 } },
  });

  const ended = once(child, "exit");
  child.kill("SIGKILL"); // it had no chance to tidy up
  await ended;
  expect(existsSync(join(directory, "lock.json"))).toBe(true);
  taken(directory).release();
});
