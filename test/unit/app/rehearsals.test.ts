import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { keepRehearsal, rehearsalFault } from "../../../src/app/rehearsals.ts";
import type { BracketMode } from "../../../src/core/model/config.ts";
import type { BracketSupport } from "../../../src/core/model/rules.ts";
import { millis } from "../../../src/core/model/units.ts";
import { temporaryFolder } from "../../kit/temporary-folder.ts";

const DAY = 86_400_000;
const at = millis(100 * DAY);

it("live trading wants a rehearsal that passed within thirty days", async () => {
  const directory = join(temporaryFolder(), "data");
  const fault = (mode: BracketMode = "native") => rehearsalFault(directory, at, mode);
  const keep = (age: number, passed: boolean, brackets: BracketSupport = "native") =>
    keepRehearsal(directory, {
      ...{ at: millis(at - age), account: 101, name: "PRAC-1", checks: [], passed, brackets },
    });
  expect(await fault()).toContain("nothing has been rehearsed yet; run `tradestream doctor");
  await keep(DAY, false);
  expect(await fault()).toContain("the last rehearsal failed; ");
  await keep(31 * DAY, true);
  expect(await fault()).toContain("the last rehearsal is 31 days old; ");
  await keep(30 * DAY, true);
  expect(await fault()).toBeNull();
  // Who keeps the stops has to have been tried as well.
  expect(await fault("position-brackets-fallback")).toContain(
    "the last rehearsal was without `brackets: position-brackets-fallback`; ",
  );
  await keep(DAY, true, "none");
  expect(await fault("position-brackets-fallback")).toBeNull();
  expect(await fault()).toContain("was with `brackets: position-brackets-fallback`; ");
  writeFileSync(join(directory, "rehearsal.json"), JSON.stringify({ at, passed: true }));
  expect(await fault()).toBeNull();
  for (const text of ["{", '{"at":"yesterday","passed":true}']) {
    writeFileSync(join(directory, "rehearsal.json"), text);
    expect(await fault()).toContain("cannot be read");
  }
});
