/** What a configuration that was taken leaves behind for a start that must not be refused. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepingLastGood, lastConfigOf } from "../../../src/app/last-good.ts";
import { DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import { temporaryFolder } from "../../kit/temporary-folder.ts";

test("is kept, and where the disk refuses that is told and stops nothing", async () => {
  const directory = temporaryFolder();
  const remarks: string[] = [];
  const keep = await keepingLastGood(directory, (line) => void remarks.push(line));
  keep(DEFAULT_CONFIG);
  expect(await lastConfigOf(directory)).toEqual(DEFAULT_CONFIG);
  expect(remarks).toEqual([]);

  mkdirSync(join(directory, "last-good.json.new"));
  keep({ ...DEFAULT_CONFIG, paste: true });
  expect(remarks).toEqual([expect.stringMatching(/last-good\.json: not kept \(EISDIR\)/)]);
  expect(await lastConfigOf(directory)).toEqual(DEFAULT_CONFIG);
});
