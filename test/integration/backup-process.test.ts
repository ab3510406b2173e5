/** Backups by the built program: killed in the middle, and on a disk that takes no more. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { placesIn } from "../../src/app/places.ts";
import { run, start } from "../kit/built-program.ts";
import { keptBooks } from "../kit/kept-books.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { home } from "../kit/tree.ts";

const MINUTE = 60_000;

const here = (): { folder: string; data: string } => {
  const folder = temporaryFolder();
  return { folder, data: keptBooks(30, join(folder, "data")) };
};

const listed = (data: string): readonly string[] =>
  readdirSync(placesIn(data).backups).filter((name) => !name.startsWith("."));

test(
  "whenever it is killed, what is listed is whole, and the next one is made",
  async () => {
    const { folder, data } = here();
    for (let step = 0; step < 6; step++) {
      const { child, ended } = start(folder, "backup", "create");
      // From the first copy on, when the folder is there, a little later each time.
      await Promise.race([appears(join(data, "backups"), step * 12), ended]);
      child.kill("SIGKILL");
      await ended;
      const verified = await run(folder, "backup", "verify");
      expect([step, verified.code]).toEqual([step, listed(data).length === 0 ? 2 : 0]);
    }
    const before = listed(data).length;
    expect(await run(folder, "backup", "create")).toMatchObject({ code: 0 });
    expect(listed(data)).toHaveLength(before + 1);
    expect(await run(folder, "journal", "verify")).toMatchObject({ code: 0 });
  },
  3 * MINUTE,
);

/** Looked for in every turn of the loop, and then so many turns more. */
async function appears(folder: string, turns: number): Promise<void> {
  for (let more = turns; more >= 0; ) {
    await new Promise((done) => setImmediate(done));
    try {
      if (readdirSync(folder).some((name) => name.startsWith(".making"))) more -= 1;
    } catch {
      // not there yet
    }
  }
}

test(
  "on a disk that takes no more it says so, clears up, and keeps what was there",
  async () => {
    const { folder, data } = here();
    expect(await run(folder, "backup", "create")).toMatchObject({ code: 0 });
    const before = listed(data);
    writeFileSync(join(folder, "create.sh"), 'ulimit -f 8; exec "$@"\n');
    const main = join(home, "dist", "main.js");
    const words = ["create.sh", process.execPath, main, "backup", "create"];
    const child = spawn("bash", words, { cwd: folder });
    let said = "";
    child.stderr.on("data", (text) => (said += String(text)));
    const [code] = await once(child, "close");
    expect([code, said]).toEqual([1, expect.stringContaining("no backup:")]);
    expect(readdirSync(placesIn(data).backups)).toEqual(before);
    expect(await run(folder, "backup", "verify")).toMatchObject({ code: 0 });
  },
  MINUTE,
);

test("a backup that is not there is named, with the newest that is", async () => {
  const { folder, data } = here();
  expect(await run(folder, "backup", "create")).toMatchObject({ code: 0 });
  const [newest] = listed(data);
  for (const word of ["verify", "drill", "restore"]) {
    const { code, out, err } = await run(folder, "backup", word, "yesterday");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("there is no backup yesterday in ");
    expect(err).toContain(`; the newest there is ${newest}`);
    const none = await run(folder, "backup", word, "yesterday", "--from", temporaryFolder());
    expect([none.code, none.err]).toEqual([2, expect.stringMatching(/^there is no backup in /)]);
  }
});
